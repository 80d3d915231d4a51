"""Where bytes are kept: a folder, or an S3-compatible store, by one setting.

Everything lies under the SHA-256 of its content, so it is written once and never changed; a file
goes in and comes out in pieces, never whole in memory.  A put is atomic in both.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from web.settings import ROOT, Settings

PIECE = 256 * 1024
PART = 5 * 1024 * 1024
"""S3's smallest part of a large upload."""
TRIED_EVERY = 30
log = logging.getLogger(__name__)


class StoreError(Exception):
    """The store does not answer, or has lost something."""


class Missing(StoreError):
    """It is not there."""


def content_key(sha256: str) -> str:
    return f"content/{sha256[:2]}/{sha256}"


def preview_key(sha256: str, page: int) -> str:
    """``page`` counts from 1."""
    return f"previews/{sha256[:2]}/{sha256}/{page}.webp"


class Store:
    def __init__(self, settings: Settings):
        self.settings = settings
        self._opened: LocalStore | S3Store | None = None
        self._tried = (0.0, False)

    @property
    def _store(self) -> LocalStore | S3Store:
        """Opened late: its threads do not live through a fork."""
        if self._opened is None:
            self._opened = _open(self.settings)
        return self._opened

    def put(self, key: str, file: Path) -> None:
        """Keep the file, unless it is there already."""
        if self.has(key):
            return
        with _in_words(key):
            obstore.put(self._store, key, file, chunk_size=PART, max_concurrency=1)

    def has(self, key: str) -> bool:
        try:
            with _in_words(key):
                obstore.head(self._store, key)
        except Missing:
            return False
        return True

    def read(self, key: str) -> Iterator[bytes]:
        """Raises at once when it is not there; then gives it in pieces."""
        with _in_words(key):
            found = obstore.get(self._store, key)
        return _pieces(key, iter(found.stream(min_chunk_size=PIECE)))

    def delete(self, keys: list[str]) -> None:
        """What is not there is no error."""
        for key in keys:
            try:
                with _in_words(key):
                    obstore.delete(self._store, key)
            except Missing:
                continue

    def older_than(self, moment: datetime) -> Iterator[list[str]]:
        """The keys of all that was last written before that moment, in batches."""
        with _in_words("the list"):
            for prefix in ("content", "previews"):
                for batch in obstore.list(self._store, prefix, chunk_size=500):
                    yield [one["path"] for one in batch if one["last_modified"] < moment]

    def is_well(self) -> bool:
        """Whether it can be written to: tried at most every half minute, however many ask."""
        until, well = self._tried
        if time.monotonic() < until:
            return well
        try:
            with _in_words("the trial"):
                obstore.put(self._store, "trial", b"well", use_multipart=False)
            well = True
        except StoreError:
            well = False
        self._tried = (time.monotonic() + TRIED_EVERY, well)
        return well


def store() -> Store:
    """The store of the running application."""
    found: Store = current_app.extensions["files"]
    return found


def folder_of(settings: Settings) -> Path | None:
    """The folder that holds the files; None where they are in S3."""
    return None if settings.files.startswith("s3://") else ROOT / settings.files


def _open(settings: Settings) -> LocalStore | S3Store:
    folder = folder_of(settings)
    try:
        if folder is None:
            return _s3(settings)
        return LocalStore(folder, mkdir=True, automatic_cleanup=False)
    except (BaseError, OSError) as error:
        log.exception("the store of files could not be opened")
        raise StoreError(type(error).__name__) from error


def _s3(settings: Settings) -> S3Store:
    bucket, _, prefix = settings.files.removeprefix("s3://").partition("/")
    given = {
        "endpoint": settings.files_endpoint,
        "access_key_id": settings.files_key_id,
        "secret_access_key": settings.files_secret.get_secret_value(),
    }
    return S3Store(
        bucket,
        prefix=prefix or None,
        region=settings.files_region,
        config={name: value for name, value in given.items() if value},  # type: ignore[arg-type]
        client_options={
            "allow_http": settings.files_endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=60),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, obstore.exceptions.NotFoundError) as error:
        raise Missing(what) from error
    except (BaseError, OSError) as error:
        log.exception("the store of files failed", extra={"what": what})
        raise StoreError(what) from error


def _pieces(key: str, stream: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with _in_words(key):
            piece = next(stream, None)
        if piece is None:
            return
        yield bytes(piece)
