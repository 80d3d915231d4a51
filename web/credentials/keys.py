"""The keys that sign.  Their private halves are encrypted by a key derived from the secret key.

Where that is changed, what it encrypted cannot be read any more: ``flask keys new`` makes the next
one, and what the older ones signed goes on verifying.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from openbadgeslib import KeyEd25519
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.audit import record
from web.credentials.models import IN_USE, RETIRED, STOLEN, Credential, SigningKey
from web.database import holding
from web.workflow import Refused

LOST = "This key was lost, or somebody else got hold of it."


def make(session: Session, *, by: Any, at: datetime) -> SigningKey:
    """The next key; from now on it signs.  Those before it may still sign until they retire."""
    private, public = KeyEd25519().generate_keypair()
    key = SigningKey(began_at=at, public_pem=public.decode(), secret=_encrypted(private))
    session.add(key)
    session.flush()
    record(session, key, "make", by=by, at=at)
    return key


def newest(session: Session) -> SigningKey | None:
    """The one that signs: the newest in use that can be read."""
    wanted = select(SigningKey).where(SigningKey.state == IN_USE).order_by(SigningKey.id.desc())
    return next((key for key in session.scalars(wanted) if is_readable(key)), None)


def signing(session: Session, *, at: datetime) -> SigningKey:
    """The same; where there is none, the first is made."""
    return newest(session) or make(session, by="system:credentials", at=at)


def private_pem(key: SigningKey) -> bytes:
    return _box().decrypt(key.secret.encode())


def is_readable(key: SigningKey) -> bool:
    try:
        return bool(private_pem(key))
    except InvalidToken:
        return False


def retire(session: Session, key: SigningKey, *, stolen: bool, by: Any, at: datetime) -> int:
    """It signs no more.  Stolen: nothing it signed is to be trusted, so all of that is revoked.

    A retired key can still be found to have been stolen.  How many were revoked.  Raises Refused.
    """
    if key.state == STOLEN or (key.state == RETIRED and not stolen):
        raise Refused([f"The key {key.reference} is {key.state} already."])
    key.state = STOLEN if stolen else RETIRED
    key.ended_at = key.ended_at or at
    key.secret = ""
    record(session, key, "retire", by=by, at=at)
    return _revoke_all(session, key, by=by, at=at) if stolen else 0


def _revoke_all(session: Session, key: SigningKey, *, by: Any, at: datetime) -> int:
    wanted = select(Credential).where(Credential.key_id == key.id, Credential.revoked_at.is_(None))
    signed = list(session.scalars(holding(wanted.order_by(Credential.id), Credential)))
    for credential in signed:
        credential.revoked_at, credential.reason = at, LOST
        record(session, credential, "revoke", by=by, at=at)
    return len(signed)


def everything(session: Session) -> list[SigningKey]:
    """Newest first."""
    return list(session.scalars(select(SigningKey).order_by(SigningKey.id.desc())))


def by_reference(session: Session, reference: str, *, lock: bool = False) -> SigningKey | None:
    wanted = select(SigningKey).where(SigningKey.reference == reference)
    return session.scalar(holding(wanted) if lock else wanted)


def _encrypted(private: bytes) -> str:
    return _box().encrypt(private).decode()


def _box() -> Fernet:
    secret: str = current_app.config["SECRET_KEY"]
    derived = hmac.new(secret.encode(), b"credentials", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
