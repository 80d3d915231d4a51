"""What the clock does at the desk: a question that nobody answered ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from review import queries as cases
from review import rules
from review.desk.questions import end_by_silence
from review.models import Case, Question
from review.states import BEFORE_READING, READING
from web import clock
from web.jobs import Each, Job


def _late(session: Session, at: datetime, after: int) -> Sequence[int]:
    wanted = (
        select(Question.id)
        .join(Question.case)
        .where(
            Question.id > after,
            Question.closed_at.is_(None),
            Question.due_on < clock.london(at).date(),
            Case.state.in_((*BEFORE_READING, *READING)),
        )
    )
    return session.scalars(wanted.order_by(Question.id).limit(200)).all()


def _end(session: Session, question_id: int, at: datetime) -> None:
    """Not while its case has to wait: then its clock stands still too."""
    found = session.get(Question, question_id)
    case = cases.by_id(session, found.case_id, lock=True) if found else None
    if found is None or case is None or rules.may_go_on(case) is not True:
        return
    session.refresh(found)
    if found.closed_at is None and found.due_on < clock.london(at).date():
        end_by_silence(session, found, at=at, scheme=current_app.extensions["scheme"])


jobs = (Job("end questions nobody answered", timedelta(hours=1), Each(_late, _end)),)
