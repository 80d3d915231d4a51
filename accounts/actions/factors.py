"""The second factor of an account: added, used, taken away.  Codes and keys come here encrypted."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from accounts.actions import signing_in
from accounts.actions.people import post_to, tell_all
from accounts.models import Device, Passkey, Person
from accounts.queries.people import people_with_role
from web.audit import record
from web.workflow import Refused

APP = "authenticator"
LAST = "Your role needs a second way to prove it is you. Add another one first."
NAME_TAKEN = "You have a passkey of this name. Choose another one."


def has_any(person: Person) -> bool:
    return person.tf_totp_secret is not None or bool(person.webauthn)


def add_app(session: Session, person: Person, *, secret: str, counter: int, at: datetime) -> None:
    """In place of the one before, if any.  ``counter``: of the code they typed to show it works."""
    person.tf_totp_secret, person.tf_primary_method = secret, APP
    person.tf_last_counter, person.tf_added_at = counter, at
    _added(session, person, "add an authenticator app", at)


def remove_app(session: Session, person: Person, *, demanded: bool, at: datetime) -> None:
    if person.tf_totp_secret is None:
        return
    if demanded and not person.webauthn:
        raise Refused([LAST])
    _forget_app(person)
    _removed(session, person, "remove the authenticator app", at)


def add_passkey(
    session: Session, person: Person, *, name: str, found: dict[str, Any], at: datetime
) -> Passkey:
    """``found``: what its browser showed of it (accounts.sign_in.passkeys)."""
    if any(key.name == name for key in person.webauthn):
        raise Refused([NAME_TAKEN])
    key = Passkey(name=name, added_at=at, **found)
    person.webauthn.append(key)
    _added(session, person, "add a passkey", at)
    return key


def rename_passkey(session: Session, key: Passkey, *, name: str, at: datetime) -> None:
    if any(other.name == name for other in key.person.webauthn if other is not key):
        raise Refused([NAME_TAKEN])
    if key.name != name:
        key.name = name
        record(session, key.person, "rename a passkey", by=key.person, at=at)


def remove_passkey(session: Session, key: Passkey, *, demanded: bool, at: datetime) -> None:
    person = key.person
    if demanded and len(person.webauthn) == 1 and person.tf_totp_secret is None:
        raise Refused([LAST])
    person.webauthn.remove(key)
    _removed(session, person, "remove a passkey", at)


def keep_recovery_codes(session: Session, person: Person, codes: list[str], at: datetime) -> None:
    """In place of the ones before."""
    person.mf_recovery_codes = codes
    record(session, person, "make recovery codes", by=person, at=at)


def use_recovery_code(session: Session, person: Person, rest: list[str], at: datetime) -> None:
    """``rest``: those that are left."""
    person.mf_recovery_codes = rest
    record(session, person, "use a recovery code", by=person, at=at)
    tell_all(session, person, "recovery_code_used", at=at, left=len(rest))


def reset(session: Session, person: Person, *, by: Person | str, at: datetime) -> None:
    """They lost what they prove it with: nothing of it counts any more, and they are signed out."""
    if isinstance(by, Person) and by.id == person.id:
        raise Refused(["You cannot do this for yourself. Ask somebody else on the team."])
    forget_factors(person)
    signing_in.end_all(session, person)
    record(session, person, "reset the second factor", by=by, at=at)
    tell_all(session, person, "factors_reset", at=at)
    for officer in people_with_role(session, "officer"):
        if person.has_role("officer") and officer.id != person.id and officer is not by:
            post_to(session, officer, "colleague_reset", at=at, who=person.name)


def forget_factors(person: Person) -> None:
    """The caller records it."""
    _forget_app(person)
    person.webauthn.clear()
    person.mf_recovery_codes = None


def _forget_app(person: Person) -> None:
    person.tf_totp_secret = person.tf_primary_method = None
    person.tf_last_counter = person.tf_added_at = None


def _added(session: Session, person: Person, verb: str, at: datetime) -> None:
    """From now on it is asked for, also where they are signed in already."""
    session.execute(update(Device).where(Device.person_id == person.id).values(must_prove=True))
    record(session, person, verb, by=person, at=at)
    tell_all(session, person, "factor_added", at=at)


def _removed(session: Session, person: Person, verb: str, at: datetime) -> None:
    if not has_any(person):
        person.mf_recovery_codes = None
    record(session, person, verb, by=person, at=at)
    tell_all(session, person, "factor_removed", at=at)
