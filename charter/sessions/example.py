"""The charter sessions of the example county, in the states that matter, by the real actions."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from flask import current_app
from pydantic import Field

from accounts.example import LivingClub
from accounts.models import Person
from charter.models import CharterSession
from charter.sessions import actions, queries
from web.example import County
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "sessions.toml"
OFFERED, BOOKED, DONE = ("offered", "booked", "done"), ("booked", "done"), ("done",)
ADULT = "Leila Marsh, youth worker"


class ExampleSessionsError(ContentError):
    """The file of the example's sessions cannot be used; it names everything that is wrong."""


class Told(Part):
    club: Text = Field(description="the club's name")
    state: Literal["interested", "only interested", "offered", "booked", "done"] = Field(
        description="how it stands"
    )
    asked: int = Field(ge=0, description="how many days ago they asked")
    when: str = Field("", description="what suits them")
    where: Literal["", "ours", "elsewhere", "online"] = Field("", description="where it suits them")
    people: int | None = Field(None, description="about how many")
    access: str = Field("", description="what everyone needs")
    offered: int = Field(0, ge=0, description="how many days ago a date was offered")
    on: int = Field(0, description="the day, in days ago; below 0 it is still to come")
    place: str = Field("", description="where it is")
    came: int = Field(0, ge=0, description="how many came")
    thanks: str = Field("", description="the line of thanks")


class SessionsFile(Part):
    sessions: tuple[Told, ...] = Field(strict=False, description="under [[sessions]]")


def plan(county: County) -> None:
    """Put them into the county's life."""
    clubs = {living.club.name: living for living in county.things["clubs"]}
    for told in load(FILE, SessionsFile, error=ExampleSessionsError).sessions:
        living = clubs[told.club]
        county.plan(told.asked, partial(_ask, county, living, told), hour=10)
        if told.state in OFFERED:
            county.plan(told.offered, partial(_offer, county, living, told), hour=11)
        if told.state in BOOKED:
            county.plan(max(told.offered - 1, 0), partial(_accept, county, living), hour=9)
        if told.state in DONE:
            county.plan(told.on - 1, partial(_hold, county, living, told), hour=9)


def _ask(county: County, living: LivingClub, told: Told, at: datetime) -> None:
    wish = actions.Wish(
        wants_session=told.state != "only interested",
        when_suits=told.when,
        where_suits=told.where,
        people=told.people,
        access_needs=told.access,
    )
    organisation = living.organisation
    if organisation is None:
        raise RuntimeError(f"{told.club} was not founded yet")
    actions.ask(county.session, organisation, wish, by=_lead(living), at=at, team=_team())


def _offer(county: County, living: LivingClub, told: Told, at: datetime) -> None:
    day = county.as_of - timedelta(days=told.on)
    offer = actions.Offer(
        starts_at=day.replace(hour=17, minute=0),
        minutes=90,
        online=False,
        place=told.place,
        trainers=3,
        adult=ADULT,
    )
    officer = county.things["officers"][0]
    actions.offer(county.session, _booking(county, living), offer, by=officer, at=at, note="")


def _accept(county: County, living: LivingClub, at: datetime) -> None:
    booking = _booking(county, living)
    actions.accept(county.session, booking, by=_lead(living), at=at, team=_team())


def _hold(county: County, living: LivingClub, told: Told, at: datetime) -> None:
    officer = county.things["officers"][0]
    booking = _booking(county, living)
    actions.hold(county.session, booking, came=told.came, thanks=told.thanks, by=officer, at=at)


def _booking(county: County, living: LivingClub) -> CharterSession:
    found = living.organisation and queries.newest(county.session, living.organisation)
    if not found:
        raise RuntimeError(f"{living.club.name} has not asked yet")
    return found


def _lead(living: LivingClub) -> Person:
    return living.team[living.club.lead]


def _team() -> Any:
    return current_app.extensions["scheme"].contacts.email
