"""A contribution of the tests' own: a page that takes files, one that lists and one that sends."""

from flask import Blueprint, Response, current_app, redirect, url_for
from wtforms import StringField

from tests.web.probe import page
from web import clock
from web.access import allow, me, signed_in, takes_files
from web.contributions import Contribution
from web.database import db
from web.files import sending
from web.files.forms import UploadField
from web.files.models import StoredFile
from web.files.receiving import keep
from web.files.removing import destroy
from web.forms import Form, more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("shelf", __name__, url_prefix="/shelf")
FORM = """{% extends "layouts/working.html" %}{% from "components/form.html" import posted %}
{% from "components/field.html" import field %}{% block title %}Shelf{% endblock %}
{% block content %}<h1>Shelf</h1>{% call posted(form, multipart=true) %}
{{ field(form.title) }}{{ field(form.file) }}{{ govuk.button({"text": "Send"}) }}{% endcall %}
{% endblock %}"""


class ShelfForm(Form):
    takes_files = True
    title = StringField("Title")
    file = UploadField("File", required=True)


@bp.route("/", methods=["GET", "POST"])
@takes_files
@allow(signed_in)
def add() -> Response:
    form = ShelfForm()
    if form.sent():
        try:
            stored = keep(db(), form.file.checked, by=me(), at=clock.now())
            db().commit()
            return redirect(url_for("shelf.one", number=stored.id), 303)
        except Refused as refused:
            more_errors(form, "file", *refused.reasons)
    return show(current_app.jinja_env.from_string(FORM), form=form)


def by_number(_person: object, number: int) -> StoredFile | None:
    return db().get(StoredFile, number)


@bp.get("/<int:number>")
@allow(signed_in, on=by_number)
def one(stored: StoredFile) -> str:
    return page(sending.why_not(stored) or "It is ready.")


@bp.get("/<int:number>/file")
@allow(signed_in, on=by_number)
def original(stored: StoredFile) -> Response:
    return sending.send_file(stored, 'Our "work"\r\nat home/Ünë %2e.exe')


@bp.get("/<int:number>/page/<int:shown>")
@allow(signed_in, on=lambda _person, number, shown: (by_number(None, number), shown))
def preview(found: tuple[StoredFile, int]) -> Response:
    return sending.send_preview(*found)


@bp.post("/<int:number>/destroy")
@allow(signed_in, on=by_number)
def throw_away(stored: StoredFile) -> Response:
    destroy(db(), stored, by=me(), at=clock.now())
    db().commit()
    return redirect(url_for("shelf.add"), 303)


part = Contribution(name="shelf", blueprints=(bp,))
