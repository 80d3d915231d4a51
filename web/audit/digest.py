"""Keyed digests: plain functions, shared by the writer of the chain and its checker."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Protocol

GENESIS = "0" * 64
REMOVED = "removed"
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it, the same on every database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value


def field_digest(key: bytes, subject: str, field: str, value: Any) -> str:
    """The digest of one field's value.  Keyed: a first name could else be guessed from it."""
    return _digest(key, [subject, field, plain(value)])


class Sealed(Protocol):
    number: Any
    at: Any
    actor: Any
    verb: Any
    subject: Any
    digests: Any
    previous: Any


def seal(key: bytes, entry: Sealed) -> str:
    """The link of the chain: it covers the entry and the seal before it."""
    e = entry
    parts = [e.previous, e.number, plain(e.at), e.actor, e.verb, e.subject, e.digests]
    return _digest(key, parts)


def _digest(key: bytes, parts: list[Any]) -> str:
    """Both by the quickest way there is: an import writes tens of them a row."""
    return hmac.digest(key, ENCODER.encode(parts).encode(), "sha256").hex()


def head_proof(key: bytes, number: int, last: str) -> str:
    """Keyed: else who cuts off the last entries could name an older one as the last."""
    return hmac.new(key, f"head:{number}:{last}".encode(), hashlib.sha256).hexdigest()
