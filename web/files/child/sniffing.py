"""What a file is, from its bytes.  What is not known for certain is not taken."""

from pathlib import Path

from web.files.child import recordings, texts, zips
from web.files.child.saying import No

HEAD = 64 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
IPHONE = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")


def kind_of(file: Path) -> str:
    """The name in web.files.kinds, or No."""
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    for start, name in PICTURES.items():
        if head.startswith(start):
            return name
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return zips.kind_of(file)
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE"):
        return {b"WEBP": "webp", b"WAVE": "wav"}[head[8:12]]
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    return recordings.kind_of(head) or texts.kind_of(file, head) or _unknown(head)


def _by_brand(brand: bytes) -> str:
    if brand in IPHONE:
        raise No("iphone photo")
    if brand in (b"avif", b"avis"):
        raise No("unknown")
    return "mp4"


def _unknown(head: bytes) -> str:
    if head.startswith(OLD_OFFICE):
        raise No("old office")
    raise No("unknown")
