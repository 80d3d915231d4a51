"""The one place where a session begins, and the one where it ends."""

from flask import session
from flask_security.utils import login_user, logout_user

from accounts.actions import signing_in
from accounts.actions.factors import has_any
from accounts.models import Person
from accounts.sign_in import devices
from web import clock
from web.access import me
from web.database import db


def enter(person: Person, by: str, *, proved: bool = False) -> None:
    """Sign this browser in; whoever was signed in here before is not any more.  Commits."""
    _end_this_one()
    person.last_used_at = clock.now()
    token = devices.begin(person, proved=proved, must_prove=has_any(person))
    db().commit()
    session.clear()
    login_user(person, remember=False, authn_via=[by])
    session[devices.TOKEN] = token
    # PERMANENT_SESSION_LIFETIME counts from the last request.  A young person's seat may be opened
    # on a shared computer: its cookie goes when the browser closes.
    session.permanent = person.has_mailbox


def leave() -> None:
    """Commits."""
    signed_in = me().is_authenticated
    _end_this_one()
    db().commit()
    if signed_in:
        logout_user()
    session.clear()


def _end_this_one() -> None:
    me()
    device = devices.this_device()  # also of somebody whose second factor is still owed
    if device is not None:
        signing_in.end(db(), device)
