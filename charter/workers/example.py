"""Workers' pledges of the example county, in every state, through the real actions."""

from datetime import datetime
from functools import partial

from charter import queries as charters
from charter.models import WorkerPledge
from charter.workers import actions, queries
from charter.workers.actions import Answers
from charter.workers.rules import BY_LINK
from web.example import County

WORDS = "I learn each new name in the first week, and I ask how to say it."
PEOPLE = (
    ("Amara", "youth-worker", "nottingham", 210, True),
    ("Ben", "volunteer", "ashfield", 160, True),
    ("Chidi", "coach", "mansfield", 140, True),
    ("Dee", "mentor", "nottingham", 95, True),
    ("Ewa", "volunteer", "gedling", 61, False),
    ("Farah", "leader", "rushcliffe", 44, False),
    ("Gwen", "other", "everywhere", 23, True),
)
"""First name, role, area, how many days ago, shown."""
WAITS, GONE = ("Hal", "volunteer", "broxtowe", 3, True), ("Ines", "coach", "bassetlaw", 80, True)


def plan(county: County) -> None:
    for name, role, area, days, shown in (*PEOPLE, GONE):
        answers = Answers(name, role, area, shown)
        county.plan(days, partial(_send, county, answers), hour=10)
        county.plan(days, partial(_confirm, county, name), hour=11)
    county.plan(30, partial(_withdraw, county, GONE[0]), hour=12)
    name, role, area, days, shown = WAITS
    county.plan(days, partial(_send, county, Answers(name, role, area, shown)), hour=10)


def address_of(name: str) -> str:
    return f"{name.lower()}@workers.example"


def _send(county: County, answers: Answers, at: datetime) -> None:
    version = charters.current_charter(county.session)
    if version is None:
        raise RuntimeError("the charter comes first")
    if answers.first_name == PEOPLE[0][0]:
        respect = next(c for c in version.commitments if c.key == "respect")
        answers = Answers(**{**vars(answers), "commitment_id": respect.id, "words": WORDS})
    email = address_of(answers.first_name)
    actions.send(county.session, version, answers, email=email, at=at)


def _confirm(county: County, name: str, at: datetime) -> None:
    pledge = _pledge(county, name)
    actions.confirm(county.session, pledge, by=BY_LINK, at=at, example=True)


def _withdraw(county: County, name: str, at: datetime) -> None:
    actions.withdraw(county.session, _pledge(county, name), by=BY_LINK, at=at)


def _pledge(county: County, name: str) -> WorkerPledge:
    found = queries.standing(county.session, address_of(name))
    if found is None:
        raise RuntimeError(f"{name} has not sent the form")
    return found
