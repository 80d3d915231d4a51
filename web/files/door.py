"""How a large body comes in: read to the disk before anything is asked of the database.

A transaction that stood open while a phone sends 50 MB would make every other writer wait on
SQLite.  So the body is read first, and only a browser that carries a sign-in may send much.
"""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask, Request, abort, current_app, g, request
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from web.access import guard_of
from web.database import READING
from web.files.forms import forget_checked
from web.files.receiving import scratch

MB = 1024 * 1024
IN_MEMORY = 256 * 1024


class SpoolingRequest(Request):
    """What is large lies on the disk where the files are, not where a machine may keep memory."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        place = scratch(current_app.extensions["settings"])
        stream = SpooledTemporaryFile(max_size=IN_MEMORY, mode="rb+", dir=str(place))  # noqa: SIM115
        g.setdefault("streams", []).append(stream)
        return stream


def install(app: Flask) -> None:
    app.request_class = SpoolingRequest
    app.before_request(take_in)
    app.teardown_request(forget_checked)


def take_in() -> None:
    guard = guard_of(request.endpoint)
    if guard is None or not guard.takes_files or request.method in READING:
        return
    settings = current_app.extensions["settings"]
    if "_user_id" in cookie:
        request.max_content_length = (settings.max_file_mb + settings.max_body_mb) * MB
    try:
        request.files  # noqa: B018 - asking parses it
    except RequestEntityTooLarge:
        abort(413, description=_too_much(settings.max_file_mb))


def _too_much(most: int) -> str:
    if "_user_id" not in cookie:
        return _("You are signed out. Sign in, then send the file again.")
    return _("Files can have up to %(most)s MB.", most=most)
