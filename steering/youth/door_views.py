"""The way in for a young person: a code, a name and a passphrase; and signing in to the seat."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.sign_in import entering, limits
from accounts.sign_in.passwords import hashed, matches
from steering.models import YouthSeat
from steering.youth import actions, queries
from steering.youth.codes import digest_of
from steering.youth.forms import NOT_OPEN, OVER, WRONG, CodeForm, Join, Passphrase, SeatSignIn
from steering.youth.names import suggestion
from web import clock
from web.access import allow, anyone, published, signed_out
from web.database import db
from web.going import first_page
from web.pages import show
from web.workflow import Refused

bp = Blueprint("youth_door", __name__)

CODE = "youth code"
"""In the cookie of who has typed one: its digest, never the code."""


@bp.get("/join-seat")
@published
@allow(anyone)
def about() -> Response:
    """What a seat is, and what we keep."""
    return show("steering/youth/about.html")


@bp.route("/join-seat/code", methods=["GET", "POST"])
@allow(signed_out)
def code() -> Response:
    form = CodeForm()
    if form.sent():
        digest = digest_of(form.code.data, current_app.config["SECRET_KEY"])
        limits.try_once(CODE, digest)
        if queries.with_code(db(), digest, clock.now()) is not None:
            session[CODE] = digest
            return redirect(url_for(".you"), 303)
        form.code.errors = [OVER]
    return show("steering/youth/code.html", 422 if form.is_submitted() else 200, form=form)


@bp.route("/join-seat/you", methods=["GET", "POST"])
@allow(signed_out)
def you() -> Response:
    """A name and a passphrase; for a seat that has a name, a new passphrase."""
    youth = queries.with_code(db(), session.get(CODE, ""), clock.now(), lock=True)
    if youth is None:
        return redirect(url_for(".code"), 303)
    form = Passphrase() if youth.joined_at else Join()
    if form.sent() and not form.refuse_easy("password", *_about(form)) and _joined(youth, form):
        session.pop(CODE, None)
        return redirect(url_for(".sign_in" if youth.activated_at else ".waits"), 303)
    status = 422 if form.is_submitted() else 200
    return show("steering/youth/you.html", status, form=form, youth=youth, words=suggestion())


def _about(form: Any) -> tuple[str, ...]:
    return (form.name.data,) if "name" in form else ()


def _joined(youth: YouthSeat, form: Any) -> bool:
    password = hashed(form.password.data)
    try:
        if youth.joined_at:
            actions.reset(db(), youth, password, at=clock.now())
            flash(_("You have a new passphrase. Sign in with it."), "success")
        else:
            actions.join(db(), youth, form.name.data, password, at=clock.now())
    except Refused as refused:
        db().rollback()
        form.form_errors = [*form.form_errors, *refused.reasons]
        return False
    db().commit()
    return True


@bp.get("/join-seat/waits")
@allow(anyone)
def waits() -> Response:
    return show("steering/youth/waits.html")


@bp.route("/seat-sign-in", methods=["GET", "POST"])
@allow(signed_out)
def sign_in() -> Response:
    form = SeatSignIn()
    if form.sent():
        name = form.name.data
        limits.try_once(limits.PASSWORDS, f"seat {name}")
        youth = queries.named(db(), name)
        person = youth.person if youth else None
        if matches(form.password.data, person.password if person else None) and person:
            limits.it_was_them(limits.PASSWORDS, f"seat {name}")
            if person.active:
                entering.enter(person, "seat")
                return redirect(first_page(), 303)
            form.form_errors = [NOT_OPEN]
        else:
            form.form_errors = [WRONG]
    return show("steering/youth/sign_in.html", 422 if form.is_submitted() else 200, form=form)
