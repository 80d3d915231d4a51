"""Plain text: no control characters, in an encoding that can be told."""

import codecs
from pathlib import Path

from web.files.child.saying import No

ODD = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"
PIECE = 1024 * 1024


def kind_of(file: Path, head: bytes) -> str | None:
    if not head:
        raise No("empty")
    if head.startswith(b"{\\rtf"):
        raise No("unknown")
    return "text" if encoding_of(file, head) else None


def read(file: Path, most: int) -> str:
    with file.open("rb") as stream:
        head = stream.read(PIECE)
    encoding = encoding_of(file, head) or "cp1252"
    return head.decode(encoding, "replace")[:most]


def encoding_of(file: Path, head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(file, "utf-16") else None
    if any(byte in ODD for byte in head):
        return None
    for encoding in ("utf-8", "cp1252"):
        if _decodes(file, encoding):
            return encoding
    return None


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    odd = str.maketrans("", "", ODD.decode("latin-1"))
    try:
        with file.open("rb") as stream:
            while piece := stream.read(PIECE):
                text = decoder.decode(piece)
                if len(text.translate(odd)) != len(text):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
