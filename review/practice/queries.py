"""Rounds through the practice case: one's own, and those that were sent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review.models.practice import PracticeSitting
from steering.models import AssessorTerm
from web.database import holding

MOST = 1000


def own(session: Session, person: Any, code: str, *, lock: bool = False) -> PracticeSitting | None:
    wanted = select(PracticeSitting).where(
        PracticeSitting.person_id == person.id, PracticeSitting.code == code
    )
    if lock:
        wanted = holding(wanted, PracticeSitting)
    return session.scalar(wanted.options(selectinload(PracticeSitting.readings)))


def sent(session: Session, code: str) -> Sequence[PracticeSitting]:
    wanted = select(PracticeSitting).where(
        PracticeSitting.code == code, PracticeSitting.sent_at.is_not(None)
    )
    whole = wanted.options(selectinload(PracticeSitting.readings))
    return session.scalars(whole.order_by(PracticeSitting.id).limit(MOST)).all()


def term(session: Session, person: Any) -> AssessorTerm | None:
    """The one that stands.  Whoever is not current yet practises too: it is the way to it."""
    wanted = select(AssessorTerm).where(
        AssessorTerm.person_id == person.id, AssessorTerm.ended_at.is_(None)
    )
    return session.scalar(wanted.order_by(AssessorTerm.id).limit(1))


def practised(session: Session, people: Collection[int]) -> dict[int, datetime]:
    """By person, when they last sent a practice case: for a founding assessor it is the shadowed
    one."""
    wanted = select(PracticeSitting.person_id, PracticeSitting.sent_at).where(
        PracticeSitting.person_id.in_(people), PracticeSitting.sent_at.is_not(None)
    )
    found = session.execute(wanted.order_by(PracticeSitting.sent_at))
    return {row.person_id: row.sent_at for row in found}
