"""A submission that is sent opens a case; one that is taken back closes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.models import Submission
from endorsement.sending.following import following
from endorsement.sending.states import SENT
from review import clocks
from review.models import Case, CaseEvent
from review.moves import make
from review.rules import PORTAL
from review.states import WAITING
from web import clock
from web.audit import record
from web.database import hold
from web.jobs import Each, Job
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
    event = CaseEvent(case=case, verb="open", before="", after=WAITING, at=at,
                      by_id=getattr(by, "id", None))  # fmt: skip
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


def _without_a_case(session: Session, _at: datetime, above: int) -> Sequence[int]:
    """Sent before there were cases: by an earlier release."""
    wanted = (
        select(Submission.id)
        .outerjoin(Case, Case.submission_id == Submission.id)
        .where(Submission.state == SENT, Case.id.is_(None), Submission.id > above)
    )
    return session.scalars(wanted.order_by(Submission.id).limit(200)).all()


def _open_missing(session: Session, submission_id: int, at: datetime) -> None:
    submission = hold(session, Submission, submission_id)
    there = session.scalar(select(Case.id).where(Case.submission_id == submission_id))
    if submission is not None and submission.state == SENT and there is None:
        open_case(session, submission, by=PORTAL, at=at)


jobs = (Job("open cases that are missing", timedelta(hours=1),
            Each(_without_a_case, _open_missing)),)  # fmt: skip
