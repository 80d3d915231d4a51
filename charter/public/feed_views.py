"""The register for feed readers and search engines."""

from flask import Response, abort, current_app, make_response, url_for

from charter.public import feed, queries
from charter.public.views import bp
from charter.versions.queries import versions
from web.access import allow, anyone, published
from web.database import db

PLAIN = (
    "front", "charter", "easy_read", "register", "worried", "accessibility", "privacy", "cookies",
    "glossary", "register_data",
)  # fmt: skip
"""Public pages that are always there."""


@bp.get("/register/feed.atom")
@published
@allow(anyone)
def register_feed() -> Response:
    """Who signed last, fifty at most."""
    scheme = current_app.extensions["scheme"]
    newest = queries.newest(db(), feed.MOST)
    return _answer(feed.atom(newest, scheme, _site()), "application/atom+xml; charset=utf-8")


@bp.get("/sitemap.xml")
@published
@allow(anyone)
def sitemap_index() -> Response:
    files = -(-(len(_own()) + queries.how_many(db())) // feed.A_FILE)
    return _answer(feed.sitemap_index(_site(), files), "application/xml; charset=utf-8")


@bp.get("/sitemap/<int:page>.xml")
@published
@allow(anyone)
def sitemap(page: int) -> Response:
    """So many addresses a file: our own pages first, then the organisations'."""
    own, start = _own(), (page - 1) * feed.A_FILE
    if page < 1:
        abort(404)
    shown = own[start : start + feed.A_FILE]
    slugs = queries.slugs(db(), start=max(0, start - len(own)), most=feed.A_FILE - len(shown))
    pages = [*shown, *(f"/organisations/{slug}" for slug in slugs)]
    if not pages:
        abort(404)
    found = (f"{_site()}{address}" for address in pages)
    return _answer(feed.sitemap(found), "application/xml; charset=utf-8")


@bp.get("/robots.txt")
@published
@allow(anyone)
def robots() -> Response:
    settings = current_app.extensions["settings"]
    return _answer(feed.robots(_site(), example=settings.example), "text/plain; charset=utf-8")


def _own() -> list[str]:
    pages = [url_for(f".{name}") for name in PLAIN]
    pages.append(url_for("pledging.entry"))
    pages += [url_for(".charter_version", code=v.code) for v in versions(db())]
    parts = current_app.extensions["contributions"]
    return [*pages, *(address for part in parts for of in part.addresses for address in of())]


def _site() -> str:
    site: str = current_app.extensions["settings"].site_url
    return site.rstrip("/")


def _answer(text: str, kind: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = kind
    return response
