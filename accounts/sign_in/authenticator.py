"""The six digits of an authenticator app, and the recovery codes for when it is lost."""

from datetime import datetime

import segno
from passlib.exc import TokenError

from accounts.actions import factors
from accounts.models import Person
from accounts.sign_in.passwords import library
from web.database import db

APART = 30
"""Seconds that the phone's clock may be before or behind ours."""


def new_secret() -> str:
    """Encrypted: it may stand in the cookie until it is confirmed."""
    return str(library.totp_factory.generate_totp_secret())


def key_of(secret: str) -> str:
    """To type where no picture can be read."""
    return str(library.totp_factory.get_totp_pretty_key(secret))


def picture(person: Person, secret: str) -> str:
    """The QR code, as SVG."""
    address = library.totp_factory.get_totp_uri(person.email, secret)
    return segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff")


def counter_of(code: str, secret: str, *, after: int | None) -> int | None:
    """Which half minute the code is of; None for a wrong one, and for one used before.

    Also where its key is lost (accounts.sign_in.keys): no code is right then.
    """
    try:
        found: int = library.totp_factory.match(code, secret, window=APART, after=after)
    except (TokenError, KeyError, ValueError):
        return None
    return found


def spend(person: Person, code: str) -> bool:
    """Whether the code is good; it is good once.  Hold the person's row."""
    if person.tf_totp_secret is None:
        return False
    counter = counter_of(code, person.tf_totp_secret, after=person.tf_last_counter)
    if counter is None:
        return False
    person.tf_last_counter = counter
    return True


def make_recovery_codes(person: Person, at: datetime) -> None:
    made = library.totp_factory.generate_recovery_codes(10)
    encrypted = library.mf_recovery_codes_util._encrypt_codes(made)
    factors.keep_recovery_codes(db(), person, encrypted, at)


def recovery_codes(person: Person) -> list[str]:
    """Those that are left."""
    found: list[str] = library.mf_recovery_codes_util.get_recovery_codes(person)
    return found


def spend_recovery_code(person: Person, code: str, at: datetime) -> bool:
    """Whether the code is good; it is good once.  Hold the person's row."""
    left = recovery_codes(person)
    if code not in left:
        return False
    rest = [c for c in left if c != code]
    factors.use_recovery_code(db(), person, library.mf_recovery_codes_util._encrypt_codes(rest), at)
    return True
