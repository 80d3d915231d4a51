"""From an address to the case it names, or None where it is not the person's to know of.

A person of the steering group who is tied to the organisation is not to know of its case, in any
of their parts.
"""

from typing import Any

from flask import current_app

from endorsement.assessing.loading import organisation as own_organisation
from endorsement.assessing.loading import writing
from review import queries, rules
from review.models import Case
from steering import queries as steering
from web import clock
from web.database import db


def _barred(person: Any, case: Case) -> bool:
    scheme = current_app.extensions["scheme"]
    return steering.is_barred(db(), person, case, clock.now(), scheme)


def own_case(person: Any, slug: str, reference: str) -> Case | None:
    """For the organisation's own people."""
    within = own_organisation(person, slug)
    if within is None:
        return None
    case = queries.by_reference(db(), reference, lock=writing())
    return case if case is not None and case.organisation_id == within.id else None


def team_case(person: Any, reference: str) -> Case | None:
    """For the Charter team; an officer who is tied to the organisation leaves it to another."""
    if rules.is_officer(person) is not True:
        return None
    case = queries.by_reference(db(), reference, lock=writing())
    return None if case is None or _barred(person, case) else case


def assessed_case(person: Any, reference: str) -> Case | None:
    """For those whose part in it stands."""
    case = queries.by_reference(db(), reference, lock=writing())
    if case is None or rules.allocation_of(person, case) is None:
        return None
    return None if _barred(person, case) else case
