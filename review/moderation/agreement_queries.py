"""The ratings that agreement is worked out from."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from accounts.models import Person
from review.models import Allocation, Case, Reading
from review.moderation.agreement import Rated
from review.parts import ACCEPTED, ASKED, SENT
from review.states import BEFORE_READING, READING, WITHDRAWN
from web.months import months_before
from web.paging import PAGE, Paged

YEARS = 3
"""How far back it looks."""
UNSEEN = (*BEFORE_READING, *READING, WITHDRAWN)
"""In these not all have sent, or it was never known whether they had."""


def _counts(of: Any, at: datetime, without: Collection[int]) -> tuple[Any, ...]:
    """What makes somebody's part in a case count; ``of`` is the part, joined to its case."""
    return (
        of.state == SENT,
        of.sent_at >= months_before(at, 12 * YEARS),
        Case.state.not_in(UNSEEN),
        Case.organisation_id.not_in(without),
    )


def read(
    session: Session, at: datetime, without: Collection[int]
) -> dict[str, Counter[tuple[int, ...]]]:
    """By standard, how often the readers of a case said what.  Of cases that all have read, and of
    no organisation in ``without``.  The database counts: there may be hundreds of thousands."""
    said = func.aggregate_strings(cast(Reading.rating, String), ",").label("said")
    each = (
        select(Reading.standard, said)
        .join(Reading.allocation)
        .join(Allocation.case)
        .where(*_counts(Allocation, at, without), Reading.rating.is_not(None))
        .group_by(Reading.standard, Allocation.case_id)
        .subquery()
    )
    wanted = select(each.c.standard, each.c.said, func.count()).group_by(
        each.c.standard, each.c.said
    )
    found: dict[str, Counter[tuple[int, ...]]] = {}
    for standard, ratings, cases in session.execute(wanted):
        in_order = tuple(sorted(map(int, ratings.split(","))))
        found.setdefault(standard, Counter())[in_order] += cases
    return found


def pairs(
    session: Session, at: datetime, without: Collection[int], page: int
) -> Paged[tuple[int, int, str, str]]:
    """Who read a case together, by their names: a page of numbers and names."""
    one, other = aliased(Allocation), aliased(Allocation)
    first, second = aliased(Person), aliased(Person)
    wanted = (
        select(one.person_id, other.person_id, first.name, second.name)
        .select_from(one)
        .join(other, and_(other.case_id == one.case_id, other.person_id > one.person_id))
        .join(Case, Case.id == one.case_id)
        .join(first, first.id == one.person_id)
        .join(second, second.id == other.person_id)
        .where(*_counts(one, at, without), *_counts(other, at, without))
        .distinct()
    )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = min(page, max(1, -(-total // PAGE)))
    in_order = wanted.order_by(first.name, second.name, one.person_id, other.person_id)
    rows = session.execute(in_order.limit(PAGE).offset((page - 1) * PAGE))
    return Paged([(row[0], row[1], row[2], row[3]) for row in rows], page, total, PAGE)


def rated(
    session: Session, at: datetime, without: Collection[int], together: Sequence[tuple[int, int]]
) -> list[Rated]:
    """What these pairs said of the cases that they read together."""
    one, other = aliased(Allocation), aliased(Allocation)
    cases = (
        select(one.case_id)
        .join(other, other.case_id == one.case_id)
        .where(tuple_(one.person_id, other.person_id).in_(together))
    )
    wanted: Any = (
        select(
            Allocation.case_id, Reading.standard, Allocation.person_id, Reading.rating,
            Allocation.sent_at,
        )
        .join(Reading.allocation)
        .join(Allocation.case)
        .where(
            *_counts(Allocation, at, without),
            Reading.rating.is_not(None),
            Allocation.case_id.in_(cases),
            Allocation.person_id.in_({person for pair in together for person in pair}),
        )
        .order_by(Reading.id)
    )  # fmt: skip
    return list(map(Rated._make, session.execute(wanted)))


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
