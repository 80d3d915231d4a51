"""From an address to a part in a case, or None where it is not the person's to know of."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from endorsement.assessing.loading import writing
from review import queries
from review.loading import team_case
from review.models import Allocation, Case
from review.parts import HAVE_A_PART, PROPOSED
from steering import queries as steering
from web import clock
from web.database import db


@dataclass(frozen=True)
class OnePart:
    """Somebody's part in a case."""

    case: Case
    part: Allocation


def team_part(person: Any, reference: str, part: str) -> OnePart | None:
    """For the Charter team."""
    case = team_case(person, reference)
    return _part(case, part) if case is not None else None


def _part(case: Case, reference: str) -> OnePart | None:
    found = next((a for a in case.allocations if a.reference == reference), None)
    return OnePart(case, found) if found is not None else None


def own_part(person: Any, reference: str) -> OnePart | None:
    """For whom it is: once they were asked, and after it is over too.  A tie closes it."""
    case = queries.by_reference(db(), reference, lock=writing())
    known = [a for a in case.allocations if _is_theirs(a, person)] if case is not None else []
    if case is None or not known:
        return None
    scheme = current_app.extensions["scheme"]
    if steering.is_barred(db(), person, case, clock.now(), scheme):
        return None
    standing = (a for a in known if a.state in HAVE_A_PART)
    return OnePart(case, next(standing, known[-1]))


def _is_theirs(allocation: Allocation, person: Any) -> bool:
    return allocation.person_id == person.id and allocation.state != PROPOSED
