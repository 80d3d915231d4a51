"""What accounts keeps no longer (web.retention)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.actions.people import tell_all
from accounts.models import DataRequest, Invitation, Person
from accounts.queries import unused as queries
from accounts.queries.data_requests import closed_before, still_closed
from web import erasing
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import RetentionRule
from web.jobs import Job
from web.months import months_before

BY = "system:retention"
MOST = 300


def _kept() -> Any:
    return current_app.extensions["scheme"].retention


# Accounts


def _unused_before(at: datetime) -> tuple[datetime, datetime]:
    """Last used before the first; told of it before the second, so that there was time to come
    back, also where the worker stood still for a year."""
    kept = _kept()
    notice = kept.accounts_months - kept.download_offered_months
    return months_before(at, kept.accounts_months), months_before(at, notice)


def _unused(session: Session, at: datetime) -> Sequence[int]:
    return queries.unused_accounts(session, *_unused_before(at), most=MOST)


def _erase_unused(session: Session, person_id: int, at: datetime) -> None:
    if person := queries.still_unused(session, person_id, *_unused_before(at)):
        erasing.erase(session, person, by=BY, at=at)


def _unconfirmed(session: Session, at: datetime) -> Sequence[int]:
    return queries.unconfirmed_accounts(session, _days_before(at), most=MOST)


def _erase_unconfirmed(session: Session, person_id: int, at: datetime) -> None:
    if person := queries.still_unconfirmed(session, person_id, _days_before(at)):
        erasing.erase(session, person, by=BY, at=at)


def _days_before(at: datetime) -> datetime:
    return at - timedelta(days=_kept().unconfirmed_days)


def _last_used(session: Session, person_id: int) -> datetime:
    person = session.get_one(Person, person_id)
    return person.last_used_at or person.created_at


def offer_downloads(session: Session, at: datetime) -> str:
    """Tell people, once, that the account they do not use will be deleted."""
    before = months_before(at, _kept().download_offered_months)
    told = 0
    for person in queries.to_be_told(session, before, most=MOST):
        person.download_offered_at = at
        tell_all(session, person, "download_offered", at=at)
        told += 1
    return f"told: {told}"


jobs = (Job("offer downloads of unused accounts", timedelta(hours=24), offer_downloads),)


# Invitations and requests


def _ended_before(at: datetime) -> datetime:
    return months_before(at, _kept().invitations_months)


def _ended_invitations(session: Session, at: datetime) -> Sequence[int]:
    return queries.ended_invitations(session, _ended_before(at), most=MOST)


def _remove_invitation(session: Session, invitation_id: int, at: datetime) -> None:
    invitation = queries.still_ended(session, invitation_id, _ended_before(at))
    if invitation is None:
        return
    forget_values(session, invitation)
    session.delete(invitation)
    record(session, invitation, "remove", by=BY, at=at)


def _closed_before(at: datetime) -> datetime:
    return months_before(at, _kept().data_requests_months)


def _closed_requests(session: Session, at: datetime) -> Sequence[int]:
    return closed_before(session, _closed_before(at), MOST)


def _remove_request(session: Session, request_id: int, at: datetime) -> None:
    request = still_closed(session, request_id, _closed_before(at))
    if request is None:
        return
    for event in request.events:
        forget_values(session, event)
        session.delete(event)
        record(session, event, "remove", by=BY, at=at)
    session.flush()
    forget_values(session, request)
    session.delete(request)
    record(session, request, "remove", by=BY, at=at)


rules = (
    RetentionRule(
        "accounts",
        _l("Accounts that nobody uses. We write two months before."),
        _unused,
        _erase_unused,
        since=_last_used,
        kept=lambda kept: _("%(n)s months after the last sign-in", n=kept.accounts_months),
    ),
    RetentionRule(
        "unconfirmed accounts",
        _l("Accounts whose email address nobody confirmed"),
        _unconfirmed,
        _erase_unconfirmed,
        since=_last_used,
        kept=lambda kept: _("%(n)s days", n=kept.unconfirmed_days),
    ),
    RetentionRule(
        "invitations",
        _l("Invitations to join an organisation"),
        _ended_invitations,
        _remove_invitation,
        since=lambda session, id_: session.get_one(Invitation, id_).invited_at,
        kept=lambda kept: _("%(n)s months after they ended", n=kept.invitations_months),
    ),
    RetentionRule(
        "data requests",
        _l("What people asked or complained about, and our answers"),
        _closed_requests,
        _remove_request,
        since=lambda session, id_: session.get_one(DataRequest, id_).received_at,
        kept=lambda kept: _("%(n)s months after the answer", n=kept.data_requests_months),
    ),
)
