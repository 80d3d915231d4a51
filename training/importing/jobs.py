"""The worker's part: large sheets are looked at, what was confirmed is written or taken back.

A chunk is a commit, and the lease is asked for before each: a worker that was too slow, or is
killed, leaves what it did, and another goes on from there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training import versions
from training.importing import queries
from training.importing.adding import add
from training.importing.looking import look
from training.importing.states import READ, UNDER_WAY, UNDOING
from training.importing.undoing import take_back
from training.pathways import Pathways
from web import clock
from web.jobs import Job, keep, lease_of

JOB = "training imports"
MOST = 40
"""Chunks in one round: mails wait for no longer than that."""
Step = Callable[[Session, int, Pathways, datetime], bool]


def work(session: Session, _at: datetime) -> str:
    """One import after another, whoever came first first."""
    lease, version, left = lease_of(session, JOB), versions.newest(session), MOST
    pathways = version.pathways if version is not None else None
    session.commit()
    for state, step in STEPS.items():
        for number in session.scalars(queries.in_state(state)).all():
            while left and pathways is not None and step(session, number, pathways, clock.now()):
                left -= 1
                keep(session, JOB, lease)
                session.commit()
            session.rollback()
    return f"chunks: {MOST - left}"


def _look(session: Session, number: int, pathways: Pathways, at: datetime) -> bool:
    it = queries.hold(session, number)
    return it.state == READ and look(session, it, pathways, at)


def _take_back(session: Session, number: int, _pathways: Pathways, at: datetime) -> bool:
    return take_back(session, number, at)


STEPS: dict[str, Step] = {UNDER_WAY: add, UNDOING: _take_back, READ: _look}
job = Job(JOB, timedelta(seconds=5), work)
