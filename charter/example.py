"""The pledges of the example county, in every state, through the real actions."""

import tomllib
from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app

from accounts.actions.organisations import check_organisation
from accounts.example import LivingClub
from accounts.models import Person
from charter import actions, example_time, queries
from charter.models import Pledge
from web.example import County
from web.settings import ROOT

FILE = ROOT / "content" / "example" / "actions.toml"
CHECKED_AFTER = {
    "live": 6,
    "due": 7,
    "lapsed": 8,
    "suspended": 5,
    "ended": 6,
    "returned": 7,
    "withdrawn": 4,
}
"""Days from sending to the team's decision; a few days either way."""


def plan(county: County) -> None:
    """Put the pledges, their checks and the clock's work into the county's life."""
    county.things["words"] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for living in county.things["clubs"]:
        club = living.club
        if club.state == "none":
            if not club.unchecked:
                county.plan(club.days - 2, partial(_check, county, living), hour=14)
            continue
        county.plan(club.days + 5, partial(_begin, county, living), hour=12)
        if club.state != "draft":
            _plan_decision(county, living)
        elif club.asks:  # only what the team has checked can be found and joined
            county.plan(club.days - 1, partial(_check, county, living), hour=14)
    for weeks in range(75):
        county.plan(weeks * 7, partial(_clock, county), hour=8)


def _plan_decision(county: County, living: LivingClub) -> None:
    days, state = living.club.days, living.club.state
    after = min(CHECKED_AFTER.get(state, 0) + county.random.randint(-1, 2), days)
    county.plan(days, partial(_send, county, living), hour=15)
    if state in ("live", "due", "lapsed", "suspended", "ended"):
        county.plan(days - after, partial(_confirm, county, living), hour=16)
    if state == "returned":
        county.plan(days - after, partial(_return, county, living), hour=16)
    if state in ("suspended", "ended"):
        ago = 9 if state == "suspended" else 60
        county.plan(ago, partial(_suspend, county, living), hour=11)
    example_time.plan(county, living)
    if state == "withdrawn":
        county.plan(days - after, partial(_withdraw, county, living), hour=17)


def _begin(county: County, living: LivingClub, at: datetime) -> None:
    version = queries.current_charter(county.session)
    organisation, by = living.organisation, _lead(living)
    if organisation is None or version is None:
        raise RuntimeError("the club and the charter come first")
    pledge = actions.begin(county.session, organisation, version, by=by, at=at, scheme=_scheme())
    _write(county, living, pledge, at)


def _write(county: County, living: LivingClub, pledge: Pledge, at: datetime) -> None:
    who: dict[str, Any] = {"by": _lead(living), "at": at}
    _write_actions(county, living, pledge, who)
    if living.club.state == "draft":
        return
    organisation = pledge.organisation
    contact = organisation.public_email or who["by"].email
    actions.see_details(
        county.session, pledge, contact_name=living.club.lead, contact_email=contact, **who
    )
    if organisation.projects:
        actions.cover(county.session, pledge, list(organisation.projects), **who)
    else:
        actions.cover_all_as_one(county.session, pledge, **who)
    role = "Chair" if living.club.volunteer_run else "Chief executive"
    actions.name_signatory(county.session, pledge, name=living.club.lead, role=role, **who)


def _write_actions(county: County, living: LivingClub, pledge: Pledge, who: dict[str, Any]) -> None:
    words = county.things["words"]
    commitments = list(pledge.charter_version.commitments)
    most = 3 if living.club.state == "draft" else county.random.randint(4, len(commitments))
    chosen = sorted(county.random.sample(range(len(commitments)), most))
    for number, place in enumerate(chosen):
        commitment = commitments[place]
        text = county.random.choice(words.get(commitment.key) or [words["short"]])
        if living.club.odd and number == 0:
            text = commitment.examples[0]  # copied: the team is shown that
        actions.write_action(county.session, pledge, commitment, text, **who)


def _send(county: County, living: LivingClub, at: datetime) -> None:
    actions.send(county.session, _pledge(county, living), by=_lead(living), at=at, scheme=_scheme())


def _check(county: County, living: LivingClub, at: datetime) -> None:
    if living.organisation is not None and living.organisation.state == "unchecked":
        check_organisation(county.session, living.organisation, by=_officer(county), at=at)


def _confirm(county: County, living: LivingClub, at: datetime) -> None:
    _check(county, living, at)
    pledge = _pledge(county, living)
    actions.confirm(
        county.session, pledge, by=_officer(county), at=at, scheme=_scheme(), example=True
    )


def _return(county: County, living: LivingClub, at: datetime) -> None:
    _check(county, living, at)
    pledge = _pledge(county, living)
    first = pledge.actions[0].commitment
    notes = {
        f"commitment-{first.number}": "This is a good start. Say when you will do it, and who.",
        "signatory": "Is this the person who can say yes for all of you?",
    }
    note = "Nearly there. Two small things to mend."
    actions.return_with_notes(
        county.session, pledge, notes, by=_officer(county), at=at, note=note, scheme=_scheme()
    )


def _suspend(county: County, living: LivingClub, at: datetime) -> None:
    note = "We were told that young people were turned away at the door. We are looking into it."
    pledge = _pledge(county, living)
    officer = county.things["officers"][0]  # so that the other one answers the appeal
    actions.suspend(county.session, pledge, by=officer, at=at, note=note, scheme=_scheme())


def _withdraw(county: County, living: LivingClub, at: datetime) -> None:
    note = "We are joining with another group and will pledge together."
    pledge = _pledge(county, living)
    actions.withdraw(county.session, pledge, by=_lead(living), at=at, note=note)


def _clock(county: County, at: datetime) -> None:
    actions.move_with_the_date(county.session, at, _scheme())


def _pledge(county: County, living: LivingClub) -> Pledge:
    organisation = living.organisation
    found = queries.newest_pledge(county.session, organisation) if organisation else None
    if found is None:
        raise RuntimeError(f"{living.club.name} has not begun a pledge")
    return found


def _lead(living: LivingClub) -> Person:
    return living.team[living.club.lead]


def _officer(county: County) -> Person:
    officer: Person = county.random.choice(county.things["officers"])
    return officer


def _scheme() -> Any:
    return current_app.extensions["scheme"]
