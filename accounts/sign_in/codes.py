"""The six digits that are mailed, by the library's time-based codes.

The secret is kept, encrypted, while a code is out; the code is made from it when the mail is sent.
It works once, and for half an hour after it was asked for: whoever guesses must have mails sent,
and the person sees them.
"""

from datetime import datetime
from functools import cache
from typing import Any

from flask_security import Totp
from passlib.totp import TOTP

from accounts.models import Person
from accounts.sign_in.passwords import library
from web import clock

CODE_LIVES = 15 * 60
"""Seconds."""
METHOD = "email"
ASKED = "email asked at"


class Codes(Totp):
    """The library's factory, by our clock."""

    def __init__(self, secrets: dict[str, str], issuer: str):
        super().__init__(secrets, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, now=lambda: clock.now().timestamp())

    def match(self, code: str, secret: str, *, window: int, after: int | None) -> int:
        """The counter of an app's code.  Raises TokenError for a wrong one or one used before."""
        found = self._totp.verify(code, secret, window=window, last_counter=after)
        return int(found.counter)

    def opened(self, secret: str) -> TOTP:
        return self._totp.from_source(secret)

    def secret_for_mail(self) -> str:
        return str(self._totp.new(period=CODE_LIVES).to_json(encrypt=True))


def new_secret() -> str:
    return str(library.totp_factory.secret_for_mail())


def prepare(person: Person, secret: str, *, at: datetime) -> None:
    """A code may now be mailed.  One asked for a moment ago stays good: people ask twice."""
    secrets = _secrets(person)
    if METHOD not in secrets or _age(secrets, at) >= CODE_LIVES:
        asked = {METHOD: secret, ASKED: at.timestamp()}
        library.datastore.us_put_totp_secrets(person, secrets | asked)


def code_now(person: Person) -> str | None:
    """The code to mail; None when it was used meanwhile."""
    secret = _secrets(person).get(METHOD)
    return str(library.totp_factory.generate_totp_password(secret)) if secret else None


def spend(person: Person | None, code: str, *, at: datetime) -> bool:
    """Whether the code is good; it is good once.  Takes as long for nobody."""
    secrets = _secrets(person) if person else {}
    out = METHOD in secrets and _age(secrets, at) < 2 * CODE_LIVES
    good: bool = library.totp_factory.verify_totp(
        token=code,
        totp_secret=secrets[METHOD] if out else _nobodys(library.totp_factory),
        user=person,
        window=CODE_LIVES,
    )
    if person is None or not out or not good:
        return False
    rest = {k: v for k, v in secrets.items() if k not in (METHOD, ASKED)}
    library.datastore.us_put_totp_secrets(person, rest)
    return True


def _age(secrets: dict[str, Any], at: datetime) -> float:
    return at.timestamp() - float(secrets[ASKED])


def _secrets(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = library.datastore.us_get_totp_secrets(person)
    return found


@cache
def _nobodys(factory: Codes) -> str:
    return factory.secret_for_mail()
