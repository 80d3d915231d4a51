"""Of the example county: what people asked about their data, and somebody who has left for good."""

from datetime import datetime, timedelta
from functools import partial

from flask import current_app

from accounts import example
from accounts.actions import colleagues, data_requests
from accounts.models import LEAD
from accounts.queries.data_requests import just_asked
from accounts.queries.people import person_by_email
from web import erasing
from web.example import County

LEAVER, CLUB = "Femi Adeyemi", "Lantern Street Youth Club"
PARENT, PARENTS_WORDS = (
    "Ruth Marsden",
    "My son is on a photo on your pages. What do you have of us?",
)
TEAM_ASKED = "The address of my old club’s mailbox still stands on our pledge."


def plan(county: County) -> None:
    county.plan(60, partial(_joins, county), hour=10)
    county.plan(25, partial(_deletes_the_account, county), hour=14)
    county.plan(8, partial(_asks, county, "see", PARENT, PARENTS_WORDS), hour=9)
    county.plan(7, partial(_confirms, county), hour=9)
    county.plan(4, partial(_asks, county, "complain", "Marcia Bell", TEAM_ASKED), hour=16)


def _joins(county: County, at: datetime) -> None:
    clubs = (living.organisation for living in county.things["clubs"])
    club = next(one for one in clubs if one is not None and one.name == CLUB)
    lead = next(m.person for m in club.memberships if m.role == LEAD)
    leaver = example.register(county, LEAVER, at)
    asked = colleagues.invite(
        county.session, club, email=leaver.email, role="viewer", by=lead, at=at,
        good_for=timedelta(days=14), most_a_day=50,
    )  # fmt: skip
    colleagues.accept_invitation(county.session, asked, by=leaver, at=at)


def _deletes_the_account(county: County, at: datetime) -> None:
    leaver = person_by_email(county.session, example.address_of(LEAVER))
    erasing.erase(county.session, leaver, by=leaver, at=at)


def _asks(county: County, kind: str, name: str, words: str, at: datetime) -> None:
    email = example.address_of(name)
    data_requests.ask(
        county.session, kind=kind, name=name, email=email, words=words,
        by=person_by_email(county.session, email), at=at,
        days=current_app.extensions["scheme"].clocks.accounts.complaint_days,
    )  # fmt: skip


def _confirms(county: County, at: datetime) -> None:
    long_ago = at - timedelta(days=30)
    asked = just_asked(county.session, example.address_of(PARENT), "see", PARENTS_WORDS, long_ago)
    if asked is not None:
        data_requests.confirm(county.session, asked, at=at)
