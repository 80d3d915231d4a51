"""The code that a worker hands on.  It stands nowhere: it is made from a salt and the portal's key,
and recognised by a keyed digest."""

import hashlib
import hmac

from web.references import LETTERS

LENGTH = 10
"""Of 28 letters each: nobody guesses one in a year at thirty tries an hour."""


def code_of(salt: str, key: str) -> str:
    """Like 7K3MB-Q2PXD."""
    number = int(_keyed(f"youth code {salt}", key), 16)
    drawn = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        drawn += LETTERS[at]
    return f"{drawn[:5]}-{drawn[5:]}"


def digest_of(typed: str, key: str) -> str:
    """However it was typed: small letters, no line between."""
    plain = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    return _keyed(f"youth code typed {plain}", key)


def _keyed(text: str, key: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
