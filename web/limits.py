"""Limits on attempts, counted in the database: two workers that count apart let 10 pass a "5".

Addresses are never kept: a row holds a keyed digest and a count, and is deleted within a day.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from flask import current_app, request
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from web import clock
from web.database import Base, db, hold

WINDOW = timedelta(hours=1)
KEPT_FOR = timedelta(hours=24)


class AttemptCount(Base):
    __tablename__ = "attempt_count"

    kind: Mapped[str] = mapped_column(primary_key=True)
    whose: Mapped[str] = mapped_column(primary_key=True)
    """A keyed digest of the connection's or the e-mail address."""
    window: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


def count_attempt(kind: str, whose: str, most: int) -> bool:
    """Count one attempt in this hour.  False when there have been more than ``most``.

    Commits at once, before the view has changed anything: a refused attempt must count too.
    """
    session = db()
    try:
        count = _add_one(session, kind, whose)
    except IntegrityError:  # two first attempts at once: the row stands now
        session.rollback()
        count = _add_one(session, kind, whose)
    return count <= most


def count_in_a_day(kind: str, whose: str, most: int) -> bool:
    """Count one attempt.  False when there have been more than ``most`` in about 24 hours.

    Commits, as ``count_attempt`` does.
    """
    if not count_attempt(kind, whose, most):
        return False
    since = clock.now() - KEPT_FOR
    of_the_day = select(func.sum(AttemptCount.count)).where(
        AttemptCount.kind == kind,
        AttemptCount.whose == _digest(kind, whose),
        AttemptCount.window > since,
    )
    return (db().scalar(of_the_day) or 0) <= most


def give_back(kind: str, account: str) -> None:
    """The attempt succeeded, so it does not count: people who come and go are not locked out.

    Joins the caller's transaction.
    """
    session = db()
    for whose in _counted_for(account):
        key = _key(kind, whose)
        row = hold(session, AttemptCount, key)
        if row is not None and row.count > 0:
            row.count -= 1


def _counted_for(account: str) -> tuple[str, str]:
    return f"from {request.remote_addr}", f"for {account.casefold()}"


def _key(kind: str, whose: str) -> dict[str, object]:
    window = clock.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return {"kind": kind, "whose": _digest(kind, whose), "window": window}


def _add_one(session: Session, kind: str, whose: str) -> int:
    key = _key(kind, whose)
    row = hold(session, AttemptCount, key)
    if row is None:
        row = AttemptCount(**key, count=0)
        session.add(row)
    row.count += 1
    count = row.count
    session.commit()
    return count


def attempt_allowed(kind: str, account: str) -> bool:
    """One attempt for an account from this connection: both limits come from the settings."""
    settings = current_app.extensions["settings"]
    connection, address = _counted_for(account)
    few_from_here = count_attempt(kind, connection, settings.attempts_per_hour)
    return count_attempt(kind, address, settings.attempts_per_account) and few_from_here


def forget_old(session: Session, at: datetime) -> None:
    """The timed job that deletes counts older than a day."""
    session.execute(delete(AttemptCount).where(AttemptCount.window < at - KEPT_FOR))


def counts(session: Session) -> list[AttemptCount]:
    return list(session.scalars(select(AttemptCount).order_by(AttemptCount.window)))


def _digest(kind: str, whose: str) -> str:
    key: str = current_app.config["SECRET_KEY"]
    return hmac.new(key.encode(), f"{kind}:{whose}".encode(), hashlib.sha256).hexdigest()
