"""How a submission is sealed (docs/decisions/0020).

Each item's digest is SHA-256 over its salt and its canonical JSON; the root is SHA-256 over the
list of all items' places and digests.  An item that was removed keeps its digest, so the root
still proves all others; without the salt nobody finds out its words by trying.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Protocol


class Sealed(Protocol):
    """What the root needs to know of an item."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def digest(self) -> str: ...


def canonical(value: Any) -> bytes:
    """One text for one value, in any language that has JSON: sorted keys, no spaces, ASCII."""
    said = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
    return said.encode("ascii")


def digest_of(salt: str, number: int, kind: str, key: str, content: Any) -> str:
    told = b"item\n" + salt.encode("ascii") + b"\n" + canonical([number, kind, key, content])
    return hashlib.sha256(told).hexdigest()


def root_of(items: Iterable[Sealed]) -> str:
    listed = [[i.number, i.kind, i.key, i.digest] for i in sorted(items, key=lambda i: i.number)]
    return hashlib.sha256(b"root\n" + canonical(listed)).hexdigest()


def in_groups(root: str) -> str:
    """For reading aloud and comparing by eye: eights, with spaces."""
    return " ".join(root[place : place + 8] for place in range(0, len(root), 8))
