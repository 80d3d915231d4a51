"""When the words that somebody needed for a case go: a year after it was decided or taken back."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from review.models import Case, CaseEvent
from review.states import APPEAL, SECOND_APPEAL, STAGED, UNDECIDED
from web.months import months_before

DECIDED_BY = ("endorse", "endorse with conditions", "not yet", "withdraw")
"""The moves after which nobody goes on reading or voting."""
OPEN_AGAIN = (*UNDECIDED, STAGED, APPEAL, SECOND_APPEAL)


def long_ago(at: datetime) -> datetime:
    return months_before(at, 12 * current_app.extensions["scheme"].retention.assessor_notes_years)


def over(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of a case: decided, or taken back, that long ago, and neither since nor open again."""
    since = long_ago(at)
    told = select(CaseEvent.id).where(CaseEvent.case_id == Case.id, CaseEvent.verb.in_(DECIDED_BY))
    return (
        Case.state.not_in(OPEN_AGAIN),
        told.where(CaseEvent.at < since).exists(),
        ~told.where(CaseEvent.at >= since).exists(),
    )


def kept(retention: Any) -> str:
    years = retention.assessor_notes_years
    if years == 1:
        return _("1 year after the decision")
    return _("%(n)s years after the decision", n=years)
