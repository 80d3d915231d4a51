"""Making a move of a session or a booking: state, event and records in one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from web.audit import record
from web.workflow import Table, perform


def make(
    session: Session, table: Table, name: str, thing: Any, *, by: Any, at: datetime, note: str = ""
) -> None:
    """Raises Refused."""
    with session.no_autoflush:
        event = perform(table, name, thing, by=by, at=at, note=note)
        session.add(event)
    session.flush()
    record(session, thing, name, by=by, at=at)
    record(session, event, name, by=by, at=at)


def begin(session: Session, thing: Any, verb: str, *, by: Any, at: datetime) -> None:
    """The first step of a new one."""
    session.add(thing)
    session.flush()
    event = thing.happened(verb=verb, before="", by=by, at=at, note="")
    session.add(event)
    session.flush()
    record(session, thing, verb, by=by, at=at)
    record(session, event, verb, by=by, at=at)
