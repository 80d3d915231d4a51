"""Changes of address and lost mailboxes are not kept for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.addresses import mailbox_queries, queries
from accounts.models import AddressChange, MailboxRequest
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import RetentionRule
from web.months import months_before

BY = "system:retention"


def _delete(session: Session, row: AddressChange | MailboxRequest, by: Any, at: datetime) -> None:
    forget_values(session, row)
    record(session, row, "delete", by=by, at=at)
    session.delete(row)


def _months() -> int:
    return int(current_app.extensions["scheme"].retention.address_changes_months)


def _old_changes(session: Session, at: datetime) -> Sequence[AddressChange]:
    return queries.changes_ended_before(session, months_before(at, _months()))


def _old_requests(session: Session, at: datetime) -> Sequence[MailboxRequest]:
    return mailbox_queries.requests_ended_before(session, months_before(at, _months()))


def _take_away(session: Session, row: Any, at: datetime) -> None:
    before = months_before(at, _months())
    if row.ended_at is not None and row.ended_at <= before:
        _delete(session, row, BY, at)


def _kept(retention: Any) -> str:
    return _("%(months)s months after it ended", months=retention.address_changes_months)


def _since(_session: Session, row: Any) -> datetime | None:
    ended: datetime | None = row.ended_at
    return ended


rules = (
    RetentionRule(
        "changes of addresses",
        _l("How somebody’s addresses changed"),
        _old_changes,
        _take_away,
        since=_since,
        kept=_kept,
    ),
    RetentionRule(
        "lost mailboxes",
        _l("Requests about a mailbox somebody cannot open"),
        _old_requests,
        _take_away,
        since=_since,
        kept=_kept,
    ),
)
