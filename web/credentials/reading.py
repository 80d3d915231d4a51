"""What somebody pastes or uploads becomes a document: JSON, or a picture that carries it.

Nothing is fetched, whatever an address in it says.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from openbadgeslib import baking

MOST_BYTES = 256 * 1024
"""As much as the library reads.  A picture that carries one may be larger."""
MOST_OF_A_PICTURE = 2 * 1024 * 1024
DEEPEST = 60
PNG, SVG = b"\x89PNG", (b"<svg", b"<?xml", b"<!doctype svg")


class Unreadable(Exception):
    """It is no credential in any form we know."""


@dataclass(frozen=True)
class Read:
    """``token``: as it was written, where that is a JSON Web Token and no JSON."""

    document: dict[str, Any]
    token: str = ""


def read(sent: bytes) -> Read:
    """Raises Unreadable, and nothing else."""
    if len(sent) > MOST_OF_A_PICTURE:
        raise Unreadable
    try:
        return _read(_carried(sent))
    except Unreadable:
        raise
    except Exception as error:  # pictures and XML of strangers: their parsers raise what they like
        raise Unreadable from error


def _carried(sent: bytes) -> str:
    sent = sent.strip()
    if sent.startswith(PNG):
        found = baking.extract_png(sent, MOST_BYTES, keyword=baking.ITXT_KEYWORD_OB3)
    elif sent[:20].lower().startswith(SVG):
        found = baking.extract_svg(sent, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    else:
        found = sent.decode("utf-8-sig")
    if not found or len(found) > MOST_BYTES:
        raise Unreadable
    return found.strip()


def _read(text: str) -> Read:
    if not text.startswith("{"):
        return Read(_claims(text), text)
    document = json.loads(text)
    if _is_too_deep(document):
        raise Unreadable
    return Read(document)


def _claims(token: str) -> dict[str, Any]:
    """What a token says, unproved."""
    parts = token.split(".")
    if len(parts) != 3:
        raise Unreadable
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError) as error:
        raise Unreadable from error
    found = claims.get("vc", claims) if isinstance(claims, dict) else None
    if not isinstance(found, dict) or _is_too_deep(found):
        raise Unreadable
    return found


def _is_too_deep(value: Any) -> bool:
    layer, depth = [value], 0
    while layer and depth <= DEEPEST:
        inner = [v.values() if isinstance(v, dict) else v for v in layer]
        layer = [one for part in inner for one in part if isinstance(one, dict | list)]
        depth += 1
    return bool(layer)
