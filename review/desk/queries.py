"""What the desk's pages need: few statements, however much there is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from endorsement.models import Submission, SubmissionItem
from endorsement.sending.snapshot import ANSWER, EVIDENCE
from review.models import Allocation, Case, Reading
from review.parts import HAVE_A_PART
from review.states import STAGED, UNDECIDED
from web.database import holding
from web.paging import Paged, paged

MOST = 200

LEAN = (
    joinedload(Case.organisation),
    joinedload(Case.submission).joinedload(Submission.framework_version),
    selectinload(Case.allocations),
    selectinload(Case.questions),
)
ONE = select(Case).where(Case.reference == bindparam("reference")).options(*LEAN)


def to_read(session: Session, reference: str, *, lock: bool = False) -> Case | None:
    wanted = holding(ONE, Case) if lock else ONE
    return session.scalar(wanted, {"reference": reference})


def open_parts(session: Session, person: Any, without: set[int]) -> Sequence[Allocation]:
    """Theirs in cases that are not decided, what is due soonest first."""
    wanted = (
        _parts(person, without)
        .where(Case.state.in_((*UNDECIDED, STAGED)))
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def parts_over(session: Session, person: Any, without: set[int], page: int) -> Paged[Allocation]:
    """Theirs in cases that are decided or taken back, the newest first."""
    wanted = _parts(person, without).where(Case.state.not_in((*UNDECIDED, STAGED)))
    return paged(session, wanted.order_by(Case.since.desc(), Case.id), page)


def _parts(person: Any, without: set[int]) -> Select[Allocation]:
    """Not those of these organisations."""
    shown = joinedload(Allocation.case)
    return (
        select(Allocation)
        .join(Allocation.case)
        .where(Allocation.person_id == person.id, Allocation.state.in_(HAVE_A_PART))
        .where(Case.organisation_id.not_in(without))
        .options(
            shown.joinedload(Case.organisation),
            shown.joinedload(Case.submission).joinedload(Submission.framework_version),
        )
    )


def readings_of(session: Session, allocation: Allocation) -> dict[str, Reading]:
    """Theirs, by standard."""
    wanted = select(Reading).where(Reading.allocation_id == allocation.id)
    return {r.standard: r for r in session.scalars(wanted.order_by(Reading.standard))}


def items_of(session: Session, case: Case) -> list[SubmissionItem]:
    """All that was sealed, in its order."""
    wanted = select(SubmissionItem).where(SubmissionItem.submission_id == case.submission_id)
    return list(session.scalars(wanted.order_by(SubmissionItem.number)))


def claims_of(session: Session, case: Case) -> dict[str, dict[str, Any] | None]:
    """What was sealed of each standard, by its key; None where that was removed."""
    wanted = select(SubmissionItem.key, SubmissionItem.content).where(
        SubmissionItem.submission_id == case.submission_id, SubmissionItem.kind == ANSWER
    )
    return {row.key: row.content for row in session.execute(wanted)}


def sealed_evidence(session: Session, case: Case, reference: str) -> SubmissionItem | None:
    """One item of the evidence that was sealed in this submission."""
    wanted = select(SubmissionItem).where(
        SubmissionItem.submission_id == case.submission_id,
        SubmissionItem.kind == EVIDENCE,
        SubmissionItem.key == reference,
    )
    return session.scalar(wanted)
