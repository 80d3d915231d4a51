"""Timed jobs: what the clock does.  Each package contributes its own.

A job looks at the state of things, not at ticks, so a worker that was off for a month catches up
in one run.  Two workers never run one job at once: it is claimed by a committed lease.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from web import clock
from web.database import Base, Database

LEASE = timedelta(minutes=15)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[Session, datetime], object]
    """Changes things and returns a short report; the runner commits."""


class JobRun(Base):
    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    report: Mapped[str | None]


def run_due(database: Database, jobs: list[Job]) -> list[str]:
    """Run every job whose time has come; returns the names of those that ran."""
    return [job.name for job in jobs if claim(database, job) and _run(database, job)]


def claim(database: Database, job: Job) -> bool:
    """Take the job for this worker, unless it is not due or another one has it."""
    with database.session(writes=True) as session:
        try:
            claimed = _claim(session, job, clock.now())
            session.commit()
        except IntegrityError:  # another worker wrote the job's first row this moment
            return False
    return claimed


def _claim(session: Session, job: Job, at: datetime) -> bool:
    row = session.scalar(select(JobRun).where(JobRun.name == job.name).with_for_update())
    if row is None:
        row = JobRun(name=job.name)
        session.add(row)
    busy = row.leased_until is not None and row.leased_until > at
    early = row.finished_at is not None and row.finished_at + job.every > at
    if busy or early:
        return False
    row.leased_until = at + LEASE
    return True


def _run(database: Database, job: Job) -> bool:
    try:
        with database.session(writes=True) as session:
            report = job.run(session, clock.now())
            session.commit()
    except Exception:
        log.exception("job failed", extra={"job": job.name})
        report, done = "failed", False
    else:
        done = True
    with database.session(writes=True) as session:
        row = session.get_one(JobRun, job.name)
        row.leased_until = None
        row.finished_at = clock.now()
        row.report = str(report or "")[:200]
        session.commit()
    return done
