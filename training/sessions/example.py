"""The training sessions of the example county, by the real actions."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pydantic import Field

from accounts.example import LivingClub
from training.models import TrainingSession
from training.records.actions import own
from training.sessions import attendance, booking, offering, queries
from training.sessions.states import TAKES_A_PLACE
from web.example import County
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "training-sessions.toml"


class ExampleTrainingError(ContentError):
    """The file of the example's training sessions cannot be used; it names all that is wrong."""


class Told(Part):
    title: Text = Field(description="what it is called")
    modules: tuple[Text, ...] = Field(strict=False, min_length=1, description="codes of modules")
    club: str = Field("", description="the club that offers it; empty: the programme")
    offered: int = Field(ge=0, description="how many days ago it was offered")
    on: int = Field(description="the day, in days ago; below 0 it is still to come")
    place: str = Field("", description="the address")
    link: str = Field("", description="the link")
    capacity: int = Field(ge=1, description="how many places")
    access: str = Field("", description="what people should know")
    booked: tuple[Text, ...] = Field((), strict=False, description="clubs whose lead books")


class TrainingFile(Part):
    sessions: tuple[Told, ...] = Field(strict=False, description="under [[sessions]]")


def plan(county: County) -> None:
    """Put them into the county's life."""
    clubs = {living.club.name: living for living in county.things["clubs"]}
    made: dict[str, TrainingSession] = {}
    for told in load(FILE, TrainingFile, error=ExampleTrainingError).sessions:
        county.plan(told.offered, partial(_offer, county, clubs, told, made), hour=9)
        for club in told.booked:
            county.plan(told.offered - 1, partial(_book, county, clubs[club], told, made), hour=12)
        if told.on > 0:
            county.plan(told.on - 1, partial(_write_down, county, told, made), hour=10)


def _offer(
    county: County,
    clubs: dict[str, LivingClub],
    told: Told,
    made: dict[str, TrainingSession],
    at: datetime,
) -> None:
    day = (county.as_of - timedelta(days=told.on)).replace(hour=10, minute=0, second=0)
    given = offering.Offer(
        title=told.title,
        modules=list(told.modules),
        starts_at=day,
        ends_at=day + timedelta(hours=3),
        place=told.place,
        link=told.link,
        capacity=told.capacity,
        access_notes=told.access,
    )
    living = clubs[told.club] if told.club else None
    by = living.team[living.club.lead] if living else county.things["officers"][0]
    organisation = living.organisation if living else None
    made[told.title] = offering.offer(county.session, organisation, given, by=by, at=at)


def _book(
    county: County, living: LivingClub, told: Told, made: dict[str, TrainingSession], at: datetime
) -> None:
    lead: Any = living.team[living.club.lead]
    mine = own(county.session, lead, at=at)
    booking.book(county.session, made[told.title], mine, wait=True, by=lead, at=at)


def _write_down(county: County, told: Told, made: dict[str, TrainingSession], at: datetime) -> None:
    it, officer = made[told.title], county.things["officers"][0]
    came = [b.reference for b in queries.people_of(county.session, it) if b.state in TAKES_A_PLACE]
    attendance.mark(county.session, it, came[:-1], by=officer, at=at)
    attendance.write_down(county.session, it, by=officer, at=at)
