"""What an assessor owes for a case, and until when.  Plain Python."""

from datetime import date
from typing import Any

from review import states
from review.allocation.rules import reading_due
from review.parts import ACCEPTED, ASKED, SENT
from steering.models.assessors import ADULT

ANSWER, READ, VISIT, REPORT = "answer", "read", "visit", "report"
TOGETHER = {states.VISIT: VISIT, states.REPORT: REPORT}
"""What the adults do once all have read."""


def owed(part: Any) -> str:
    """Empty: others are at work, or the case is over."""
    state = part.case.state
    if part.state == ASKED and state in (*states.BEFORE_READING, *states.READING):
        return ANSWER
    if part.state == ACCEPTED and state in (*states.BEFORE_READING, *states.READING):
        return READ
    if part.state == SENT and part.part == ADULT:
        return TOGETHER.get(state, "")
    return ""


def until(part: Any) -> date | None:
    """The last day for what is owed; none while the clock stands still."""
    what = owed(part)
    if what == READ:
        return reading_due(part)
    found: date | None = None if part.case.stopped_on else part.case.due_on
    return found if what else None
