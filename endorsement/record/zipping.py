"""A zip that is written while it is sent: never whole in memory, never on the disk."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from web import clock

Opener = Callable[[], Iterable[bytes]]
"""Gives the content in pieces, or raises OSError or another error of its own at once."""
PIECE = 64 * 1024


@dataclass(frozen=True)
class Entry:
    name: str
    open: Opener
    packed: bool = False
    """It is packed already (a photo, a PDF), so packing it again would only take time."""


class _Outlet:
    """What ZipFile writes to: it holds what was written until it is taken."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """ZipFile calls it; there is nothing to do."""

    def taken(self) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        return data


def zipped(
    entries: Iterable[Entry], at: datetime, missing: Callable[[str], str]
) -> Iterator[bytes]:
    """The zip, in pieces.  A file that cannot be read any more leaves a text that says so:
    ``missing`` makes it of the file's name."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as made:  # type: ignore[call-overload]
        for entry in entries:
            yield from _written(made, outlet, entry, at, missing)
    yield outlet.taken()


def _written(
    made: zipfile.ZipFile,
    outlet: _Outlet,
    entry: Entry,
    at: datetime,
    missing: Callable[[str], str],
) -> Iterator[bytes]:
    name = entry.name
    try:
        pieces = iter(entry.open())
        first = next(pieces, b"")
    except Exception:
        pieces, first = iter(()), missing(entry.name).encode()
        name = f"{entry.name} is missing.txt"
    info = zipfile.ZipInfo(name, clock.london(at).timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if entry.packed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with made.open(info, "w", force_zip64=True) as target:
        target.write(first)
        for piece in pieces:
            target.write(piece)
            yield outlet.taken()
    yield outlet.taken()
