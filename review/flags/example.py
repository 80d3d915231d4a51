"""The safeguarding lead of the example county."""

from datetime import datetime

from accounts.actions import people
from accounts.example import address_of, example_person, register
from accounts.models.people import SAFEGUARDING
from web.example import County

NAME = "Nadia Hart"
DAYS_AGO = 300


def plan(county: County) -> None:
    county.plan(DAYS_AGO, lambda at: _appoint(county, at), hour=9)


def _appoint(county: County, at: datetime) -> None:
    person = register(county, NAME, at, email=address_of(NAME))
    people.appoint(county.session, person, SAFEGUARDING, by=county.things["officers"][0], at=at)


CAST = (
    example_person(
        "safeguarding",
        "Safeguarding lead",
        "the safeguarding lead",
        "Nadia reads what worried somebody, and nobody else does.",
        NAME,
    ),
)
