"""New pledges as an Atom feed, and what search engines are told: sitemap and robots."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from flask_babel import gettext as _

from web.pages import long_date
from web.scheme import Scheme

MOST = 50
A_FILE = 50_000
"""Addresses in one sitemap file: sitemaps.org allows no more."""
BEGAN = 2026
XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def atom(entries: Iterable[Any], scheme: Scheme, site: str) -> str:
    """Who signed last.  An entry keeps its id when the organisation changes its name."""
    entries = list(entries)
    newest = max((e.pledged_on for e in entries), default=date(BEGAN, 1, 1))
    title = _("%(scheme)s: who has signed", scheme=scheme.names.scheme)
    head = [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(scheme.language)}>',
        f"<title>{escape(title)}</title>",
        f"<id>tag:{urlsplit(site).hostname},{BEGAN}:register</id>",
        f"<updated>{_moment(newest)}</updated>",
        f"<author><name>{escape(scheme.names.run_by)}</name></author>",
        _link("self", "application/atom+xml", f"{site}/register/feed.atom"),
        _link("alternate", "text/html", f"{site}/register?sort=newest"),
    ]
    return XML + "\n".join([*head, *(_entry(e, scheme, site) for e in entries), "</feed>\n"])


def _entry(entry: Any, scheme: Scheme, site: str) -> str:
    page = f"{site}/organisations/{entry.slug}"
    own = uuid5(NAMESPACE_URL, f"{site}/register/{entry.organisation_id}/{entry.pledged_on}")
    areas = ", ".join(area.name for area in scheme.areas if area.key in entry.area_keys)
    said = _(
        "Signed on %(day)s. Works in: %(areas)s.", day=long_date(entry.pledged_on), areas=areas
    )
    moment = _moment(entry.pledged_on)
    return (
        f"<entry><title>{_text(entry.name)}</title><id>urn:uuid:{own}</id>"
        f"<updated>{moment}</updated><published>{moment}</published>"
        f"{_link('alternate', 'text/html', page)}"
        f"<summary>{_text(said)}</summary></entry>"
    )


def _link(rel: str, kind: str, address: str) -> str:
    return f'<link rel="{rel}" type="{kind}" href={quoteattr(address)}/>'


def _text(said: str) -> str:
    """XML has no form feed, which a name may have."""
    return escape(said.replace("\f", " "))


def _moment(day: date) -> str:
    return datetime.combine(day, time(12), UTC).isoformat().replace("+00:00", "Z")


def sitemap_index(site: str, files: int) -> str:
    listed = (
        f"<sitemap><loc>{escape(f'{site}/sitemap/{n}.xml')}</loc></sitemap>"
        for n in range(1, files + 1)
    )
    return f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + (
        "\n".join(listed) + "\n</sitemapindex>\n"
    )


def sitemap(addresses: Iterable[str]) -> str:
    listed = "\n".join(f"<url><loc>{escape(address)}</loc></url>" for address in addresses)
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}\n</urlset>\n'
    )


def robots(site: str, *, example: bool) -> str:
    """Everybody's pages may be found.  Of an example nothing: its clubs are invented."""
    if example:
        return "User-agent: *\nDisallow: /\n"
    closed = "\n".join(f"Disallow: {path}" for path in ("/my/", "/team/"))
    return f"User-agent: *\n{closed}\nSitemap: {site}/sitemap.xml\n"
