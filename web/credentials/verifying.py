"""What is proven of a document that somebody shows, and what is not.

Only what we signed ourselves is proven here; nothing is fetched.  The signature covers what the
JSON means, not its letters; so besides the signature the document must say, word for word, what
we have in our book.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from openbadgeslib.ob3 import verify_data_integrity_proof
from sqlalchemy.orm import Session

from web.credentials import issuer, issuing, keys
from web.credentials.models import STOLEN, Credential, SigningKey
from web.credentials.reading import Unreadable, read
from web.folding import showable

log = logging.getLogger(__name__)


class Verdict(Enum):
    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not yet"
    REVOKED = "revoked"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown key"
    STOLEN_KEY = "stolen key"
    NOT_ON_LIST = "not on our list"
    NOT_OURS = "not ours"
    UNREADABLE = "unreadable"

    @property
    def is_genuine(self) -> bool:
        """We signed it and nobody changed it, whether or not it still stands."""
        return self in (Verdict.VALID, Verdict.EXPIRED, Verdict.NOT_YET, Verdict.REVOKED)


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    credential: Credential | None = None
    """Where its signature is good, or its row is known."""
    key: SigningKey | None = None
    holder: str = ""
    """The name in it; only of a genuine one."""
    said_by: str = ""
    """Who it says signed it, where that is somebody else: unproved."""


def verify(session: Session, sent: bytes, *, at: datetime) -> Finding:
    """Never raises, whatever is sent."""
    try:
        document = read(sent).document
    except Unreadable:
        return Finding(Verdict.UNREADABLE)
    said_by = issuer_of(document)
    if not said_by:
        return Finding(Verdict.UNREADABLE)
    if said_by != issuer.did():
        return Finding(Verdict.NOT_OURS, said_by=showable(said_by[:200]))
    return _ours(session, document, at)


def _ours(session: Session, document: dict[str, Any], at: datetime) -> Finding:
    key = _key_of(session, document)
    if key is None:
        return Finding(Verdict.UNKNOWN_KEY)
    if key.state == STOLEN:
        return Finding(Verdict.STOLEN_KEY, key=key)
    if not is_signed_by(document, key.public_pem):
        return Finding(Verdict.CHANGED, key=key)
    found = issuing.by_reference(session, _reference_of(document))
    if found is None:
        return Finding(Verdict.NOT_ON_LIST, key=key)
    if found.document is not None and found.document != document:
        return Finding(Verdict.CHANGED, key=key)
    return Finding(standing_of(found, at), found, key, _holder_of(document))


def standing_of(credential: Credential, at: datetime) -> Verdict:
    if credential.revoked_at is not None:
        return Verdict.REVOKED
    if credential.valid_from > at:
        return Verdict.NOT_YET
    return Verdict.VALID if credential.runs(at) else Verdict.EXPIRED


def is_signed_by(document: dict[str, Any], public_pem: str) -> bool:
    try:
        verify_data_integrity_proof(document, public_pem)
    except Exception as error:  # a stranger's document: whatever goes wrong, it is not proven
        log.info("a credential did not verify", extra={"error": type(error).__name__})
        return False
    return True


def issuer_of(document: dict[str, Any]) -> str:
    said = document.get("issuer")
    named = said.get("id") if isinstance(said, dict) else said
    return named if isinstance(named, str) else ""


def _key_of(session: Session, document: dict[str, Any]) -> SigningKey | None:
    proof = document.get("proof")
    method = proof.get("verificationMethod") if isinstance(proof, dict) else None
    if not isinstance(method, str) or not method.startswith(issuer.did() + "#"):
        return None
    return keys.by_reference(session, _clean(method.partition("#")[2]))


def _reference_of(document: dict[str, Any]) -> str:
    return _clean(str(document.get("id", "")).rpartition("/")[2])


def _clean(reference: str) -> str:
    """No database is asked for what it could not keep."""
    return reference if reference.isascii() and reference.isprintable() else ""


def _holder_of(document: dict[str, Any]) -> str:
    """We always write one name; the document is ours."""
    found: str = document["credentialSubject"]["identifier"][0]["identityHash"]
    return found
