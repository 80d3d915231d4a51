"""Pages for everybody.  Each is @published: cached whole, and asked of nobody in particular."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    request,
    url_for,
)
from flask_babel import lazy_gettext as _l

from accounts.queries.naming import moved_to
from charter.models import CharterVersion, Pledge, RegisterEntry
from charter.public import data, documents, queries
from charter.public.forms import RegisterSearch
from charter.public.lettering import style_sheet
from charter.public.words import glossary as read_glossary
from charter.queries import current_charter
from charter.versions.queries import before as version_before
from charter.versions.queries import versions as all_versions
from web import clock
from web.access import allow, anyone, published, reading
from web.database import db
from web.pages import show
from web.publishing import once_an_edition

bp = Blueprint("charter", __name__)
HEADING = _l("What you can expect")


def newest_version(_person: Any) -> CharterVersion:
    """A portal whose content was never loaded says that it is closed, and is watched for that."""
    version = once_an_edition(("charter",), lambda: current_charter(db()))
    if version is None:
        abort(503)
    return version


def version_from_url(_person: Any, code: str) -> CharterVersion | None:
    return queries.version_by_code(db(), code)


def entry_from_url(_person: Any, slug: str) -> RegisterEntry | None:
    """An earlier address, or that of one which became part of another, leads on for ever."""
    found = queries.entry_by_slug(db(), slug)
    if found is None:
        moved = moved_to(db(), slug)
        if moved is not None and moved.slug != slug and queries.entry_by_slug(db(), moved.slug):
            here = url_for(request.endpoint or "", slug=moved.slug)
            answer = redirect(here, 301)
            # Nobody is to keep it: a club may take its old name again, a merger be undone.
            answer.headers["Cache-Control"] = "no-cache"
            abort(answer)
    return found


@bp.get("/")
@published
@allow(anyone, on=newest_version)
def front(version: CharterVersion) -> Response:
    """What you can expect, and whether your club has signed: ten seconds."""
    numbers = current_app.extensions["scheme"].checked_numbers(clock.today())
    signed = _counted(queries.Wanted()).current
    return show(
        "charter/public/front.html",
        version=version,
        heading=HEADING,
        signed=signed,
        by_area=once_an_edition(("areas",), lambda: queries.signed_by_area(db())),
        numbers=numbers,
    )


@bp.get("/charter")
@published
@allow(anyone, on=newest_version)
def charter(version: CharterVersion) -> Response:
    found = once_an_edition(("versions",), lambda: all_versions(db()))
    before = version_before(found, version)
    return show("charter/public/charter.html", version=version, earlier=False, before=before)


@bp.get("/charter/versions/<code>/lettering.css")
@published
@allow(anyone, on=version_from_url)
def lettering(version: CharterVersion) -> Response:
    """The sizes of this version's titles (charter.public.lettering)."""
    titles = [(str(c.number), c.title) for c in version.commitments]
    response = make_response(style_sheet([("heading", str(HEADING)), *titles]))
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    return response


@bp.get("/charter/easy-read")
@published
@allow(anyone, on=newest_version)
def easy_read(version: CharterVersion) -> Response:
    return show("charter/public/easy_read.html", version=version)


@bp.get("/charter/poster.pdf")
@published
@allow(anyone, on=newest_version)
def poster(version: CharterVersion) -> Response:
    return _pdf(documents.poster(version), f"youth-charter-poster-{version.code}.pdf")


@bp.get("/charter/poster-to-copy.pdf")
@published
@allow(anyone, on=newest_version)
def poster_to_copy(version: CharterVersion) -> Response:
    """The same in ink on white: a photocopier does not waste its toner on colours."""
    name = f"youth-charter-poster-to-copy-{version.code}.pdf"
    return _pdf(documents.poster(version, plain=True), name)


