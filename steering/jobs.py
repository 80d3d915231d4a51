"""What the clock does to the steering group.

An assessor whose day has passed is given no more cases, and finishes those that are begun: that
term is ended by an officer, who is told of the day before (steering.gaps).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from steering import actions
from steering.models import Chairing, SeatTerm
from web import clock
from web.database import holding
from web.jobs import Each, Job

BY = "system:clock"
WHY = "The time was over."
MOST = 200


def _over(kind: Any, at: datetime) -> Any:
    return select(kind).where(kind.ended_at.is_(None), kind.ends_on < clock.london(at).date())


def _find(kind: Any, session: Session, at: datetime, after: int) -> Sequence[int]:
    wanted = _over(kind, at).with_only_columns(kind.id).where(kind.id > after)
    found: Sequence[int] = session.scalars(wanted.order_by(kind.id).limit(MOST)).all()
    return found


def _do(kind: Any, end: Callable[..., None], session: Session, number: int, at: datetime) -> None:
    """Looks again: another worker, or an officer, may have ended it a moment ago."""
    term = session.scalar(holding(_over(kind, at).where(kind.id == number), kind))
    if term is not None:
        end(session, term, WHY, by=BY, at=at)


def _job(name: str, kind: Any, end: Callable[..., None]) -> Job:
    return Job(name, timedelta(hours=1), Each(partial(_find, kind), partial(_do, kind, end)))


jobs = (
    _job("times in a seat end", SeatTerm, actions.end_term),
    _job("times as chair end", Chairing, actions.end_chairing),
)
