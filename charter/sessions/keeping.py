"""What is kept of charter sessions about a person, for how long, and what merging does to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import CLOSED, Organisation
from charter.models import CharterSession, CharterSessionEvent
from charter.sessions import queries
from charter.sessions.states import CANCELLED, DONE, HAPPENED, OPEN_STATES
from web.audit import record
from web.contributions import DataSection, Erasure, MergePart, RetentionRule
from web.database import holding
from web.months import months_before
from web.workflow import Refused

BY = "system:retention"
MOST = 500

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    """What they asked for and did; the names of trainers stand nowhere."""
    wanted = select(CharterSessionEvent).where(CharterSessionEvent.by_id == person.id)
    whole = wanted.options(
        joinedload(CharterSessionEvent.booking).joinedload(CharterSession.organisation)
    )
    yield DataSection(
        "charter-sessions",
        _("Your part in charter sessions"),
        _(
            "So that it is known who asked, offered and answered. Your colleagues and the Charter "
            "team see it. The words are forgotten %(years)s years after a session is over.",
            years=_years(),
        ),
        [
            {
                _("Organisation"): event.booking.organisation.name,
                _("What"): HAPPENED[event.verb],
                _("When"): event.at,
                _("Text"): event.note or None,
            }
            for event in session.scalars(whole.order_by(CharterSessionEvent.id))
        ],
    )


def keeps(session: Session, person: Any) -> Sequence[str]:
    theirs = select(CharterSessionEvent.id).where(CharterSessionEvent.by_id == person.id)
    if session.scalar(theirs.limit(1)) is None:
        return []
    return [_("The charter sessions you asked for or arranged, without your account’s name.")]


# Forgetting


def _over(at: datetime) -> Any:
    """Over for long, or of a closed organisation: by its day, or the day it was asked for."""
    before = months_before(at, 12 * _years())
    old = or_(
        CharterSession.starts_at < before,
        CharterSession.starts_at.is_(None) & (CharterSession.asked_at < before),
    )
    over = CharterSession.state.in_((DONE, CANCELLED)) | (Organisation.state == CLOSED)
    wanted = select(CharterSession).join(CharterSession.organisation)
    return wanted.where(over, old, CharterSession.cleared_at.is_(None))


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _over(at).with_only_columns(CharterSession.id).order_by(CharterSession.id)
    return session.scalars(wanted.limit(MOST)).all()


def _clear(session: Session, booking_id: int, at: datetime) -> None:
    """That it took place and how many came stays; words and the adult's name go."""
    wanted = _over(at).where(CharterSession.id == booking_id)
    booking = session.scalar(holding(wanted, CharterSession))
    if booking is None:
        return
    booking.when_suits = booking.access_needs = booking.place = ""
    booking.adult = booking.thanks = ""
    booking.cleared_at = at
    record(session, booking, "forget", by=BY, at=at)
    for event in booking.events:
        if event.note:
            event.note = ""
            record(session, event, "forget", by=BY, at=at)


def _years() -> int:
    return int(current_app.extensions["scheme"].retention.sessions_years)


# Merging two organisations


def obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    both = [queries.bookings_of(session, organisation) for organisation in (stays, goes)]
    if all(any(b.state in OPEN_STATES for b in bookings) for bookings in both):
        return [_("Both have asked for a charter session. Call one of them off first.")]
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    count = len(queries.bookings_of(session, goes))
    if not count:
        return []
    return [
        _(
            "%(count)s of the charter sessions of %(goes)s go to %(stays)s.",
            count=count,
            goes=goes.name,
            stays=stays.name,
        )
    ]


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    wanted = select(CharterSession).where(CharterSession.organisation_id == goes.id)
    moved = list(session.scalars(holding(wanted.order_by(CharterSession.id))))
    _move(session, moved, stays, "merge", by, at)
    return {"bookings": [booking.id for booking in moved]}


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    wanted = select(CharterSession).where(
        CharterSession.id.in_(memo["bookings"]), CharterSession.organisation_id == stays.id
    )
    moved = list(session.scalars(holding(wanted.order_by(CharterSession.id))))
    back_open = any(booking.state in OPEN_STATES for booking in moved)
    standing = queries.bookings_of(session, goes)
    if back_open and any(booking.state in OPEN_STATES for booking in standing):
        raise Refused([_("%(name)s has asked for a charter session since.", name=goes.name)])
    _move(session, moved, goes, "undo merge", by, at)


def _move(
    session: Session,
    bookings: list[CharterSession],
    to: Organisation,
    verb: str,
    by: Any,
    at: datetime,
) -> None:
    for booking in bookings:
        booking.organisation = to
        session.flush()
        record(session, booking, verb, by=by, at=at)


erasure = Erasure(keeps=keeps)
retention = RetentionRule(
    "charter sessions",
    _l("The words about charter sessions, and the name of the adult who was there"),
    _due,
    _clear,
    kept=lambda kept: _("%(n)s years after the day", n=kept.sessions_years),
)
merging = MergePart("charter sessions", obstacles, preview, merge, undo)
