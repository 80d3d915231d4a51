"""The PDFs: the charter's poster and an organisation's certificate."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from charter.models import CharterVersion, Commitment, Pledge, RegisterEntry, WorkerPledge
from web import clock, pdf
from web.assets import drawn_sign
from web.pages import long_date
from web.scheme import Scheme


def poster(version: CharterVersion, *, mark: str = "", plain: bool = False) -> bytes:
    """A4: the eight commitments, for a wall.

    ``mark`` stands large across its head.  ``plain``: ink on white, for a photocopier.
    """
    site = _site()
    data = _common(version) | {
        "title": version.title,
        "heading": _("What you can expect"),
        "mark": mark,
        "plain": plain,
        "commitments": [_band(c) for c in version.commitments],
        "small": _("Read it all, and see who has signed: %(site)s", site=_plain(site)),
        "code": pdf.qr_code(f"{site}/charter"),
        "code_words": _("A code to scan. It opens the charter."),
    }
    return pdf.render("poster.typ", data)


def certificate(entry: RegisterEntry, pledge: Pledge, version: CharterVersion) -> bytes:
    """A4 across: for one organisation, while its pledge is current."""
    page = f"{_site()}/organisations/{entry.slug}"
    data = _common(version) | {
        "title": _("%(name)s signed %(charter)s", name=entry.name, charter=version.title),
        "wordmark": version.title,
        "name": entry.name,
        "commitments": [
            _band(c) | {"promised": c.key in entry.commitment_keys} for c in version.commitments
        ],
        "said": _("signed on %(day)s", day=long_date(entry.pledged_on)),
        "promised_words": _("Its promises are its own. You can read them on its page."),
        "signed_words": _(
            "Signed by %(name)s, %(role)s.", name=pledge.signatory_name, role=pledge.signatory_role
        ),
        "until_words": _year(pledge),
        "team_words": _("Read by the Charter team of %(county)s.", county=_scheme().names.county),
        "code": pdf.qr_code(page),
        "code_words": _("A code to scan. It opens %(page)s", page=_plain(page)),
        "code_small": _("Scan it. That page is always up to date."),
    }
    return pdf.render("certificate.typ", data)


def worker_certificate(pledge: WorkerPledge, role: str) -> bytes:
    """A4 across: for a person, while their pledge stands."""
    version, chosen = pledge.charter_version, pledge.commitment
    page = f"{_site()}/workers/{pledge.reference}"
    area = _scheme().area(pledge.area)
    own = _("In my own words: “%(words)s”", words=pledge.words)
    data = _common(version) | {
        "title": _("%(name)s signed %(charter)s", name=pledge.first_name, charter=version.title),
        "wordmark": version.title,
        "name": pledge.first_name,
        "commitments": [_band(c) | {"promised": True} for c in version.commitments],
        "said": _("signed on %(day)s", day=long_date(pledge.confirmed_at or clock.now())),
        "promised_words": own if pledge.words else _("I will keep these promises."),
        "signed_words": chosen.title if chosen and pledge.words else "",
        "until_words": f"{role}, {area.name if area else _scheme().names.county}.",
        "team_words": _("A person's own pledge. The Charter team has not checked who they are."),
        "code": pdf.qr_code(page),
        "code_words": _("A code to scan. It opens %(page)s", page=_plain(page)),
        "code_small": _("Scan it to see that this pledge still stands."),
    }
    return pdf.render("certificate.typ", data)


def _year(pledge: Pledge) -> str:
    """The year it is for; its page tells whether that is over."""
    if pledge.live_from is None or pledge.last_day is None:
        return ""
    return _(
        "For the year from %(first)s to %(last)s.",
        first=long_date(pledge.live_from),
        last=long_date(pledge.last_day),
    )


def _common(version: CharterVersion) -> dict[str, Any]:
    scheme = _scheme()
    light = scheme.colours.light
    return {
        "language": version.language,
        "author": scheme.names.run_by,
        "county": scheme.names.county,
        "ink": light.text,
        "paper": light.background,
        "deep": light.brand,
        "example": version.example_text,
        "example_words": _("Example text. No group of young people has agreed it yet."),
    }


def _band(commitment: Commitment) -> dict[str, Any]:
    colours = _scheme().colours
    return {
        "number": commitment.number,
        "title": commitment.title,
        "sign": drawn_sign(commitment.key),
        "colour": colours.sign(commitment.colour),
        "on": colours.on_sign(commitment.colour),
    }


def _scheme() -> Scheme:
    scheme: Scheme = current_app.extensions["scheme"]
    return scheme


def _site() -> str:
    site: str = current_app.extensions["settings"].site_url
    return site


def _plain(address: str) -> str:
    """An address as people read it out."""
    return address.removeprefix("https://").removeprefix("http://")
