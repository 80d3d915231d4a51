"""Files out again: the original as an attachment, page images in line.

A view with a guard of its own calls these; they ask nothing but whether the file may be opened.
An attachment is never shown by a browser under our address, whatever is in it.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response, abort

from web.files.kinds import KINDS
from web.files.models import StoredFile
from web.files.receiving import tidy_name
from web.files.store import Missing, StoreError, content_key, preview_key, store
from web.files.words import away, being_checked, gone, not_clean


def open_to_read(stored: StoredFile) -> Iterator[bytes]:
    """The original, in pieces.  Raises StoreError at once when the store cannot give it."""
    return store().read(content_key(stored.sha256))


def preview_pages(stored: StoredFile) -> range:
    """The numbers of the page images that can be asked for."""
    return range(1, stored.previews + 1) if stored.is_ready else range(0)


def send_file(stored: StoredFile, name: str) -> Response:
    """The original, as an attachment called ``name``."""
    refuse_unready(stored)
    response = _answer(content_key(stored.sha256))
    response.content_type = stored.mime
    response.content_length = stored.size
    response.headers["Content-Disposition"] = attachment(name, stored.kind)
    return response


def send_preview(stored: StoredFile, page: int) -> Response:
    """A page image, counted from 1."""
    refuse_unready(stored)
    if page not in preview_pages(stored):
        abort(404)
    response = _answer(preview_key(stored.sha256, page))
    response.content_type = "image/webp"
    response.headers["Content-Disposition"] = "inline"
    return response


def refuse_unready(stored: StoredFile) -> None:
    """404 with a sentence, unless it may be opened."""
    if not stored.is_ready:
        abort(404, description=why_not(stored))


def why_not(stored: StoredFile) -> str:
    """Why it cannot be opened; empty when it can."""
    if stored.destroyed_at is not None:
        return gone()
    if stored.is_waiting:
        return being_checked()
    return "" if stored.is_ready else not_clean()


def attachment(name: str, kind: str) -> str:
    """The header: the owner's name for it, with an ending that is true."""
    shown = tidy_name(name)
    endings = KINDS[kind].extensions
    if PurePosixPath(shown).suffix.lower() not in endings:
        shown += endings[0]
    plain = "".join(c if c.isascii() and c not in '"\\%;' else "_" for c in shown)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"


def _answer(key: str) -> Response:
    try:
        pieces = store().read(key)
    except Missing:
        abort(404, description=gone())
    except StoreError:
        abort(503, description=away())
    response = Response(pieces, direct_passthrough=True)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
