"""What we hold of the signed-in person: to read, and to take away as a file."""

from flask import Blueprint, current_app, make_response
from werkzeug import Response

from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.my_data import as_json, sections_of
from web.pages import show

bp = Blueprint("my_data", __name__, url_prefix="/my/data")

SHOWN = 20
"""The most entries of a section on the page; the file holds all."""


@bp.get("/")
@allow(signed_in)
def read() -> Response:
    return show(
        "accounts/data/mine.html", sections=sections_of(db(), me()), shown=SHOWN, person=me()
    )


@bp.get("/download")
@allow(signed_in)
def download() -> Response:
    portal = current_app.extensions["scheme"].names.short
    return attachment(as_json(sections_of(db(), me()), portal, clock.now()), "my-data")


def attachment(text: str, name: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
