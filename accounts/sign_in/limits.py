"""How often somebody may try: counted in the database, for the connection and for the address."""

from datetime import timedelta

from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from web import clock
from web.limits import attempt_allowed, give_back

PASSWORDS, CODES, MAILS, SECOND = "password", "code", "mail", "second factor"


def try_once(kind: str, address: str) -> None:
    """Count one try, or answer 429.  Commits: call it before anything is changed."""
    if attempt_allowed(kind, address):
        return
    left = _until_next_hour()
    minutes = -(-left // 60)
    words = _(
        "To keep accounts safe we stop after many tries. Wait %(m)s minutes, then try again.",
        m=minutes,
    )
    raise TooManyRequests(description=words, retry_after=left)


def it_was_them(kind: str, address: str) -> None:
    """A try that succeeded does not count."""
    give_back(kind, address)


def _until_next_hour() -> int:
    at = clock.now()
    hour = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return max(1, int((hour - at).total_seconds()))
