"""Purging what fields held.  The chain's digests stay: what was not purged can still be proved."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from web.audit.chain import name_of
from web.audit.models import AuditEntry, AuditValue


def forget_values(session: Session, thing: Any) -> None:
    """All that was ever kept of one thing's fields.  Before the change that takes the words away
    is committed: what that writes down is without words."""
    wanted = select(AuditEntry.number).where(AuditEntry.subject == name_of(thing))
    # First which they are: of a table that grew just now PostgreSQL knows nothing, and reads all of
    # it for each of them.
    about = session.scalars(wanted.order_by(AuditEntry.number)).all()
    session.execute(delete(AuditValue).where(AuditValue.entry_number.in_(about)))


def old_entries(session: Session, before: datetime, most: int) -> list[int]:
    """The numbers of entries from before then whose values are still kept."""
    wanted = (
        select(AuditValue.entry_number)
        .join(AuditEntry, AuditEntry.number == AuditValue.entry_number)
        .where(AuditEntry.at < before)
        .distinct()
        .order_by(AuditValue.entry_number)
        .limit(most)
    )
    return list(session.scalars(wanted))


def forget_values_of(session: Session, entry_number: int) -> None:
    session.execute(delete(AuditValue).where(AuditValue.entry_number == entry_number))
