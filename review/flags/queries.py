"""Finding flags, for the safeguarding circle alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from review.models import Case, Flag
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged


def flags(session: Session, page: int, *, open_: bool, without: Collection[int]) -> Paged[Flag]:
    """Oldest first, those of these organisations left out."""
    wanted = select(Flag).join(Flag.case).where(Case.organisation_id.not_in(without))
    wanted = wanted.where(Flag.closed_at.is_(None) if open_ else Flag.closed_at.is_not(None))
    shown = (joinedload(Flag.case).joinedload(Case.organisation),)
    return paged(session, wanted.order_by(Flag.raised_at, Flag.id).options(*shown), page)


def by_reference(session: Session, reference: str, *, lock: bool = False) -> Flag | None:
    """With its case, which is held first: everybody locks in that order."""
    if lock:
        of = select(Case).join(Flag, Flag.case_id == Case.id).where(Flag.reference == reference)
        session.scalar(holding(of, Case))
    whole = joinedload(Flag.case)
    wanted = (
        select(Flag)
        .where(Flag.reference == reference)
        .options(
            whole.joinedload(Case.organisation),
            whole.selectinload(Case.flags),
            whole.selectinload(Case.allocations),
            whole.selectinload(Case.questions),
            joinedload(Flag.raised_by),
        )
    )
    return session.scalar(holding(wanted, Flag) if lock else wanted)


def waiting(session: Session, _at: datetime) -> Waiting:
    """How many are open, for the circle's first page."""
    wanted = select(func.count(), func.min(Flag.raised_at)).where(Flag.closed_at.is_(None))
    count, since = session.execute(wanted).one()
    return Waiting(count, since)
