"""Public pages know nobody and are cached whole.

This WSGI layer stands before Flask.  For an address whose view is ``@published`` it hands on the
path and the tidied query and nothing else of what the browser said, so that the page cannot know
who asks, and answers from a cache keyed by the edition of the public facts, the date and the
address.  A browser that has the page already gets 304.
"""

import gzip
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import brotli
from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Accept, Headers
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.test import run_wsgi_app

from web import clock
from web.access import Guard
from web.edition import EditionNow

log = logging.getLogger(__name__)

MOST_PAGES = 1000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_QUERY = 2000
SHARED = "portal.shared"
_SHRINKS = ("text/", "application/json", "image/svg", "application/atom")
_SHRINK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "br": lambda body: brotli.compress(body, quality=5),
}


Made = TypeVar("Made")


def once_an_edition(name: tuple[str, ...], make: Callable[[], Made]) -> Made:
    """What many published pages show alike, worked out once until a public fact changes.

    Several threads read it, so nobody may write to it; and of names there must be few.
    """
    shared: dict[tuple[str, ...], Made] = request.environ.get(SHARED, {})
    if name not in shared:
        shared[name] = make()
    return shared[name]


@dataclass(frozen=True)
class Page:
    status: str
    headers: list[tuple[str, str]]
    etag: str
    bodies: dict[str, bytes]
    """By content coding: "", "gzip", "br".  The compressed ones are made when first asked for."""
    codings: tuple[str, ...] = ("",)

    def body(self, coding: str) -> bytes:
        if coding not in self.bodies:
            self.bodies[coding] = _SHRINK[coding](self.bodies[""])
        return self.bodies[coding]

    @property
    def weight(self) -> int:
        """Of all codings together at most, and always the same."""
        return len(self.bodies[""]) * (2 if len(self.codings) > 1 else 1)


class Shelf:
    """The pages kept; least recently used go first.  Bounded: odd queries would fill the memory."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()
        self._shared: tuple[str, dict[tuple[str, ...], Any]] = ("", {})

    def get(self, key: tuple[str, ...]) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._weight += page.weight - (old.weight if old else 0)
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES or self._weight > MOST_BYTES:
                _, gone = self._pages.popitem(last=False)
                self._weight -= gone.weight

    def shared(self, edition: str) -> dict[tuple[str, ...], Any]:
        """What the pages of an edition share (once_an_edition); that of an earlier one is gone."""
        of, shared = self._shared
        if of != edition:
            shared = {}
            self._shared = (edition, shared)
        return shared


class Publishing:
    """The layer itself: wraps ``app.wsgi_app``."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]], build: str):
        self.app = app
        self.inner = inner
        self.build = build
        self.edition = EditionNow(app.extensions["database"])
        self.shelf = Shelf()
        self.site = urlsplit(app.extensions["settings"].site_url)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        guard = self._guard(environ)
        if guard is None or not guard.published:
            return self.inner(environ, start_response)
        query = tidy_query(environ.get("QUERY_STRING", ""), guard.reads)
        try:
            key = (environ["PATH_INFO"], query, self.edition(), clock.today().isoformat())
        except SQLAlchemyError:  # the page itself will say that something went wrong
            bare = self._bare(environ, query) | {"REQUEST_METHOD": environ["REQUEST_METHOD"]}
            return self.inner(bare, start_response)
        page = self.shelf.get(key)
        if page is None:
            page = self._render(environ, key)
            if isinstance(page, tuple):
                return _plain(page, start_response)
            if len(query) <= LONGEST_QUERY:
                self.shelf.put(key, page)
        return _answer(page, environ, start_response)

    def _guard(self, environ: dict[str, Any]) -> Guard | None:
        try:
            rule, _ = self.app.url_map.bind_to_environ(environ).match(return_rule=True)
        except HTTPException:
            return None
        environ["portal.route"] = rule.rule
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        return getattr(self.app.view_functions[rule.endpoint], "guard", None)

    def _bare(self, environ: dict[str, Any], query: str) -> dict[str, Any]:
        """The request without its sender.  Accept stays: errors, which are not kept, obey it."""
        said = {n: v for n, v in environ.items() if not n.startswith(("HTTP_", "REMOTE_"))}
        said |= {
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": query,
            "HTTP_HOST": self.site.netloc,
            "wsgi.url_scheme": self.site.scheme,
        }
        if "HTTP_ACCEPT" in environ:
            said["HTTP_ACCEPT"] = environ["HTTP_ACCEPT"]
        return said

    def _render(self, environ: dict[str, Any], key: tuple[str, ...]) -> Any:
        """A Page, or what to answer uncached: only a 200 that sets no cookie is kept."""
        bare = self._bare(environ, key[1]) | {SHARED: self.shelf.shared(key[2])}
        chunks, status, headers = run_wsgi_app(self.inner, bare, buffered=True)
        body = b"".join(chunks)
        if "Set-Cookie" in headers:
            log.error("a published page sets a cookie", extra={"route": environ["portal.route"]})
            headers.remove("Set-Cookie")
        elif status.startswith("200"):
            return self._page(status, headers, body, key)
        return status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body

    def _page(self, status: str, headers: Headers, body: bytes, key: tuple[str, ...]) -> Page:
        digest = hashlib.sha256("\n".join((*key, self.build)).encode()).hexdigest()[:24]
        shrinks = headers.get("Content-Type", "").startswith(_SHRINKS)
        for name in ("Content-Length", "Vary", "Cache-Control", "ETag"):
            headers.remove(name)
        headers["Cache-Control"] = "public, no-cache"
        headers["Vary"] = "Accept-Encoding"
        codings = ("", *_SHRINK) if shrinks else ("",)
        return Page(status, list(headers), digest, {"": body}, codings)


def _plain(answer: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
    status, headers, body = answer
    headers["Vary"] = "Accept-Encoding"
    start_response(status, list(headers))
    return [body]


def _answer(
    page: Page, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""), page)
    etag = f'"{page.etag}{"-" + coding if coding else ""}"'
    headers = [*page.headers, ("ETag", etag)]
    if _known(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        start_response("304 Not Modified", [h for h in headers if h[0] != "Content-Type"])
        return []
    body = page.body(coding)
    if coding:
        headers.append(("Content-Encoding", coding))
    headers.append(("Content-Length", str(len(body))))
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _coding(accepted: str, page: Page) -> str:
    """The coding the browser likes best; of equals, the smallest."""
    return next((c for c in _liked(accepted) if c in page.codings), "")


@lru_cache(maxsize=256)
def _liked(accepted: str) -> tuple[str, ...]:
    wanted = parse_accept_header(accepted, Accept)
    quality = {"br": wanted["br"], "gzip": wanted["gzip"], "": wanted["identity"]}
    return tuple(sorted(filter(quality.get, quality), key=lambda c: -quality[c]))


def _known(header: str, etag: str) -> bool:
    """Whether the browser has this page in any of its codings."""
    if not header:
        return False
    tags = parse_etags(header)
    return any(tags.contains_weak(f"{etag}{end}") for end in ("", "-gzip", "-br"))


def tidy_query(query: str, reads: frozenset[str]) -> str:
    """The same for every order of the same parameters, without the empty ones and any that the
    page does not read: each ``?fbclid=…`` would be a page of its own, made anew."""
    if not query or not reads:
        return ""
    return urlencode(sorted(pair for pair in parse_qsl(query) if pair[0] in reads))


def build_name(*parts: bytes) -> str:
    """A name for what does not change while the process lives: templates, assets, scheme."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
