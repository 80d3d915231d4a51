"""For everybody: is it real?  And for programs: who signs, with which keys, what is revoked."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, request
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from web import clock
from web.access import allow, anyone, published, takes_files
from web.credentials import issuer, issuing, keys, status
from web.credentials.forms import VerifyForm
from web.credentials.models import Credential
from web.credentials.verifying import standing_of, verify
from web.database import db
from web.limits import count_attempt
from web.pages import show

bp = Blueprint("credentials", __name__)
MOST_AN_HOUR = 300
"""From one connection: an employer's whole office may stand behind it."""


@bp.route("/verify", methods=["GET", "POST"])
@takes_files
@allow(anyone)
def check() -> Response:
    """Nothing of what is sent is kept.  The answer stands on the page of the form."""
    form, finding = VerifyForm(), None
    if form.sent():
        sent = form.sent_credential()
        if sent:
            _count()
            finding, form = verify(db(), sent, at=clock.now()), VerifyForm(formdata=None)
    return show("credentials/verify.html", form=form, finding=finding)


def _count() -> None:
    if not count_attempt("verify", f"from {request.remote_addr}", MOST_AN_HOUR):
        said = _("Many credentials came from your connection. Wait an hour, then try again.")
        raise TooManyRequests(description=said, retry_after=3600)


def credential(_person: Any, reference: str) -> Credential | None:
    return issuing.by_reference(db(), reference)


@bp.get("/credentials/<reference>")
@allow(anyone, on=credential)
def standing(found: Credential) -> Response:
    """Its own address: what it is and whether it stands.  Never whose it is."""
    page = "credentials/standing.html"
    response = show(page, found=found, verdict=standing_of(found, clock.now()))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/credentials/status/<int:number>")
@allow(anyone)
def revoked(number: int) -> Response:
    """The status list.  Made when it is asked for, so that it is never behind."""
    found = status.document(db(), number, clock.now())
    if found is None:
        return _json({"error": "There is no such list."}, status=404)
    response = _json(found, "application/vc")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.get("/.well-known/did.json")
@published
@allow(anyone)
def did() -> Response:
    return _json(issuer.document(keys.everything(db())), "application/did+json")


@bp.get("/.well-known/jwks.json")
@published
@allow(anyone)
def key_set() -> Response:
    return _json(issuer.key_set(keys.everything(db())), "application/jwk-set+json")


@bp.get("/credentials")
@published
@allow(anyone)
def who_signs() -> Response:
    """The issuer's profile: what a credential of ours is, and the keys, for people."""
    found = keys.everything(db())
    return show("credentials/who_signs.html", keys=found, did=issuer.did())


def _json(told: dict[str, Any], kind: str = "application/json", status: int = 200) -> Response:
    response = make_response(json.dumps(told, ensure_ascii=False, indent=2) + "\n", status)
    response.headers["Content-Type"] = kind
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
