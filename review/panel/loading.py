"""From an address to the ballot or case it names, or None where it is not the person's to know of.

Whoever is tied to the organisation, or stands aside, knows of no case.
"""

from typing import Any

from flask import current_app

from endorsement.assessing.loading import writing
from review import queries as cases
from review import rules
from review.models import Ballot, Case, Meeting
from review.panel import meetings, pack, queries
from review.states import STAGED
from steering import queries as steering
from web import clock
from web.database import db


def scheme() -> Any:
    return current_app.extensions["scheme"]


def barred(person: Any, case: Case) -> bool:
    return steering.is_barred(db(), person, case, clock.now(), scheme())


def tied_to(person: Any) -> set[int]:
    """For a list: the organisations of whose cases the person is not to know."""
    return steering.organisations_barred(db(), person, clock.now(), scheme())


def my_ballot(person: Any, reference: str) -> Ballot | None:
    """The person's right to vote, while it stands.  For voting, the case is held before: no vote
    comes in while the chair counts."""
    if writing():
        case = cases.by_reference(db(), reference, lock=True)
        ballot = rules.ballot_of(person, case) if case is not None else None
    else:
        ballot = pack.ballot_with_case(db(), person, reference)
    if ballot is None or ballot.standing != "open":
        return None
    return None if barred(person, ballot.case) else ballot


def my_ballots(person: Any) -> list[Ballot]:
    """Theirs of the panel that votes now, or on what is not told yet; without those of places that
    the person turned out to be tied to."""
    tied = tied_to(person)
    found = [b for b in queries.of_member(db(), person) if b.case.organisation_id not in tied]
    return [b for b in found if b.case.state == STAGED or queries.is_open(b)]


def led_case(person: Any, reference: str) -> Case | None:
    """For whom leads the panel on it."""
    found = cases.held_whole if writing() else cases.by_reference
    case = found(db(), reference)
    if case is None or rules.leads_the_panel(person, case) is not True:
        return None
    return None if barred(person, case) else case


def meeting(person: Any, reference: str) -> Meeting | None:
    """For whom plans them: the chairs and the Charter team."""
    if plans_meetings(person) is not True:
        return None
    return meetings.by_reference(db(), reference, lock=writing())


def plans_meetings(person: Any, *_: object) -> Any:
    if rules.is_chair(person) is True or rules.is_officer(person) is True:
        return True
    return "Only the chair and the Charter team can do this."
