"""How long a case may stay in a state.  Working days; a clock ends at midnight in London."""

from collections.abc import Sequence
from datetime import date

from review.states import (
    ALLOCATED,
    APPEAL,
    DESK,
    FACT_CHECK,
    MODERATION,
    PANEL,
    QUESTION,
    REPORT,
    SECOND_APPEAL,
    STAGED,
    VISIT,
    WAITING,
)
from web import working_days
from web.scheme import ClosedDays, Scheme

FIELDS = {
    WAITING: "allocation_working_days",
    ALLOCATED: "allocation_working_days",
    DESK: "desk_review_working_days",
    QUESTION: "question_working_days",
    VISIT: "visit_working_days",
    REPORT: "report_working_days",
    FACT_CHECK: "fact_check_working_days",
    MODERATION: "moderation_working_days",
    PANEL: "vote_working_days",
    STAGED: "vote_working_days",
    APPEAL: "appeal_answer_working_days",
    SECOND_APPEAL: "appeal_answer_working_days",
}
"""By state, the scheme's clock.  A state that is not here has none."""


def due_on(
    state: str, began: date, scheme: Scheme, theirs: Sequence[ClosedDays] = ()
) -> date | None:
    """``theirs``: weeks the organisation is closed, where the clock is its own."""
    field = FIELDS.get(state)
    if field is None:
        return None
    closed = (*scheme.closed, *theirs)
    return working_days.after(began, getattr(scheme.clocks.endorsement, field), closed)


def resumed(due: date, stopped: date, today: date, scheme: Scheme) -> date:
    """The new last day, when the clock stood still from ``stopped`` until ``today``."""
    lost = max(0, working_days.left(stopped, today, scheme.closed))
    return working_days.after(due, lost, scheme.closed)
