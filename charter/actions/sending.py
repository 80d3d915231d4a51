"""The organisation's own moves: send, and take back."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from charter import parts
from charter.actions.moves import make
from charter.models import Pledge
from charter.rules import PORTAL
from charter.states import OPEN_STATES
from web import clock, working_days
from web.audit import record
from web.scheme import Scheme


def send(session: Session, pledge: Pledge, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """To the Charter team, whose working-day clock starts.  Raises Refused."""
    due = working_days.after(
        clock.london(at).date(), scheme.clocks.charter.check_working_days, scheme.closed
    )
    unsettled = [n for n in parts.notes_by_part(pledge).values() if n.settled_at is None]
    dates = {"sent_at": at, "check_due_on": due}
    make(session, "send", pledge, by=by, at=at, dates=dates, to_team=scheme.contacts.email)
    for note in unsettled:
        note.settled_at = at
        record(session, note, "leave as it was", by=by, at=at)


def withdraw(session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str) -> None:
    """Taken back, by a lead or by the Charter team for it.  Raises Refused."""
    make(session, "withdraw", pledge, by=by, at=at, note=note)
    close_renewals(session, pledge, at=at)


def close_renewals(session: Session, pledge: Pledge, *, at: datetime) -> None:
    """A pledge that is gone takes the renewal that was being written with it."""
    for renewal in pledge.renewals:
        if renewal.state in OPEN_STATES:
            make(session, "go with it", renewal, by=PORTAL, at=at)
