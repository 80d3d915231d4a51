"""A contribution of the tests' own: one view of every kind, to see the shared core work."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template_string, request
from flask import session as cookie
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from wtforms import PasswordField, StringField, TextAreaField

from accounts.models import Person
from charter.models import CharterVersion
from tests.conftest import NOW
from web.access import allow, anyone, published, reading, signed_in, signed_out
from web.audit import record
from web.contributions import Contribution
from web.database import db
from web.forms import Form
from web.limits import AttemptCount, attempt_allowed
from web.pages import show

bp = Blueprint("probe", __name__, url_prefix="/probe")
asked: list[str] = []
"""What was asked at the door, in order."""

PAGE = """{% extends "layouts/plain.html" %}{% block title %}Probe{% endblock %}
{% block content %}<h1>Probe</h1><p>{{ said }}</p>{% endblock %}"""
FORM = """{% extends "layouts/working.html" %}{% from "components/form.html" import posted %}
{% from "components/field.html" import field %}{% block title %}Probe{% endblock %}
{% block content %}<h1>Probe</h1>{% call posted(form) %}{{ field(form.name) }}
{{ field(form.note) }}{{ field(form.password) }}{{ govuk.button({"text": "Save"}) }}{% endcall %}
{% endblock %}"""


class NoteForm(Form):
    name = StringField("Name")
    note = TextAreaField("Note", most=300)
    password = PasswordField("Password")


def page(said: str) -> str:
    return render_template_string(PAGE, said=said)


def thing_by_key(person: object, key: str) -> str | None:
    asked.append("loader")
    return None if key == "hidden" else key


def may_open(person: object, thing: str) -> bool | str:
    asked.append("rule")
    return True if thing == "mine" else "Only the club's lead can open this."


@bp.route("/things/<key>", methods=["GET", "POST"])
@allow(may_open, on=thing_by_key)
def thing(thing: str) -> str:
    return page(f"It is {thing}.")


@bp.route("/note", methods=["GET", "POST"])
@allow(signed_in)
def note() -> Response:
    form = NoteForm()
    if form.sent():
        db().commit()
        return redirect("/probe/done", 303)
    template = current_app.jinja_env.from_string(FORM)
    return show(template, form=form)


@bp.get("/done")
@allow(anyone)
def done() -> str:
    return page("Done.")


@bp.post("/press")
@allow(signed_in)
def press() -> str:
    return page("Pressed.")


@bp.get("/strangers")
@allow(signed_out)
def strangers() -> str:
    return page("Welcome.")


@bp.get("/public")
@reading("a", "area", "order", "q")
@published
@allow(anyone)
def public() -> str:
    asked.append(request.query_string.decode())
    titles = db().scalars(select(CharterVersion.title).order_by(CharterVersion.id)).all()
    said = f"Titles: {', '.join(titles)}. Order: {request.args.get('order')}. "
    said += f"Cookies: {sorted(request.cookies)}. From: {request.headers.get('User-Agent')}, {request.remote_addr}. "
    return page(said + f"At {request.host_url}. " + "Words. " * 200)


@bp.get("/public/cookie")
@published
@allow(anyone)
def public_cookie() -> str:
    cookie["seen"] = "yes"
    return page("It sets a cookie.")


@bp.get("/public/abort/<int:code>")
@published
@allow(anyone)
def public_abort(code: int) -> str:
    asked.append(str(code))
    return abort(code)


@bp.get("/public/boom")
@published
@allow(anyone)
def public_boom() -> str:
    raise RuntimeError("said by Somebody")


@bp.get("/boom/<name>")
@allow(anyone)
def boom(name: str) -> str:
    raise RuntimeError(f"said by {name}")


@bp.get("/stale")
@allow(anyone)
def stale() -> str:
    raise StaleDataError("two rows expected, one found")


@bp.get("/abort/<int:code>")
@allow(anyone)
def stop(code: int) -> str:
    return abort(code, description=request.args.get("because"))


@bp.post("/send")
@allow(anyone)
def send() -> str:
    return page(f"{len(request.form)} fields, one of them {request.form['name']}.")


@bp.post("/try")
@allow(anyone)
def attempt() -> str:
    return page("Go on.") if attempt_allowed("probe", request.form["who"]) else abort(429)


@bp.post("/count")
@allow(anyone)
def count() -> str:
    """Reads, then writes what it read: what loses when two do it at once."""
    row = db().scalars(select(AttemptCount)).one()
    row.count = row.count + 1
    db().commit()
    return page("Counted.")


part = Contribution(name="probe", blueprints=(bp,))


def a_person(session: Session, name: str = "Sam Okafor") -> Person:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = Person(name=name, email=email, fs_uniquifier=email[::-1], created_at=NOW)
    person.confirmed_at = NOW
    session.add(person)
    record(session, person, "registered", by="system:tests", at=NOW)
    session.commit()
    return person


def a_version(session: Session, code: str, title: str = "The Charter") -> CharterVersion:
    """A row that is audited and public."""
    version = CharterVersion(
        code=code, title=title, summary="", language="en", published_at=NOW, fingerprint=code
    )
    session.add(version)
    record(session, version, "published", by="system:tests", at=NOW)
    return version
