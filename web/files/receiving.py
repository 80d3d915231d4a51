"""An upload becomes a StoredFile.

    checked = check(upload)                               # seconds, and no database
    stored = keep(session, checked, by=me(), at=now())    # in the caller's transaction

A view takes its file through ``web.files.forms.UploadField``, which checks before the
transaction.  Both raise Refused, in sentences for the person who sent it.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from flask import current_app
from sqlalchemy import text
from sqlalchemy.orm import Session

from web.audit import record
from web.files import checking
from web.files.models import BEING_CHECKED, CLEAN, StoredFile
from web.files.store import Store, StoreError, content_key, folder_of, preview_key, store
from web.files.words import refused
from web.settings import Settings

MB = 1024 * 1024
PIECE = 64 * 1024
PREFIX = "portal-file-"


class Upload(Protocol):
    """A file as Werkzeug hands it over."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, in a temporary folder that goes with ``close``."""

    name: str
    """As its owner called it, without folders."""
    folder: Path
    file: Path
    sha256: str
    size: int
    facts: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.facts["kind"])

    def words(self) -> str:
        """The text in a PDF, an Office file or plain text; empty for others and for scans."""
        return checking.read(self.file, self.folder, _settings())

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def text_of(stored: StoredFile) -> str:
    """The words of a file that is kept.  Raises StoreError when the store cannot give it."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=scratch(_settings())) as name:
        file = Path(name) / "kept"
        with file.open("wb") as copy:
            copy.writelines(store().read(content_key(stored.sha256)))
        return checking.read(file, Path(name), _settings())


def receive(session: Session, upload: Upload, *, by: Any, at: datetime) -> StoredFile:
    """Check and keep in one: where no transaction stands open for others to wait on."""
    checked = check(upload)
    try:
        return keep(session, checked, by=by, at=at)
    finally:
        checked.close()


def check(upload: Upload) -> Checked:
    """Raises Refused.  Photos come out without their metadata, PDFs with pictures of pages."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=scratch(_settings())))
    try:
        return _check(upload, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check(upload: Upload, folder: Path) -> Checked:
    settings, file = _settings(), folder / "sent"
    write(upload.stream, file, settings.max_file_mb)
    facts = checking.look(file, folder, settings)
    if (folder / "cleaned").exists():
        file = folder / "cleaned"
    if facts["kind"] == "pdf":
        facts["drawn"] = checking.draw(file, folder, settings)
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    name = tidy_name(upload.filename or "")
    return Checked(name, folder, file, digest, file.stat().st_size, facts)


def write(stream: IO[bytes], file: Path, most_mb: int) -> None:
    size = 0
    with file.open("wb") as kept:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most_mb * MB:
                raise refused("too big", most=most_mb)
            kept.write(piece)
    if size == 0:
        raise refused("empty")


def tidy_name(name: str) -> str:
    """What the owner's list may show: no folders, nothing that does not show, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip(" .")
    stem, dot, end = shown.rpartition(".")
    short = f"{stem[:100]}{dot}{end[:10]}" if stem else shown[:100]
    return short or "file"


def keep(session: Session, checked: Checked, *, by: Any, at: datetime) -> StoredFile:
    """Put it into the store and add its row.  Raises Refused while the store is away."""
    hold(session, checked.sha256)
    try:
        _put(store(), checked)
    except StoreError as error:
        raise refused("away") from error
    state = BEING_CHECKED if _settings().clamd else CLEAN
    stored = StoredFile(
        sha256=checked.sha256,
        size=checked.size,
        kind=checked.kind,
        state=state,
        pages=checked.facts.get("pages"),
        width=checked.facts.get("width"),
        height=checked.facts.get("height"),
        previews=checked.facts.get("drawn", 0),
        created_at=at,
    )
    session.add(stored)
    record(session, stored, "stored", by=by, at=at)
    return stored


def _put(place: Store, checked: Checked) -> None:
    """The pictures first: whoever finds the content finds them too."""
    for page in range(1, checked.facts.get("drawn", 0) + 1):
        place.put(preview_key(checked.sha256, page), checked.folder / f"{page}.webp")
    place.put(content_key(checked.sha256), checked.file)


def hold(session: Session, sha256: str) -> None:
    """Nobody puts or removes this content until the transaction ends.

    On SQLite only one transaction writes at a time anyhow, once it has begun.
    """
    if session.connection().dialect.name == "postgresql":
        number = int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def scratch(settings: Settings) -> Path:
    """Where files lie while they are checked: beside the store's own, where it is a folder."""
    folder = folder_of(settings)
    usual = Path(tempfile.gettempdir())
    try:
        place = folder / "incoming" if folder else usual
        place.mkdir(parents=True, exist_ok=True)
    except OSError:  # the store is away, and ``keep`` will say so
        return usual
    return place


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
