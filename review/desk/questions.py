"""Questions to the organisation: asked, answered, given more time, ended by silence.

Each raises Refused where it may not be.  The caller holds the case.  While a question is open the
case's clock stands still (review.moves); the question has its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement.framework import Standard
from review import rules as case_rules
from review.closing.queries import weeks_of
from review.closing.weeks import spans
from review.desk import rules
from review.desk.actions import go_on_when_all_is_in
from review.models import Case, Question
from review.moves import make
from review.states import QUESTION
from web import clock, working_days
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist

ANSWERED, SILENCE, TAKEN_BACK = "answered", "silence", "taken back"
CLOSED_ALREADY = "This question is closed."


def ask(
    session: Session,
    reader: Any,
    standard: Standard,
    text: str,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Question:
    insist(rules.may_ask(by, reader))
    today = clock.london(at).date()
    made = Question(
        case=reader.case,
        standard=standard.key,
        asked_by_id=by.id,
        asked_at=at,
        text=text,
        due_on=_later(session, reader.case, today, scheme),
    )
    session.add(made)
    session.flush()
    record(session, made, "ask", by=by, at=at)
    make(session, "ask", reader.case, by=by, at=at, scheme=scheme)
    return made


def answer(
    session: Session, question: Question, text: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    insist(case_rules.edits_it(by, question.case))
    question.answer, question.answered_by_id = text, by.id
    _close(session, question, ANSWERED, by, at)
    _go_on(session, question.case, "answer", by, at, scheme)


def more_time(
    session: Session, question: Question, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """As long again, as often as the scheme allows."""
    insist(case_rules.edits_it(by, question.case))
    if question.closed_at is not None:
        raise Refused([CLOSED_ALREADY])
    if question.extended >= scheme.clocks.endorsement.extensions:
        raise Refused(["You have had more time already."])
    question.due_on = _later(session, question.case, question.due_on, scheme)
    question.extended += 1
    record(session, question, "extend", by=by, at=at)


def take_back(
    session: Session, question: Question, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """By whoever asked it."""
    _close(session, question, TAKEN_BACK, by, at)
    _go_on(session, question.case, "go on without", case_rules.PORTAL, at, scheme)


def end_by_silence(session: Session, question: Question, *, at: datetime, scheme: Scheme) -> None:
    """Nothing was heard in time: it is judged on what is there."""
    _close(session, question, SILENCE, case_rules.CLOCK, at)
    _go_on(session, question.case, "go on without", case_rules.CLOCK, at, scheme)


def _close(session: Session, question: Question, why: str, by: Any, at: datetime) -> None:
    if question.closed_at is not None:
        raise Refused([CLOSED_ALREADY])
    question.closed_at, question.closed_why = at, why
    record(session, question, why, by=by, at=at)
    session.flush()


def _go_on(session: Session, case: Case, move: str, by: Any, at: datetime, scheme: Scheme) -> None:
    """Once no question is open; and where all had sent meanwhile, to what comes after."""
    if case.state == QUESTION and case_rules.no_question_is_open(case) is True:
        make(session, move, case, by=by, at=at, scheme=scheme)
    go_on_when_all_is_in(session, case, at=at, scheme=scheme)


def _later(session: Session, case: Case, day: Any, scheme: Scheme) -> Any:
    """Without the weeks in which the organisation is closed."""
    closed = (*scheme.closed, *spans(weeks_of(session, case.organisation_id)))
    return working_days.after(day, scheme.clocks.endorsement.question_working_days, closed)
