"""The keys that encrypt what people prove themselves with: the apps' secrets and recovery codes.

Those of the setting PORTAL_TOTP_KEYS, by number; the highest number encrypts, all of them decrypt.
Number 1, where the setting has none, is derived from the secret key: so a portal works without
the setting, and changes over to keys of its own by adding number 2 (docs/operations.md).
"""

import base64
import hashlib
import hmac

from flask import Flask
from passlib.totp import TOTP, TokenError
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.sign_in.passwords import library


def keys(app: Flask) -> dict[str, str]:
    own: dict[str, str] = app.extensions["settings"].own_totp_keys
    return {"1": _derived(app, "totp"), **own}


def recovery_keys(app: Flask) -> list[bytes]:
    """The newest first, as the library wants them."""
    newest = sorted(keys(app).items(), key=lambda pair: -int(pair[0]))
    digests = (hashlib.sha256(b"recovery:" + key.encode()).digest() for _, key in newest)
    return [base64.urlsafe_b64encode(digest) for digest in digests]


def encrypt_anew(session: Session) -> tuple[int, int]:
    """All secrets by the newest key: afterwards the older keys can go.  How many, and how many
    could not be read.  The caller commits."""
    util, done, lost = library.mf_recovery_codes_util, 0, 0
    wanted = or_(Person.tf_totp_secret.is_not(None), Person.mf_recovery_codes.is_not(None))
    for person in session.scalars(select(Person).where(wanted).order_by(Person.id)):
        try:
            if person.tf_totp_secret is not None:
                person.tf_totp_secret = _anew(person.tf_totp_secret)
        except (TokenError, KeyError, ValueError):
            lost += 1
            continue
        codes = util.get_recovery_codes(person)
        if person.mf_recovery_codes:
            person.mf_recovery_codes = util._encrypt_codes(codes)
        done += 1
    return done, lost


def _anew(secret: str) -> str:
    opened: TOTP = library.totp_factory.opened(secret)
    return str(opened.to_json(encrypt=True))


def _derived(app: Flask, purpose: str) -> str:
    key: str = app.config["SECRET_KEY"]
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).hexdigest()
