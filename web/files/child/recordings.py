"""Sound and film: known by how they begin.  A film's place and owner are wiped."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from web.files.child.saying import No

CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
TELLING = frozenset({b"udta", b"meta", b"uuid"})
"""Boxes in which phones write where a film was made, and with what."""
MOST_BOXES = 20_000
PIECE = 64 * 1024


def kind_of(head: bytes) -> str | None:
    if head.startswith(b"OggS\0"):
        return "ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3") and (b"webm" in head[:80] or b"matroska" in head[:80]):
        return "webm"
    if head.startswith(b"ID3") or _is_mp3_frame(head[:4]):
        return "mp3"
    return None


def _is_mp3_frame(four: bytes) -> bool:
    """Layer III, with a rate and a frequency that exist."""
    if len(four) < 4 or four[0] != 0xFF or four[1] & 0xE6 != 0xE2:
        return False
    return four[2] >> 4 not in (0, 15) and four[2] & 0x0C != 0x0C


def look(file: Path, kind: str, folder: Path) -> None:
    """Writes ``cleaned`` for a film or sound in the MP4 family."""
    if kind != "mp4":
        return
    cleaned = folder / "cleaned"
    shutil.copyfile(file, cleaned)
    with cleaned.open("r+b") as stream:
        names = _clean(stream, 0, cleaned.stat().st_size, [MOST_BOXES])
    if b"moov" not in names:
        raise No("broken")


def _clean(stream: BinaryIO, start: int, end: int, left: list[int]) -> set[bytes]:
    """Wipe the telling boxes between ``start`` and ``end``; which boxes stand on this level."""
    names = set()
    for box in list(_boxes(stream, start, end, left)):
        names.add(box.name)
        if box.name in TELLING:
            _blank(stream, box)
        elif box.name in CONTAINERS:
            _clean(stream, box.body, box.after, left)
    return names


class Box(NamedTuple):
    name: bytes
    start: int
    body: int
    after: int


def _boxes(stream: BinaryIO, start: int, end: int, left: list[int]) -> Iterator[Box]:
    while start + 8 <= end:
        left[0] -= 1
        stream.seek(start)
        size, name = int.from_bytes(stream.read(4), "big"), stream.read(4)
        body = start + 8
        if size == 1:
            size, body = int.from_bytes(stream.read(8), "big"), start + 16
        after = end if size == 0 else start + size
        if after > end or after < body or left[0] < 0:
            raise No("broken")
        yield Box(name, start, body, after)
        start = after


def _blank(stream: BinaryIO, box: Box) -> None:
    """It becomes free space of the same length, so that nothing else has to move."""
    stream.seek(box.start + 4)
    stream.write(b"free")
    stream.seek(box.body)
    for at in range(box.body, box.after, PIECE):
        stream.write(bytes(min(PIECE, box.after - at)))
