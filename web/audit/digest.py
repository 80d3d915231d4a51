"""Keyed digests: plain functions, shared by the writer of the chain and its checker."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Protocol

GENESIS = "0" * 64
REMOVED = "removed"
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
AS_IT_IS = frozenset({str, int, bool, type(None)})
WORDS = {None: "null", True: "true", False: "false"}


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it, the same on every database."""
    if type(value) in AS_IT_IS:
        return value
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
    return field_digests(key, subject, {field: plain(value)})[field]


def field_digests(key: bytes, subject: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Of several, which ``plain`` has seen already: in one loop, as an import asks for thirty a
    row."""
    begin, end = _begun(key)
    start, found = f"[{_json(subject)}, ", {}
    for field, value in values.items():
        inner, outer = begin.copy(), end.copy()
        inner.update(f"{start}{encode_basestring(field)}, {_json(value)}]".encode())
        outer.update(inner.digest())
        found[field] = outer.hexdigest()
    return found


def keyed(key: bytes, said: bytes) -> str:
    """HMAC-SHA-256, as ``hmac`` makes it and in a third of its time: what is the same for all that
    one key digests is worked out once."""
    begin, end = _begun(key)
    inner, outer = begin.copy(), end.copy()
    inner.update(said)
    outer.update(inner.digest())
    whole: str = outer.hexdigest()
    return whole


def _json(value: Any) -> str:
    """What ENCODER says of it, quickly: an import asks some thirty times a row."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return str(value)
    return WORDS[value] if kind is bool or value is None else ENCODER.encode(value)


@lru_cache(maxsize=4)
def _begun(key: bytes) -> tuple[Any, Any]:
    block = hashlib.sha256().block_size
    whole = (hashlib.sha256(key).digest() if len(key) > block else key).ljust(block, b"\0")
    return tuple(hashlib.sha256(bytes(byte ^ pad for byte in whole)) for pad in (0x36, 0x5C))  # type: ignore[return-value]


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
    return keyed(key, ENCODER.encode(parts).encode())


def head_proof(key: bytes, number: int, last: str) -> str:
    """Keyed: else who cuts off the last entries could name an older one as the last."""
    return hmac.new(key, f"head:{number}:{last}".encode(), hashlib.sha256).hexdigest()
