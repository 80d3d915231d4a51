"""What everybody may read of an award: its page, the badge, the certificate, the credential."""

import json

from flask import Blueprint, abort, current_app, make_response, request
from flask_babel import gettext as _
from werkzeug import Response

from review.award import credentials, loading
from review.award.drawing import FACES, badge
from review.award.levels import Shown
from web import clock, pdf
from web.access import allow, anyone, published, reading
from web.database import db
from web.pages import long_date, show

bp = Blueprint("award", __name__, url_prefix="/organisations/<slug>")


@bp.get("/award")
@published
@allow(anyone, on=loading.public)
def page(shown: Shown) -> Response:
    return show("review/award/public.html", shown=shown, award=shown.award)


@bp.get("/badge.svg")
@reading("face")
@published
@allow(anyone, on=loading.public)
def picture(shown: Shown) -> Response:
    """Other sites show it: it is the one thing of ours that they may put into their pages."""
    face = request.args.get("face", FACES[0])
    response = make_response(badge(shown, face if face in FACES else FACES[0]))
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.get("/award/credential.json")
@published
@allow(anyone, on=loading.public)
def credential(shown: Shown) -> Response:
    found = credentials.current(db(), shown.award, at=clock.now())
    if found is None:
        abort(404, description="There is no credential: this award is not current.")
    response = make_response(json.dumps(found.document, ensure_ascii=False, indent=2) + "\n")
    response.headers["Content-Type"] = "application/vc"
    name = f"{shown.award.organisation.slug}-award.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/award/certificate.pdf")
@published
@allow(anyone, on=loading.public)
def certificate(shown: Shown) -> Response:
    if not shown.current:
        abort(404, description="There is no certificate: this award is not current.")
    response = make_response(_certificate(shown))
    response.headers["Content-Type"] = "application/pdf"
    name = f"{shown.award.organisation.slug}-award.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _certificate(shown: Shown) -> bytes:
    award, scheme = shown.award, current_app.extensions["scheme"]
    version, site = award.framework_version, current_app.extensions["settings"].site_url
    address, light = f"{site}/organisations/{award.organisation.slug}/award", scheme.colours.light
    data = {
        "title": _("%(name)s: %(level)s", name=award.organisation.name, level=shown.level),
        "author": scheme.names.run_by,
        "language": version.framework.language,
        "ink": light.text,
        "paper": light.background,
        "deep": light.brand,
        "wordmark": version.title,
        "name": award.organisation.name,
        "level": shown.level,
        "meaning": shown.meaning,
        "dates": _("From %(first)s to %(last)s.",
                   first=long_date(award.from_on), last=long_date(award.until_on)),
        "checked": shown.checked,
        "decided": _("Decided by %(group)s.", group=scheme.names.steering_group),
        "example": version.agreed_by is None,
        "example_words": _("Example text. Nobody has agreed this framework yet."),
        "code": pdf.qr_code(address),
        "code_words": _("A code to scan. It opens %(page)s", page=address),
        "code_small": _("Scan it. That page is always up to date."),
    }  # fmt: skip
    return pdf.render("award.typ", data)
