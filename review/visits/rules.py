"""What a call or visit must be, and who fills in a sheet.  True, or a sentence why not."""

from collections.abc import Collection
from typing import Any

from review import rules
from review.states import VISIT
from web.access import Verdict

CALL, DROP_IN, VISITED = "call", "drop-in", "visit"
TOGETHER = 2
"""No young assessor goes alone."""
NOT_NOW = "This is done while the case waits for its call or visit."


def plans_visits(person: Any, case: Any) -> Verdict:
    """An adult assessor of the case, while it waits for its call or visit."""
    verdict = rules.assesses_it_as_adult(person, case)
    if verdict is True and case.state != VISIT:
        return NOT_NOW
    return verdict


def of_the_visit(person: Any, visit: Any) -> Verdict:
    return rules.assesses_it_as_adult(person, visit.case)


def writes_visit(person: Any, visit: Any) -> Verdict:
    return plans_visits(person, visit.case)


def go_together(young: Collection[Any], kind: str) -> Verdict:
    """Young assessors go on visits, and two of them at least."""
    if young and kind == CALL:
        return "Young assessors come on visits. Choose another kind, or leave them out."
    if young and len(young) < TOGETHER:
        return "Two young assessors go together. Choose one more, or leave them out."
    return True


def fills_in(_person: Any, sheet: Any) -> Verdict:
    """The sheet is loaded for nobody else."""
    return "You have sent this. Thank you." if sheet.sent_at is not None else True
