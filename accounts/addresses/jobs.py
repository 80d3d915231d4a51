"""What the worker does for addresses."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts.addresses.actions import expire_changes
from web.jobs import Job


def _expire(session: Session, at: datetime) -> str:
    return f"ran out: {expire_changes(session, at)}"


jobs = (Job("changes of address run out", timedelta(hours=1), _expire),)
