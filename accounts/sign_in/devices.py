"""Where somebody is signed in: a row for every sign-in, asked for with every request.

The cookie holds a secret of the row, the row a digest of it.  Without its row a cookie is worth
nothing, so signing out also ends the copies that somebody may have made of it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g, request, session
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from accounts.actions import signing_in
from accounts.models import Device, Person
from accounts.queries.signing_in import person_on_device
from accounts.sign_in.agents import described
from accounts.sign_in.demands import role_demands
from web import clock
from web.database import READING, db

TOKEN = "device"  # noqa: S105 - a name in the session
SEEN_EVERY = timedelta(minutes=10)
"""How often the time of the last visit is written down."""
DEMANDED_LASTS = timedelta(hours=12)
"""The longest that one sign-in of somebody lasts whose role demands a second factor."""


def begin(person: Person, *, proved: bool, must_prove: bool) -> str:
    """A new row; returns what the cookie must hold.  The caller commits."""
    token = secrets.token_urlsafe(32)
    browser, system = described(request.user_agent.string if request else "")
    signing_in.begin(
        db(),
        person,
        digest=digest_of(token),
        browser=browser,
        system=system,
        must_prove=must_prove,
        proved=proved,
        at=clock.now(),
    )
    return token


def renew(device: Device) -> str:
    """Its second factor was shown: it counts, under a new secret.  The caller commits."""
    token = secrets.token_urlsafe(32)
    device.digest, device.proved_at = digest_of(token), clock.now()
    return token


def who(uniquifier: str) -> Person | None:
    """The person of this request's cookie: the library asks.  One statement."""
    token = session.get(TOKEN)
    found = person_on_device(db(), uniquifier, digest_of(token)) if token else None
    if found is None:
        return None
    person, device = found
    at = clock.now()
    if is_over(device, person, at):
        return None
    g.device = device
    if request.method in READING and at - device.last_seen_at >= _seen_every(person):
        _write_down_seen(device, at)
    return person


def this_device() -> Device | None:
    """The row of the person who is signed in here; asks ``me()`` first."""
    found: Device | None = g.get("device")
    return found


def is_over(device: Device, person: Any, at: datetime) -> bool:
    """Unused for too long, or too long ago for any use."""
    unused, in_all = _lasts()
    if role_demands(person):
        in_all = min(in_all, DEMANDED_LASTS)
    if not person.has_mailbox:
        unused = timedelta(minutes=current_app.extensions["settings"].seat_session_minutes)
    return (
        at >= device.last_seen_at + unused + _seen_every(person)
        or at >= device.signed_in_at + in_all
    )


def forget_over(session: Session, at: datetime) -> str:
    """The timed job: sign-ins that have ended are not kept."""
    unused, in_all = _lasts()
    gone = signing_in.forget_over(
        session, seen_before=at - unused - SEEN_EVERY, begun_before=at - in_all
    )
    return f"{gone} forgotten"


def digest_of(token: str) -> str:
    """The secret is long and random, so a plain digest cannot be guessed back."""
    return hashlib.sha256(str(token).encode()).hexdigest()


def _seen_every(person: Any) -> timedelta:
    """A young person's session is short, so its last visit is written down often."""
    return SEEN_EVERY if person.has_mailbox else timedelta(minutes=1)


def _lasts() -> tuple[timedelta, timedelta]:
    settings = current_app.extensions["settings"]
    return timedelta(hours=settings.session_hours), timedelta(days=settings.session_days)


def _write_down_seen(device: Device, at: datetime) -> None:
    """In a transaction of its own.  Lost when the database is busy: no matter."""
    seen = update(Device).where(Device.id == device.id).values(last_seen_at=at)
    try:
        db().rollback()  # on SQLite one that has read must not go on to write
        db().execute(seen)
        db().commit()
    except OperationalError:
        db().rollback()
        current_app.logger.warning("the time of a visit was not written down")
