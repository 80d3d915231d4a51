"""What the worker does for addresses."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts.addresses.actions import expire_changes
from accounts.addresses.mailboxes import mend_due
from web.jobs import Job


def _expire(session: Session, at: datetime) -> str:
    return f"ran out: {expire_changes(session, at)}"


def _mend(session: Session, at: datetime) -> str:
    made, not_made = mend_due(session, at)
    return f"changed: {made}; not changed: {not_made}"


jobs = (
    Job("changes of address run out", timedelta(hours=1), _expire),
    Job("lost mailboxes are mended", timedelta(minutes=15), _mend),
)
