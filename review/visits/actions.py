"""Arranging a call or visit, writing down what was seen, and the young assessors' sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries.leading import leads_of
from review.models import Case, Visit, VisitSheet
from review.moves import make
from review.report.actions import begin
from review.visits import rules
from web.audit import record
from web.mail import post
from web.scheme import Scheme
from web.workflow import Refused, insist


@dataclass(frozen=True)
class Planned:
    """Which kind, when, whom of the place they meet, and which young assessors come."""

    kind: str
    on: date
    who: str
    young: Sequence[Any] = ()


@dataclass(frozen=True)
class Seen:
    """What was seen and heard; ``kept_safe`` is owed where young assessors came."""

    on: date
    who: str
    seen: str
    heard_young_people: bool = False
    kept_safe: bool = False


def arrange(session: Session, case: Case, planned: Planned, *, by: Any, at: datetime) -> Visit:
    """The organisation is told the day."""
    insist(rules.plans_visits(by, case))
    insist(rules.go_together(planned.young, planned.kind))
    visit = Visit(
        case=case, kind=planned.kind, on=planned.on, who=planned.who, recorded_by_id=by.id,
        recorded_at=at,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    record(session, visit, "arrange", by=by, at=at)
    _bring(session, visit, planned.young, by, at)
    _tell(session, visit, at)
    return visit


def change(session: Session, visit: Visit, planned: Planned, *, by: Any, at: datetime) -> None:
    """Another day, or other people.  A sheet that somebody began stays."""
    insist(rules.writes_visit(by, visit))
    insist(rules.go_together(planned.young, planned.kind))
    moved = (visit.kind, visit.on) != (planned.kind, planned.on)
    visit.kind, visit.on, visit.who = planned.kind, planned.on, planned.who
    session.flush()
    record(session, visit, "change", by=by, at=at)
    _bring(session, visit, planned.young, by, at)
    if moved:
        _tell(session, visit, at)


def _bring(session: Session, visit: Visit, young: Sequence[Any], by: Any, at: datetime) -> None:
    """A sheet waits for each young assessor who comes; an empty one of who does not, goes."""
    chosen = {person.id for person in young}
    for sheet in list(visit.sheets):
        if sheet.person_id not in chosen and not sheet.answers:
            visit.sheets.remove(sheet)
            record(session, sheet, "leave out", by=by, at=at)
            session.delete(sheet)
    standing = {sheet.person_id for sheet in visit.sheets}
    for person in young:
        if person.id not in standing:
            sheet = VisitSheet(visit=visit, person=person, answers={}, minutes=0)
            session.add(sheet)
            session.flush()
            record(session, sheet, "bring along", by=by, at=at)
    session.flush()


def _tell(session: Session, visit: Visit, at: datetime) -> None:
    case = visit.case
    for lead in leads_of(session, case.organisation):
        post(
            session, "review/visit-arranged", to=lead.email, at=at, person_id=lead.id,
            name=lead.name, organisation=case.organisation.name, slug=case.organisation.slug,
            reference=case.reference, visit_kind=visit.kind, on=visit.on.isoformat(),
        )  # fmt: skip


def write_down(session: Session, visit: Visit, seen: Seen, *, by: Any, at: datetime) -> None:
    """What was seen; may be put right as long as the case waits for the report."""
    insist(rules.writes_visit(by, visit))
    if visit.sheets and not seen.kept_safe:
        raise Refused(["Say that the young assessors were kept safe, or leave them out."])
    visit.on, visit.who, visit.seen = seen.on, seen.who, seen.seen
    visit.heard_young_people = seen.heard_young_people
    visit.young_kept_safe = bool(visit.sheets) and seen.kept_safe
    visit.recorded_by_id, visit.recorded_at, visit.done_at = by.id, at, visit.done_at or at
    session.flush()
    record(session, visit, "record", by=by, at=at)


def met(session: Session, case: Case, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """On to the report, which begins with what all readings say alike."""
    make(session, "met", case, by=by, at=at, scheme=scheme)
    begin(session, case, by=by, at=at)


# The young assessors' sheet


@dataclass(frozen=True)
class Said:
    """Stars and words by the question's key, what they saw, and the minutes they gave."""

    answers: dict[str, Any]
    minutes: int


def write_sheet(
    session: Session, sheet: VisitSheet, said: Said, *, send: bool, by: Any, at: datetime
) -> None:
    """Theirs alone until it is sent; then it stays as it is."""
    insist(rules.fills_in(by, sheet))
    sheet.answers, sheet.minutes = said.answers, said.minutes
    sheet.sent_at = at if send else None
    session.flush()
    record(session, sheet, "send" if send else "write", by=by, at=at)


def thank(session: Session, sheet: VisitSheet, *, by: Any, at: datetime) -> None:
    """Once: they read it on their sheet."""
    if sheet.sent_at is None or sheet.thanked_at is not None:
        return
    sheet.thanked_at = at
    session.flush()
    record(session, sheet, "thank", by=by, at=at)