@bp.get("/register")
@reading("q", "area", "commitment", "sort", "page")
@published
@allow(anyone, on=newest_version)
def register(version: CharterVersion) -> Response:
    form = RegisterSearch.of(current_app.extensions["scheme"], version.commitments)
    if not form.validate():
        return show("charter/public/register.html", 422, version=version, search=form, found=None)
    found = queries.find(db(), form.wanted, _counted(form.wanted))
    if form.wanted.page > found.pages:
        abort(404, description="The register has no such page. Go back to its first page.")
    signs = tuple((c.number, c.colour, c.key, c.title) for c in version.commitments)
    few = bool(form.q.data) and found.total <= queries.FEW
    meant = queries.meant(db(), form.wanted.words, [r.slug for r in found.rows]) if few else []
    return show(
        "charter/public/register.html",
        version=version,
        search=form,
        found=found,
        signs=signs,
        meant=meant,
    )


def _counted(wanted: queries.Wanted) -> queries.Counted:
    """Counting takes the longer the more there are, and most pages show one of a few counts."""
    if wanted.words:
        return queries.count(db(), wanted)
    name = ("counted", wanted.area, wanted.commitment)
    return once_an_edition(name, lambda: queries.count(db(), wanted))


@bp.get("/register.json")
@published
@allow(anyone)
def register_json() -> Response:
    site = current_app.extensions["settings"].site_url
    scheme = current_app.extensions["scheme"]
    text = data.as_json(queries.everyone(db()), scheme, site, clock.today().isoformat())
    return _open_data(text, "application/json")


@bp.get("/register.csv")
@published
@allow(anyone)
def register_csv() -> Response:
    text = data.as_csv(queries.everyone(db()), current_app.extensions["settings"].site_url)
    return _open_data(text, "text/csv; charset=utf-8")


@bp.get("/register/data")
@published
@allow(anyone)
def register_data() -> Response:
    """What stands in the open data, and under which licence."""
    return show("charter/public/data.html", fields=data.FIELDS)


@bp.get("/organisations/<slug>")
@published
@allow(anyone, on=entry_from_url)
def organisation(entry: RegisterEntry) -> Response:
    """What one organisation promised, since when, and how to reach it."""
    session = db()
    pledge = queries.pledge_shown(session, entry)
    if pledge is None:
        abort(404)
    newest = once_an_edition(("charter",), lambda: current_charter(session))
    return show(
        "charter/public/organisation.html",
        entry=entry,
        organisation=queries.contact_of(session, entry),
        pledge=pledge,
        written={action.commitment_id: action.text for action in pledge.actions},
        version=_version_of(pledge),
        newer=newest is not None and newest.code != entry.charter_code,
    )


def _version_of(pledge: Pledge) -> CharterVersion:
    name = ("charter", str(pledge.charter_version_id))
    return once_an_edition(name, lambda: queries.version_of(db(), pledge))


@bp.get("/organisations/<slug>/certificate.pdf")
@published
@allow(anyone, on=entry_from_url)
def certificate(entry: RegisterEntry) -> Response:
    """A certificate is given only while the pledge is current."""
    if entry.standing != "current":
        abort(404, description="There is no certificate: this pledge is not current.")
    pledge = queries.pledge_shown(db(), entry)
    if pledge is None:
        abort(404)
    name = f"{entry.slug}-youth-charter.pdf"
    return _pdf(documents.certificate(entry, pledge, _version_of(pledge)), name)


@bp.get("/worried")
@published
@allow(anyone)
def worried() -> Response:
    numbers = current_app.extensions["scheme"].checked_numbers(clock.today())
    return show("charter/public/worried.html", numbers=numbers)


@bp.get("/accessibility")
@published
@allow(anyone)
def accessibility() -> Response:
    return show("charter/public/accessibility.html")


@bp.get("/privacy")
@published
@allow(anyone)
def privacy() -> Response:
    return show("charter/public/privacy.html")


@bp.get("/cookies")
@published
@allow(anyone)
def cookies() -> Response:
    return show("charter/public/cookies.html")


@bp.get("/words")
@published
@allow(anyone)
def glossary() -> Response:
    return show("charter/public/words.html", terms=read_glossary().terms)


def _pdf(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _open_data(text: str, kind: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = kind
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
