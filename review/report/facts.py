"""The organisation says which facts are wrong, and the assessors answer, point by point."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Case, FactPoint
from review.moderation.choosing import choose
from review.moves import make
from review.report import actions, rules
from review.report.actions import Found
from review.report.loading import OnePoint, SentPoint
from review.rules import CLOCK
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist


def write_point(session: Session, at_point: OnePoint, text: str, *, by: Any, at: datetime) -> None:
    """The organisation's own draft until a lead sends it; without words it is gone."""
    insist(rules.writes_facts(by, at_point.case))
    point, report = at_point.point, at_point.case.report
    if point is None and text and report is not None:
        point = FactPoint(
            report=report, standard=at_point.key, text=text, raised_by_id=by.id, raised_at=at
        )
        session.add(point)
        session.flush()
        record(session, point, "write", by=by, at=at)
    elif point is not None and not text:
        record(session, point, "take away", by=by, at=at)
        session.delete(point)
    elif point is not None and point.text != text:
        point.text, point.raised_by_id, point.raised_at = text, by.id, at
        record(session, point, "write", by=by, at=at)
    session.flush()


def send(session: Session, case: Case, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """All that is written; with nothing written, the facts are right."""
    make(session, "facts checked", case, by=by, at=at, scheme=scheme)
    for point in case.report.fact_points if case.report else ():
        if point.sent_at is None:
            point.sent_at = at
            session.flush()
            record(session, point, "send", by=by, at=at)
    _over(session, case, by, at, scheme)


def agree_by_silence(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    """The clock ran out.  A draft that no lead sent stays the organisation's own."""
    make(session, "silence agrees", case, by=CLOCK, at=at, scheme=scheme)
    _over(session, case, CLOCK, at, scheme)


def _over(session: Session, case: Case, by: Any, at: datetime, scheme: Scheme) -> None:
    if case.report is None:
        raise Refused(["There is no report."])
    case.report.facts_answered_at = at
    session.flush()
    record(session, case.report, "facts checked", by=by, at=at)
    choose(session, case, at=at, scheme=scheme)


def answer(
    session: Session,
    sent: SentPoint,
    *,
    accepted: bool,
    words: str,
    found: Found | None,
    by: Any,
    at: datetime,
) -> None:
    """Accepted: the finding is changed, and what it was is kept.  Else the words say why not."""
    insist(rules.answers_fact(by, sent))
    point = sent.point
    point.accepted, point.answer = accepted, words
    point.answered_at, point.answered_by_id = at, by.id
    session.flush()
    record(session, point, "answer", by=by, at=at)
    if accepted and found is not None and sent.standard is not None:
        actions.set_finding(session, sent.case, sent.standard, found, why="fact", by=by, at=at)
