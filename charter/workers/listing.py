"""What the public sees of workers' pledges, written from the facts.

Whatever transaction makes a pledge live, changes it or takes it away also rewrites its line of the
list and the tally of its area, just before it commits.  No action can forget it.  A pledge that was
never live moves nothing, so sending the form costs the same whatever stands for the address.
"""

from typing import Any

from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Session, UOWTransaction

from charter.models import ListedWorker, WorkerPledge, WorkerTally
from charter.workers import queries
from charter.workers.words import LIVE
from web.clock import london
from web.folding import sort_key

DUE = "workers_due"
FACTS = ("state", "area", "shown", "first_name", "role")


def write(session: Session, pledge: WorkerPledge) -> None:
    """Bring a pledge's line up to the facts, or take it away."""
    line = session.get(ListedWorker, pledge.id)
    gone = inspect(pledge).deleted or inspect(pledge).detached
    if gone or not (pledge.state == LIVE and pledge.shown) or pledge.confirmed_at is None:
        if line is not None:
            session.delete(line)
        return
    if line is None:
        line = ListedWorker(pledge_id=pledge.id)
        session.add(line)
    line.area, line.role, line.first_name = pledge.area, pledge.role, pledge.first_name
    line.sort_key = sort_key(pledge.first_name)
    line.pledged_on = london(pledge.confirmed_at).date()


def count(session: Session, area: str) -> None:
    """Count an area anew; whoever else counts it waits until this transaction ends."""
    session.execute(
        text(
            "INSERT INTO worker_tally (area, pledged, listed) VALUES (:area, 0, 0)"
            " ON CONFLICT (area) DO NOTHING"
        ),
        {"area": area},
    )
    tally = session.get_one(WorkerTally, area, with_for_update=True, populate_existing=True)
    tally.pledged, tally.listed = queries.count(session, area)


def _see(session: Session, _context: UOWTransaction) -> None:
    due: dict[WorkerPledge, set[str]] = session.info.setdefault(DUE, {})
    for thing in (*session.new, *session.dirty, *session.deleted):
        if isinstance(thing, WorkerPledge) and _was_or_is_live(thing):
            areas = _held(thing, "area")
            if thing in session.deleted or any(_changed(thing, fact) for fact in FACTS):
                due.setdefault(thing, set()).update(areas)


def _was_or_is_live(pledge: WorkerPledge) -> bool:
    return LIVE in _held(pledge, "state")


def _held(pledge: WorkerPledge, fact: str) -> set[Any]:
    """What it is, and what it was before this flush."""
    history = inspect(pledge).attrs[fact].history
    return {getattr(pledge, fact), *(history.deleted or ())} - {None}


def _changed(pledge: WorkerPledge, fact: str) -> bool:
    return bool(inspect(pledge).attrs[fact].history.has_changes())


def _write_what_is_due(session: Session) -> None:
    session.flush()
    due: dict[WorkerPledge, set[str]] = session.info.pop(DUE, {})
    if not due:
        return
    for pledge in due:
        write(session, pledge)
    session.flush()
    for area in sorted(set().union(*due.values())):
        count(session, area)
    session.flush()
    session.info.pop(DUE, None)


def _forget(session: Session, *_: object) -> None:
    session.info.pop(DUE, None)


event.listen(Session, "after_flush", _see)
# Before the chain and the edition look at what the transaction changed.
event.listen(Session, "before_commit", _write_what_is_due, insert=True)
event.listen(Session, "after_soft_rollback", _forget)
