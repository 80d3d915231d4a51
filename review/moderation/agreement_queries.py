"""The ratings that agreement is worked out from."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from review.models import Allocation, Case, Reading
from review.moderation.agreement import Rated
from review.parts import ACCEPTED, ASKED, SENT
from review.states import BEFORE_READING, READING, WITHDRAWN
from web.months import months_before

YEARS = 3
"""How far back it looks."""
UNSEEN = (*BEFORE_READING, *READING, WITHDRAWN)
"""In these not all have sent, or it was never known whether they had."""


def rated(session: Session, at: datetime, without: Collection[int]) -> list[Rated]:
    """Of cases that all have read, and of no organisation in ``without``.  One statement."""
    wanted: Any = (
        select(
            Allocation.case_id, Reading.standard, Allocation.person_id, Allocation.part,
            Reading.rating, Allocation.sent_at,
        )
        .join(Reading.allocation)
        .join(Allocation.case)
        .where(
            Allocation.state == SENT,
            Allocation.sent_at >= months_before(at, 12 * YEARS),
            Case.state.not_in(UNSEEN),
            Case.organisation_id.not_in(without),
            Reading.rating.is_not(None),
        )
        .order_by(Reading.id)
    )  # fmt: skip
    return list(map(Rated._make, session.execute(wanted)))


def names(session: Session, people: Collection[int]) -> dict[int, str]:
    wanted = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in session.execute(wanted.order_by(Person.id))}


def has_unsent(session: Session, person: Any) -> bool:
    """Whether a reading of theirs is still to be sent: till then they see no figure of others."""
    wanted = (
        select(Allocation.id)
        .join(Allocation.case)
        .where(
            Allocation.person_id == person.id,
            Allocation.state.in_((ASKED, ACCEPTED)),
            Case.state.in_((*BEFORE_READING, *READING)),
        )
    )
    return session.scalar(wanted.limit(1)) is not None
