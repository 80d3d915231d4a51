"""What happens to an account.  A password comes here hashed (accounts.sign_in.passwords)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from accounts.actions import signing_in
from accounts.addresses.queries import leads_beside
from accounts.addresses.rules import may_hold_a_role
from accounts.models import Appointment, Person
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist


def register(
    session: Session,
    *,
    name: str,
    email: str,
    password: str | None,
    at: datetime,
    shared: bool = False,
) -> Person:
    """A new account; nobody can sign in to it until the address is confirmed."""
    person = Person(
        name=name,
        email=email.strip().lower(),
        password=password,
        shared=shared,
        fs_uniquifier=_new_session_key(),
        created_at=at,
    )
    session.add(person)
    session.flush()
    record(session, person, "register", by=person, at=at)
    return person


def register_again(
    session: Session,
    person: Person,
    *,
    name: str,
    password: str,
    at: datetime,
    shared: bool = False,
) -> None:
    """Somebody types a new registration for an address that nobody confirmed: the newest counts."""
    if person.confirmed_at is not None:
        raise Refused(["This address is confirmed."])
    person.name, person.password, person.shared = name, password, shared
    person.fs_uniquifier = _new_session_key()
    record(session, person, "register again", by=person, at=at)


def confirm(session: Session, person: Person, *, at: datetime) -> None:
    """The person has shown that the mailbox is theirs."""
    if person.confirmed_at is None:
        person.confirmed_at = at
        record(session, person, "confirm", by=person, at=at)


def rename(session: Session, person: Person, *, name: str, by: Person, at: datetime) -> None:
    if person.name != name:
        person.name = name
        record(session, person, "rename", by=by, at=at)


def change_password(session: Session, person: Person, *, password: str, at: datetime) -> None:
    """Ends every session; the caller signs this browser in again."""
    _set_password(session, person, password)
    record(session, person, "change password", by=person, at=at)
    tell_all(session, person, "password_changed", at=at)


def hash_anew(session: Session, person: Person, *, password: str, at: datetime) -> None:
    """The same password, hashed as we hash today: nothing changes for the person."""
    person.password = password
    record(session, person, "hash anew", by="system:sign-in", at=at)


def reset_password(session: Session, person: Person, *, password: str, at: datetime) -> None:
    """By the mailed link, which also shows that the mailbox is theirs.  Ends every session."""
    _set_password(session, person, password)
    person.confirmed_at = person.confirmed_at or at
    record(session, person, "reset password", by=person, at=at)
    tell_all(session, person, "password_changed", at=at)
    for lead in leads_beside(session, person) if person.shared else ():
        post_to(session, lead, "shared_password", at=at, who=person.email)


def send_reset(session: Session, person: Person, *, to: str, at: datetime) -> None:
    """The link goes to the address that asked; the other one is told."""
    post_to(session, person, "reset", at=at, to=to)
    for other in person.emails:
        if other != to:
            post_to(session, person, "reset_elsewhere", at=at, to=other)


def appoint(
    session: Session, person: Person, role: str, *, by: Person | str, at: datetime
) -> Appointment:
    if person.has_role(role):
        raise Refused(["They have this role already."])
    insist(may_hold_a_role(person))
    appointment = Appointment(
        role=role,
        appointed_at=at,
        appointed_by_id=None if isinstance(by, str) else by.id,
    )
    person.appointments.append(appointment)
    session.flush()
    record(session, appointment, "appoint", by=by, at=at)
    kind = "invited" if person.confirmed_at is None else "appointed"
    post_to(session, person, kind, at=at, role=role)
    return appointment


def end_appointment(
    session: Session, person: Person, role: str, *, by: Person | str, at: datetime
) -> None:
    standing = [a for a in person.appointments if a.role == role and a.ended_at is None]
    if not standing:
        raise Refused(["They do not have this role."])
    for appointment in standing:
        appointment.ended_at = at
        record(session, appointment, "end", by=by, at=at)
    tell_all(session, person, "appointment_ended", at=at, role=role)


def end_sessions(session: Session, person: Person) -> None:
    """Signed out everywhere.  A code or reset link that is in some mailbox opens nothing more."""
    signing_in.end_all(session, person)
    person.us_totp_secrets = None
    person.fs_uniquifier = _new_session_key()


def post_to(
    session: Session,
    person: Person,
    kind: str,
    *,
    at: datetime,
    to: str | None = None,
    going_to: str | None = None,
    **more: Any,
) -> None:
    """A mail about the account.  It says nothing that anybody typed: a stranger may have.

    ``to``: the one of their addresses that asked for it.  ``going_to``: the page of ours that its
    link leads on to (accounts.sign_in.going).
    """
    facts: dict[str, Any] = {"person": person.id, **more}
    if going_to:
        facts["going_to"] = going_to
    post(session, f"accounts/{kind}", to=to or person.email, at=at, person_id=person.id, **facts)


def tell_all(session: Session, person: Person, kind: str, *, at: datetime, **more: Any) -> None:
    """The same mail to each of a person's addresses."""
    for email in person.emails:
        post_to(session, person, kind, at=at, to=email, **more)


def _set_password(session: Session, person: Person, password: str) -> None:
    end_sessions(session, person)
    person.password = password


def _new_session_key() -> str:
    return uuid4().hex
