"""Timed jobs: what the clock does.  Each package contributes its own.

A job looks at the state of things, not at ticks, so a worker that was off for a month catches up
in one run.  Two workers never run one job at once: it is claimed by a committed lease, and what a
worker did is committed only while the lease is still its own (docs/decisions/0011).
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from web import clock
from web.database import Base, Database, holding

LEASE = timedelta(minutes=15)
RETRY = timedelta(minutes=1)
"""After a failure; twice as long after each further one, up to the job's own period."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Each:
    """Work on one thing after another, each a commit of its own: one that fails stops no other."""

    find: Callable[[Session, datetime, int], Sequence[int]]
    """The next ids to work on, above the given one and in their order; none: it is done."""
    do: Callable[[Session, int, datetime], object]
    """Work on one.  It must look again whether there is anything to do, with the row locked."""


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[Session, datetime], object] | Each
    """Changes things and returns a short report; the runner commits."""
    last: bool = False
    """After every other job that is due at the same moment, whichever worker runs it: it tells of
    what they did."""


class JobRun(Base):
    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None]
    """Whose it is: a worker that was too slow finds another's here, and commits nothing."""
    finished_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it failed since it last went well."""
    report: Mapped[str | None]


class LostLease(Exception):
    """Another worker has the job: it took longer than its lease."""


def in_turn(jobs: Iterable[Job]) -> list[Job]:
    """As they are to be run."""
    return sorted(jobs, key=lambda job: job.last)


def run_due(database: Database, jobs: list[Job]) -> list[str]:
    """Run every job whose time has come; returns the names of those that ran."""
    ran = []
    for job in in_turn(jobs):
        lease = claim(database, job)
        if lease and _run(database, job, lease):
            ran.append(job.name)
    return ran


def claim(database: Database, job: Job) -> str:
    """Take the job for this worker; empty when it is not due, or another one has it."""
    with database.session(writes=True) as session:
        try:
            lease = _claim(session, job, clock.now())
            session.commit()
        except IntegrityError:  # another worker wrote the job's first row this moment
            return ""
    return lease


def _claim(session: Session, job: Job, at: datetime) -> str:
    row = session.scalar(holding(select(JobRun).where(JobRun.name == job.name)))
    if row is None:
        row = JobRun(name=job.name, failures=0)
        session.add(row)
    busy = row.leased_until is not None and row.leased_until > at
    early = row.finished_at is not None and row.finished_at + _pause(job, row.failures) > at
    if busy or early or (job.last and _another_is_at_work(session, at)):
        return ""
    row.leased_until, row.lease = at + LEASE, uuid4().hex
    return row.lease


def _another_is_at_work(session: Session, at: datetime) -> bool:
    """Another worker may run one that comes before."""
    wanted = select(JobRun.name).where(JobRun.leased_until > at).limit(1)
    return session.scalar(wanted) is not None


def _pause(job: Job, failures: int) -> timedelta:
    """How long after its last end it runs again."""
    if not failures:
        return job.every
    return min(job.every, RETRY * 2 ** min(failures - 1, 20))


def _run(database: Database, job: Job, lease: str) -> bool:
    """Whether it went well."""
    try:
        if isinstance(job.run, Each):
            report, failed = _run_each(database, job, job.run, lease)
        else:
            report, failed = _run_whole(database, job, job.run, lease), 0
    except LostLease:
        log.warning("another worker has taken the job over", extra={"job": job.name})
        return False
    except Exception:
        log.exception("job failed", extra={"job": job.name})
        report, failed = "failed", 1
    return _finish(database, job, lease, report, failed)


def _run_whole(
    database: Database, job: Job, run: Callable[[Session, datetime], object], lease: str
) -> str:
    with database.session(writes=True) as session:
        report = str(run(session, clock.now()) or "")
        _keep(session, job, lease)
        session.commit()
    return report


def _run_each(database: Database, job: Job, each: Each, lease: str) -> tuple[str, int]:
    done = failed = last = 0
    while True:
        with database.session(writes=False) as session:
            ids = list(each.find(session, clock.now(), last))
        if not ids:
            return f"done: {done}; failed: {failed}", failed
        for number in ids:
            if _do_one(database, job, each, number, lease):
                done += 1
            else:
                failed += 1
            last = number


def _do_one(database: Database, job: Job, each: Each, number: int, lease: str) -> bool:
    try:
        with database.session(writes=True) as session:
            each.do(session, number, clock.now())
            _keep(session, job, lease)
            session.commit()
    except LostLease:
        raise
    except Exception:
        log.exception("job failed for one thing", extra={"job": job.name, "thing": number})
        return False
    return True


def _keep(session: Session, job: Job, lease: str) -> None:
    """Before each commit: the lease is still ours, and runs from now.  Raises LostLease."""
    session.flush()
    row = session.get_one(JobRun, job.name, with_for_update=True, populate_existing=True)
    if row.lease != lease:
        raise LostLease
    row.leased_until = clock.now() + LEASE


def hold(database: Database, name: str) -> str:
    """Take a job by hand, whether it is due or not: its lease; empty while a worker has it."""
    return claim(database, Job(name, timedelta(0), lambda _session, _at: None))


def lease_of(session: Session, name: str) -> str:
    """The lease under which this run of a job began."""
    return session.get_one(JobRun, name, populate_existing=True).lease or ""


def keep(session: Session, name: str, lease: str) -> None:
    """For a job that commits as it goes: before each commit, as the runner does."""
    _keep(session, Job(name, timedelta(0), lambda _session, _at: None), lease)


def release(database: Database, name: str, lease: str, report: str) -> None:
    """A job taken by hand counts as run."""
    _finish(database, Job(name, timedelta(0), lambda _session, _at: None), lease, report, 0)


def _finish(database: Database, job: Job, lease: str, report: str, failed: int) -> bool:
    with database.session(writes=True) as session:
        row = session.get_one(JobRun, job.name, with_for_update=True)
        if row.lease == lease:
            row.leased_until = row.lease = None
            row.finished_at = clock.now()
            row.failures = row.failures + 1 if failed else 0
            row.report = report[:200]
        session.commit()
    return not failed
