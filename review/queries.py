"""Finding cases: always ordered, always bounded."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from endorsement.models import Submission
from endorsement.sending import queries as submissions
from review.models import Allocation, Ballot, Case, CaseEvent, Decision, Report
from review.states import UNDECIDED, WAITING
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged

WHOLE = (
    joinedload(Case.organisation),
    joinedload(Case.submission).joinedload(Submission.framework_version),
    selectinload(Case.allocations).joinedload(Allocation.person),
    selectinload(Case.events).joinedload(CaseEvent.by),
    selectinload(Case.questions),
    selectinload(Case.visits),
    joinedload(Case.report).selectinload(Report.findings),
    joinedload(Case.report).selectinload(Report.fact_points),
    selectinload(Case.decisions).selectinload(Decision.conditions),
    selectinload(Case.ballots).joinedload(Ballot.votes),
    selectinload(Case.appeals),
)
"""All that the rules of the moves look at."""


def by_reference(session: Session, reference: str, *, lock: bool = False) -> Case | None:
    wanted = select(Case).where(Case.reference == reference).options(*WHOLE)
    return session.scalar(holding(wanted, Case) if lock else wanted)


def held_whole(session: Session, reference: str) -> Case | None:
    """For what moves the submission too: that one is held first, as by whoever takes it back."""
    submissions.by_reference(session, reference, lock=True)
    return by_reference(session, reference, lock=True)


def by_id(session: Session, case_id: int, *, lock: bool = False) -> Case | None:
    wanted = select(Case).where(Case.id == case_id).options(*WHOLE)
    return session.scalar(holding(wanted, Case) if lock else wanted)


def cases(
    session: Session,
    page: int,
    *,
    states: Sequence[str] | None = None,
    apart_from: Collection[int] = (),
) -> Paged[Case]:
    """For the Charter team: what is due soonest first; none of these organisations."""
    wanted = select(Case).where(Case.organisation_id.not_in(apart_from))
    if states is not None:
        wanted = wanted.where(Case.state.in_(states))
    shown = (
        joinedload(Case.organisation),
        joinedload(Case.submission).joinedload(Submission.framework_version),
    )
    return paged(session, _soonest(wanted).options(*shown), page)


def _soonest(wanted: Select[Any]) -> Select[Any]:
    return wanted.order_by(Case.due_on.is_(None), Case.due_on, Case.id)


def waiting(session: Session, _at: datetime) -> Waiting:
    """Submissions for which nobody has been asked yet."""
    wanted: Any = select(func.count(), func.min(Case.since)).where(Case.state == WAITING)
    count, since = session.execute(wanted).one()
    return Waiting(count, since)


def open_case(session: Session, organisation_id: int) -> Case | None:
    """The one that is not decided yet."""
    wanted = select(Case).where(Case.organisation_id == organisation_id, Case.state.in_(UNDECIDED))
    return session.scalar(wanted.order_by(Case.id.desc()).limit(1))
