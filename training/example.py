"""What the people of the example county learned, by the real actions.

Some of it runs out soon, some ran out, some waits to be checked: as in any team.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from accounts.example import LivingClub
from accounts.models import Person
from accounts.queries.colleagues import standing_membership
from training import rules, versions
from training.badges.following import follow
from training.models import Practitioner
from training.records import actions, writing
from training.records.entered import Entered
from training.states import COURSE, ONLINE
from web.example import County

CLUBS = 8
"""The first of the file: enough to see teams of every kind."""
ROLES = {
    "lead": ("manager", "volunteer"),
    "editor": ("diversion-worker",),
    "viewer": ("trustee",),
}
LEARNED = {
    "lead": (("W1", 150), ("W2", 320), ("W3", 500), ("W4", 700), ("K1", 400), ("K4", 1070),
             ("M2", 260)),
    "editor": (("W1", 140), ("W2", 90), ("W3", 420), ("K2", 1150), ("Y1", 200), ("Y2", 45)),
    "viewer": (("W1", 120), ("W2", 400)),
}  # fmt: skip
"""By what somebody is at a club: a module, and how many days ago."""
WAITS = "Y2"
"""Nobody has looked at it yet."""
PROVIDERS = ("County Safeguarding Partnership", "Mill Lane Training", "Open Door Learning")


def plan(county: County) -> None:
    for number, living in enumerate(county.things["clubs"][:CLUBS]):
        for name, role in _people(living):
            begins = living.club.days
            county.plan(begins, partial(_choose, county, living, name, role), hour=13)
            for module, days in LEARNED[role]:
                told = partial(_learned, county, living, name, module, days, number)
                county.plan(max(min(days, begins) - 1, 0), told, hour=14)
    county.plan(0, partial(_badges, county), hour=15)


def _people(living: LivingClub) -> Iterator[tuple[str, str]]:
    club = living.club
    yield club.lead, "lead"
    yield from ((name, "editor") for name in club.editors)
    yield from ((name, "viewer") for name in club.viewers)


def _somebody(living: LivingClub, name: str) -> Person | None:
    """None: they are not there on that day."""
    organisation = living.organisation
    if organisation is None or organisation.state == "closed":
        return None
    return living.team.get(name)


def _choose(county: County, living: LivingClub, name: str, role: str, at: datetime) -> None:
    person, version = _somebody(living, name), versions.newest(county.session)
    if person is None or living.organisation is None or version is None:
        return
    membership = standing_membership(county.session, living.organisation, person)
    if membership is not None:
        mine = actions.own(county.session, person, at=at)
        actions.choose_roles(
            county.session, mine, membership, ROLES[role],
            pathways=version.pathways, by=person, at=at,
        )  # fmt: skip


def _learned(
    county: County,
    living: LivingClub,
    name: str,
    module: str,
    days: int,
    number: int,
    at: datetime,
) -> None:
    """Entered by themselves, and checked by the Charter team or, of colleagues, by the lead."""
    person = _somebody(living, name)
    if person is None:
        return
    mine = actions.own(county.session, person, at=at)
    entered = Entered(
        module=module,
        completed_on=(county.as_of - timedelta(days=days + number)).date(),
        how=ONLINE if number % 2 else COURSE,
        provider=PROVIDERS[number % len(PROVIDERS)],
    )
    made = writing.enter(county.session, mine, entered, by=person, at=at)
    if module == WAITS:
        return
    lead = living.team[living.club.lead]
    may = rules.may_check(lead, made) is True
    by = lead if may else county.things["officers"][0]
    organisation = living.organisation if by is lead else None
    writing.check(county.session, made, organisation=organisation, by=by, at=at)


def _badges(county: County, at: datetime) -> None:
    """As the daily job does."""
    for practitioner_id in county.session.scalars(select(Practitioner.id)):
        follow(county.session, practitioner_id, at)
