"""What is not kept for ever: every package's rules, run daily by the worker or by hand.

Each thing is taken away in a transaction of its own, so a run that is stopped has done what it
did.  One that fails is left, the rest goes on, and the report says so.  Only whoever holds the
job's lease runs: two at once never take one thing away twice.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import JSON, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from web import clock
from web.contributions import RetentionRule
from web.database import Base, Database
from web.jobs import Job, JobRun, LostLease, hold, keep, lease_of, release

JOB = "take away what is kept no longer"
EVERY = timedelta(hours=24)
MOST_FAILURES = 20
"""A rule that fails so often is not tried further in this run."""
log = logging.getLogger(__name__)


class RetentionRun(Base):
    """The report of one run: what, how many, when, by whom."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Nothing: it was stopped in the middle, or runs now."""
    by: Mapped[str]
    report: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """A line a rule: ``rule``, ``taken``, ``failed``, and ``error``: what kind of error came."""


@dataclass(frozen=True)
class Due:
    """What a rule would take away now."""

    rule: RetentionRule
    count: int
    oldest: datetime | None = None
    error: str = ""


def rules() -> list[RetentionRule]:
    found = [r for part in current_app.extensions["contributions"] for r in part.retention]
    return sorted(found, key=lambda rule: rule.name)


def due(session: Session, at: datetime) -> Iterator[Due]:
    """Reads only: what a run would begin with."""
    for rule in rules():
        try:
            found = rule.due(session, at)
            since = [rule.since(session, one) for one in found] if rule.since else []
            yield Due(rule, len(found), min((s for s in since if s), default=None))
        except Exception as error:
            session.rollback()
            log.exception("a retention rule failed", extra={"rule": rule.name})
            yield Due(rule, 0, error=type(error).__name__)


def run(session: Session, by: str) -> RetentionRun:
    """Run every rule.  The caller holds the job's lease; this commits as it goes."""
    lease = lease_of(session, JOB)
    report = RetentionRun(began_at=clock.now(), by=by, report=[])
    session.add(report)
    session.commit()
    for rule in rules():
        line = _run_one(session, rule, lease)
        report.report = [*report.report, line]
        session.commit()
    report.ended_at = clock.now()
    session.commit()
    return report


def _run_one(session: Session, rule: RetentionRule, lease: str) -> dict[str, Any]:
    line: dict[str, Any] = {"rule": rule.name, "taken": 0, "failed": 0, "error": ""}
    seen: set[object] = set()
    try:
        while waiting := [o for o in rule.due(session, clock.now()) if _name(o) not in seen]:
            seen.update(_name(one) for one in waiting)
            for one in waiting:
                _take(session, rule, one, line, lease)
                if line["failed"] >= MOST_FAILURES:
                    return line
    except LostLease:
        raise
    except Exception as error:
        session.rollback()
        line["error"] = type(error).__name__
        log.exception("a retention rule failed", extra={"rule": rule.name})
    return line


def _name(one: Any) -> object:
    """Names a row however often it is loaded; an id names itself."""
    state = inspect(one, raiseerr=False)
    return getattr(state, "key", None) or one


def _take(
    session: Session, rule: RetentionRule, one: Any, line: dict[str, Any], lease: str
) -> None:
    try:
        rule.take_away(session, one, clock.now())
        keep(session, JOB, lease)
        session.commit()
        line["taken"] += 1
    except LostLease:
        raise
    except Exception as error:
        session.rollback()
        line["failed"] += 1
        line["error"] = type(error).__name__
        log.exception("something could not be taken away", extra={"rule": rule.name})


def _job(session: Session, _at: datetime) -> str:
    report = run(session, "the daily job").report
    taken, failed = (sum(line[key] for line in report) for key in ("taken", "failed"))
    return f"taken away: {taken}; failed: {failed}"


job = Job(JOB, EVERY, _job)


def runs(session: Session, most: int = 30) -> list[RetentionRun]:
    """Newest first."""
    wanted = select(RetentionRun).order_by(RetentionRun.id.desc()).limit(most)
    return list(session.scalars(wanted))


def next_run(session: Session) -> datetime | None:
    """When the worker will run them; None: at its next round."""
    row = session.get(JobRun, JOB)
    return row.finished_at + EVERY if row and row.finished_at else None


def run_by_hand(database: Database, by: str) -> RetentionRun | None:
    """None: somebody else is at it, or has taken it over because this run stood still too long."""
    lease = hold(database, JOB)
    if not lease:
        return None
    try:
        with database.session(writes=True) as session:
            report = run(session, by)
            session.refresh(report)
            session.expunge(report)
        return report
    except LostLease:
        log.warning("another run has taken over", extra={"job": JOB})
        return None
    finally:
        release(database, JOB, lease, f"by hand: {by}")
