"""From an address to the decision, condition or appeal it names, or None."""

from typing import Any

from endorsement.assessing.loading import writing
from review import queries, rules
from review.loading import own_case
from review.models import Case, Condition, Decision
from review.outcome import appeals, reading
from review.outcome.conditions import closes
from review.panel.loading import barred
from review.states import DECIDED
from web.database import db


def own_decision(person: Any, slug: str, reference: str) -> Decision | None:
    """For the organisation's own people, once it is told."""
    case = own_case(person, slug, reference)
    return reading.told(case) if case is not None else None


def own_decided_case(person: Any, slug: str, reference: str) -> Case | None:
    decision = own_decision(person, slug, reference)
    return decision.case if decision is not None and decision.case.state in DECIDED else None


def own_condition(person: Any, slug: str, reference: str, condition: str) -> Condition | None:
    decision = own_decision(person, slug, reference)
    found = decision.conditions if decision is not None else ()
    return next((c for c in found if c.reference == condition and c.state != "dropped"), None)


def condition(person: Any, reference: str) -> Condition | None:
    """For the Charter team and lead assessors who have no tie to the organisation."""
    if closes(person) is not True:
        return None
    found = reading.condition(db(), reference)
    if found is None or found.decision is None or found.decision.released_at is None:
        return None
    if writing():
        queries.by_id(db(), found.case_id, lock=True)
        db().refresh(found)
    return None if barred(person, found.case) else found


def appealed_case(person: Any, reference: str) -> Case | None:
    """For lead assessors with no part in it and no tie."""
    if rules.is_lead_assessor(person) is not True:
        return None
    case = queries.by_reference(db(), reference, lock=writing())
    if case is None or appeals.open_appeal(case) is None or rules.took_part(person, case):
        return None
    return None if barred(person, case) else case
