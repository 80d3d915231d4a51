"""What the report's pages read: always ordered, always bounded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from endorsement.models import SubmissionItem
from endorsement.sending.snapshot import ANSWER
from review.models import Allocation, Case, Condition, Finding, Reading, Report
from review.states import FACT_CHECK

MOST = 200


def with_readings(session: Session, case: Case) -> None:
    """Load what everybody read, in one statement; one standard at a time it would be many."""
    wanted = select(Allocation).where(Allocation.case_id == case.id)
    session.scalars(wanted.options(selectinload(Allocation.readings))).all()


def claims(session: Session, case: Case) -> dict[str, Any]:
    """By the standard's key, what was sealed of it; None where that was removed."""
    wanted = select(SubmissionItem.key, SubmissionItem.content).where(
        SubmissionItem.submission_id == case.submission_id, SubmissionItem.kind == ANSWER
    )
    found = session.execute(wanted.order_by(SubmissionItem.id))
    return {row.key: row.content for row in found}


def conditions(session: Session, case: Case) -> Sequence[Condition]:
    """Those that are proposed and stand, the soonest first."""
    wanted = select(Condition).where(
        Condition.case_id == case.id, Condition.decision_id.is_(None), Condition.state == "open"
    )
    return session.scalars(wanted.order_by(Condition.by_on, Condition.id).limit(MOST)).all()


def condition(session: Session, reference: str) -> Condition | None:
    return session.scalar(
        select(Condition).where(Condition.reference == reference, Condition.state == "open")
    )


def changes(session: Session, case: Case) -> Sequence[Finding]:
    """The findings that changed after the organisation had read them, with what they were."""
    wanted = select(Finding).join(Finding.report).where(Report.case_id == case.id)
    found = session.scalars(wanted.options(selectinload(Finding.changes)).order_by(Finding.id))
    return [finding for finding in found if finding.changes]


def silent(session: Session, today: date, above: int) -> Sequence[int]:
    """Cases whose organisation has not answered in time."""
    wanted = select(Case.id).where(
        Case.state == FACT_CHECK,
        Case.due_on < today,
        Case.stopped_on.is_(None),
        Case.id > above,
    )
    return session.scalars(wanted.order_by(Case.id).limit(MOST)).all()


def reading_of(readings: Sequence[Reading], allocation: Any) -> Reading | None:
    return next((r for r in readings if r.allocation_id == allocation.id), None)
