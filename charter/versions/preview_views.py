"""The draft as the public pages will show it, for the Charter team alone and never kept."""

from flask import Response, make_response
from flask_babel import gettext as _

from charter import content
from charter import rules as charter_rules
from charter.models import CharterDraft, CharterVersion
from charter.public import documents
from charter.public.lettering import style_sheet
from charter.versions import actions, loading
from charter.versions.views import DRAFT, bp
from web import clock
from web.access import allow
from web.pages import show

PREVIEW = f"{DRAFT}/preview"


def _as_version(draft: CharterDraft) -> CharterVersion:
    """As it would be published now; what nobody has written yet says so."""
    return content.as_version(actions.as_text(draft, unwritten=_("Not written yet.")), clock.now())


@bp.get(PREVIEW)
@allow(charter_rules.is_officer, on=loading.draft)
def preview(draft: CharterDraft) -> Response:
    return show("charter/versions/preview_charter.html", draft=draft, version=_as_version(draft))


@bp.get(f"{PREVIEW}/easy-read")
@allow(charter_rules.is_officer, on=loading.draft)
def preview_easy_read(draft: CharterDraft) -> Response:
    return show("charter/versions/preview_easy_read.html", draft=draft, version=_as_version(draft))


@bp.get(f"{PREVIEW}/poster.pdf")
@allow(charter_rules.is_officer, on=loading.draft)
def preview_poster(draft: CharterDraft) -> Response:
    """The poster, with "Preview" across its foot."""
    response = make_response(documents.poster(_as_version(draft), mark=_("Preview")))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="preview-{draft.code}.pdf"'
    return response


@bp.get(f"{PREVIEW}/lettering.css")
@allow(charter_rules.is_officer, on=loading.draft)
def preview_lettering(draft: CharterDraft) -> Response:
    titles = [(str(n), c.title) for n, c in enumerate(draft.commitments, start=1)]
    response = make_response(style_sheet(titles))
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    return response
