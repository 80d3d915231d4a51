"""A rule of retention over the rows of one table, which a select says are kept long enough."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from web.contributions import RetentionRule
from web.database import Base, holding


def of_rows(
    name: str,
    what: Any,
    model: type[Base],
    *,
    over: Callable[[datetime], Select[Any]],
    forget: Callable[[Session, Any, datetime], None],
    kept: Callable[[Any], str],
    most: int,
    since: Callable[[Any, Any], datetime | None] | None = None,
) -> RetentionRule:
    """``over``: selects the model's rows that are due at a moment.  ``forget``: takes the session,
    one of them, held and still due, and the moment."""
    number = model.__table__.c.id

    def due(session: Session, at: datetime) -> Sequence[int]:
        wanted = over(at).with_only_columns(number).order_by(number)
        return session.scalars(wanted.limit(most)).all()

    def take_away(session: Session, row_id: int, at: datetime) -> None:
        row = session.scalar(holding(over(at).where(number == row_id), model))
        if row is not None:
            forget(session, row, at)

    return RetentionRule(name, what, due, take_away, kept, since)
