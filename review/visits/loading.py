"""From an address to a visit or a sheet, or None where it is not the person's to know of."""

from typing import Any

from flask import current_app

from endorsement.assessing.loading import writing
from review import loading
from review.models import Case, Visit, VisitSheet
from review.states import ALL_STATES, BEFORE_READING, READING
from review.visits import queries
from steering import queries as steering
from web import clock
from web.database import db

SINCE_ALL_READ = frozenset(ALL_STATES) - {*BEFORE_READING, *READING}
"""Before that nobody sees what another read."""


def read_case(person: Any, reference: str) -> Case | None:
    """A case that all its assessors have read, for one of them."""
    case = loading.assessed_case(person, reference)
    return case if case is not None and case.state in SINCE_ALL_READ else None


def visit(person: Any, reference: str) -> Visit | None:
    """For the assessors of its case; the case is held for writing."""
    found = queries.by_reference(db(), reference)
    if found is None or read_case(person, found.case.reference) is None:
        return None
    return found


def sheet(person: Any, reference: str) -> VisitSheet | None:
    """For the young assessor whose it is, as long as no tie was found."""
    found = queries.sheet_of(db(), person, reference, lock=writing())
    if found is None:
        return None
    scheme, now = current_app.extensions["scheme"], clock.now()
    return None if steering.is_barred(db(), person, found.visit.case, now, scheme) else found


def own_sheets(person: Any) -> list[VisitSheet]:
    """Without those of places that the person turned out to be tied to."""
    scheme = current_app.extensions["scheme"]
    found = queries.sheets_of(db(), person)
    tied = steering.organisations_barred(db(), person, clock.now(), scheme)
    return [sheet for sheet in found if sheet.visit.case.organisation_id not in tied]
