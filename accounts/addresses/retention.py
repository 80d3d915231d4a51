"""Changes of address and lost mailboxes are not kept for ever."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.addresses.queries import ended_before
from accounts.models import AddressChange, MailboxRequest
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import RetentionRule
from web.database import hold
from web.months import months_before

BY = "system:retention"
Ending = type[AddressChange | MailboxRequest]


def _before(at: datetime) -> datetime:
    return months_before(at, current_app.extensions["scheme"].retention.address_changes_months)


def _ended(model: Ending, session: Session, at: datetime) -> Sequence[int]:
    return ended_before(session, model, _before(at))


def _take_away(model: Ending, session: Session, number: int, at: datetime) -> None:
    row: Any = hold(session, model, number)
    if row is None or row.ended_at is None or row.ended_at > _before(at):
        return
    forget_values(session, row)
    record(session, row, "delete", by=BY, at=at)
    session.delete(row)


def _since(model: Ending, session: Session, number: int) -> datetime | None:
    row: Any = session.get_one(model, number)
    ended: datetime | None = row.ended_at
    return ended


def _kept(retention: Any) -> str:
    return _("%(months)s months after it ended", months=retention.address_changes_months)


rules = (
    RetentionRule(
        "changes of addresses",
        _l("How somebody’s addresses changed"),
        partial(_ended, AddressChange),
        partial(_take_away, AddressChange),
        since=partial(_since, AddressChange),
        kept=_kept,
    ),
    RetentionRule(
        "lost mailboxes",
        _l("Requests about a mailbox somebody cannot open"),
        partial(_ended, MailboxRequest),
        partial(_take_away, MailboxRequest),
        since=partial(_since, MailboxRequest),
        kept=_kept,
    ),
)
