"""Young people's seats, by the real actions."""

from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.sign_in.passwords import hashed
from steering.models import Seat, YouthSeat
from steering.youth import actions
from steering.youth.codes import code_of, digest_of
from tests.builders import people
from web import clock

PASSPHRASE = "maple otter lantern cloud"


def digest(salt: str) -> str:
    key = current_app.config["SECRET_KEY"]
    return digest_of(code_of(salt, key), key)


def code(youth: YouthSeat) -> str:
    return code_of(youth.code_salt, current_app.config["SECRET_KEY"])


def invited(
    session: Session,
    seat: Seat | None,
    part: str = "member",
    *,
    by: Any,
    supporter: Person | None = None,
    ends_on: date | None = None,
    decision: str = "Meeting of 4 January 2027",
) -> YouthSeat:
    """A code is out."""
    youth = actions.make(
        session, part, seat, supporter or people.person(session, "Sue Supporter"),
        ends_on=ends_on or clock.today() + timedelta(days=600), decision=decision,
        by=by, at=clock.now(),
    )  # fmt: skip
    actions.give_code(session, youth, digest, good_for=timedelta(days=14), by=by, at=clock.now())
    session.flush()
    return youth


def opened(
    session: Session, youth: YouthSeat, name: str, *, by: Any, password: str | None = None
) -> Person:
    """They have joined, and an officer has opened the seat.  Hashing takes time, so they have a
    passphrase only where a test says so."""
    made = hashed(password) if password else "none"
    person = actions.join(session, youth, name, made, at=clock.now())
    actions.activate(session, youth, by=by, at=clock.now())
    return person
