"""A submission that is sent opens a case; one that is taken back closes it."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.models import Submission
from endorsement.sending.following import following
from review import clocks
from review.models import Case, CaseEvent
from review.moves import make
from review.states import WAITING
from web import clock
from web.audit import record
from web.scheme import Scheme


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


@following("send")
def open_case(session: Session, submission: Submission, *, by: Any, at: datetime) -> None:
    """With the clock that asks for assessors."""
    case = Case(
        reference=submission.reference,
        submission=submission,
        organisation=submission.organisation,
        state=WAITING,
        since=at,
        due_on=clocks.due_on(WAITING, clock.london(at).date(), _scheme()),
    )
    event = CaseEvent(case=case, verb="open", before="", after=WAITING, at=at, by_id=by.id)
    session.add_all((case, event))
    session.flush()
    for thing in (case, event):
        record(session, thing, "open", by=by, at=at)


@following("withdraw")
def close_case(session: Session, submission: Submission, *, by: Any, at: datetime) -> None:
    """Raises Refused once the panel has decided."""
    case = session.scalar(select(Case).where(Case.submission_id == submission.id).with_for_update())
    if case is not None:
        make(session, "withdraw", case, by=by, at=at, scheme=_scheme())
