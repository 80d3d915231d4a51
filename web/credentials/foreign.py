"""Somebody else's credential: what it says, and what of that can be proven without asking anybody.

Nothing is fetched: an address in a stranger's document must not make this server call there.  So
only a key that stands in the document itself (``did:key``) is tried, and whose key that is, nobody
can say.  Whether it was taken back since is not looked up either.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier
from sqlalchemy.orm import Session

from web import clock
from web.credentials import issuer
from web.credentials.reading import Read, Unreadable, read
from web.credentials.verifying import issuer_of, verify
from web.folding import showable

log = logging.getLogger(__name__)
KINDS = {"OpenBadgeCredential", "AchievementCredential"}
SUITE = "eddsa-rdfc-2022"
OUT_OF_TIME = (
    "Credential has expired",
    "Credential is not yet valid",
    "The token is not yet valid",
)
"""How the library begins what it says after it found the signature good."""
LONGEST = 200


class Outcome(Enum):
    OURS = "ours, and it stands"
    OURS_NOT = "ours, and it does not stand"
    FITS = "the signature fits"
    ELSEWHERE = "the key is elsewhere"
    UNKNOWN_WAY = "signed in a way we cannot check"
    BROKEN = "the signature does not fit"


@dataclass(frozen=True)
class Looked:
    """What it says is its own word; ``outcome`` is what we found."""

    outcome: Outcome
    issuer: str
    issuer_name: str
    title: str
    names: str
    """Whom it names, as far as people can read it; empty where it does not say so openly."""
    valid_from: date | None
    valid_until: date | None


def is_badge(sent: bytes) -> bool:
    """Whether it can be looked at."""
    try:
        document = read(sent).document
    except Unreadable:
        return False
    return bool(KINDS.intersection(_texts(document.get("type"))) and issuer_of(document))


def look(session: Session, sent: bytes, *, at: datetime) -> Looked:
    """Of what ``is_badge`` let through."""
    found = read(sent)
    document = found.document
    subject = _part(document, "credentialSubject")
    return Looked(
        outcome=_ours(session, sent, at) if _is_ours(document) else _outcome(found),
        issuer=_tidy(issuer_of(document)),
        issuer_name=_tidy(_part(document, "issuer").get("name")),
        title=_tidy(_part(subject, "achievement").get("name") or document.get("name")),
        names=_tidy("; ".join(_names(subject))),
        valid_from=_day(document.get("validFrom")),
        valid_until=_day(document.get("validUntil")),
    )


def _is_ours(document: dict[str, Any]) -> bool:
    return issuer_of(document) == issuer.did()


def _ours(session: Session, sent: bytes, at: datetime) -> Outcome:
    stands = verify(session, sent, at=at).verdict.value == "valid"
    return Outcome.OURS if stands else Outcome.OURS_NOT


def _outcome(found: Read) -> Outcome:
    signed_by = issuer_of(found.document)
    if found.token:
        return _tried(found) if signed_by.startswith("did:key:") else Outcome.ELSEWHERE
    proof = found.document.get("proof")
    if not isinstance(proof, dict):
        return Outcome.UNKNOWN_WAY if isinstance(proof, list) else Outcome.BROKEN
    if proof.get("cryptosuite") != SUITE:
        return Outcome.UNKNOWN_WAY
    return _tried(found) if signed_by.startswith("did:key:") else Outcome.ELSEWHERE


def _tried(found: Read) -> Outcome:
    try:
        if found.token:
            did = issuer_of(found.document)
            OB3Verifier.for_issuer_did(did, download=_refuse).verify(found.token)
        else:
            OB3LdpVerifier().verify(found.document, download=_refuse)
    except OB3VerificationError as error:
        return Outcome.FITS if str(error).startswith(OUT_OF_TIME) else Outcome.BROKEN
    except Exception as error:  # a stranger's document: whatever goes wrong, it is not proven
        log.info("a badge could not be checked", extra={"error": type(error).__name__})
        return Outcome.BROKEN
    return Outcome.FITS


def _refuse(_url: str) -> bytes:
    raise ValueError("nothing is fetched")


def _names(subject: dict[str, Any]) -> Iterator[str]:
    """Openly written ones; an address stands for its owner."""
    said = subject.get("identifier")
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict) and one.get("hashed") is False:
            yield str(one.get("identityHash", ""))
    id_ = subject.get("id")
    if isinstance(id_, str) and id_.startswith("mailto:"):
        yield id_.removeprefix("mailto:")


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    part = part[0] if isinstance(part, list) and part else part
    return part if isinstance(part, dict) else {}


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _tidy(value: Any) -> str:
    return " ".join(showable(value).split())[:LONGEST] if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    try:
        moment = datetime.fromisoformat(value)
        return clock.london(moment).date() if moment.tzinfo else moment.date()
    except (TypeError, ValueError, OverflowError):
        return None
