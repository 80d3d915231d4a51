"""Asking about one's data, or complaining: for anybody, with or without an account."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.actions import data_requests as actions
from accounts.forms.data_requests import Ask, AskAsAnybody, Nothing
from accounts.models import DataRequest
from accounts.queries import data_requests as queries
from accounts.request_links import reference_in
from accounts.sign_in.limits import try_once
from accounts.words import REQUESTS
from web import clock
from web.access import allow, anyone, me, published
from web.contributions import RetentionRule
from web.database import READING, db
from web.pages import show
from web.retention import rules
from web.workflow import Refused

bp = Blueprint("data_requests", __name__, url_prefix="/your-data")


@bp.get("/")
@published
@allow(anyone)
def about() -> Response:
    """Knows nobody: the form, and with it the first cookie, stands at its own address."""
    return show("accounts/data/about.html", kept=kept_for(), days=_days())


def kept_for() -> list[tuple[RetentionRule, str]]:
    """What is deleted when, from the rules that do it."""
    kept = current_app.extensions["scheme"].retention
    return [(rule, rule.kept(kept)) for rule in rules()]


@bp.route("/ask", methods=["GET", "POST"])
@allow(anyone)
def ask() -> Response:
    person = me() if me().is_authenticated else None
    wanted = request.args.get("about", "")
    chosen = {"kind": wanted if wanted in REQUESTS else None}
    form = Ask(data=chosen) if person else AskAsAnybody(data=chosen)
    if form.sent():
        asker = (person.name, person.email) if person else (form.name.data, form.email.data)
        try_once("data request", asker[1])
        actions.ask(
            db(), kind=form.kind.data, name=asker[0], email=asker[1], words=form.words.data or "",
            by=person, at=clock.now(), days=_days(),
        )  # fmt: skip
        db().commit()
        return redirect(url_for(".asked"), 303)
    return show("accounts/data/ask.html", form=form, person=person, days=_days())


@bp.get("/asked")
@allow(anyone)
def asked() -> Response:
    return show("accounts/data/asked.html", days=_days())


def from_token(_person: Any, token: str) -> DataRequest | None:
    """Whoever holds the link reads the mailbox it went to."""
    reference = reference_in(token)
    writing = request.method not in READING
    return queries.request_by_reference(db(), reference, lock=writing) if reference else None


@bp.get("/requests/<token>")
@allow(anyone, on=from_token)
def follow(asked: DataRequest) -> Response:
    return show(
        "accounts/data/followed.html",
        asked=asked,
        events=queries.events_of(db(), asked),
        form=Nothing(),
        token=request.view_args["token"] if request.view_args else "",
    )


@bp.post("/requests/<token>/confirm")
@allow(anyone, on=from_token)
def confirm(asked: DataRequest) -> Response:
    actions.confirm(db(), asked, at=clock.now())
    db().commit()
    return _back()


@bp.post("/requests/<token>/take-back")
@allow(anyone, on=from_token)
def take_back(asked: DataRequest) -> Response:
    try:
        actions.take_back(db(), asked, at=clock.now())
    except Refused:
        flash(_("It is closed already."), "error")
    else:
        db().commit()
        flash(_("You took it back."), "success")
    return _back()


def _back() -> Response:
    token = request.view_args["token"] if request.view_args else ""
    return redirect(url_for(".follow", token=token), 303)


def _days() -> int:
    return int(current_app.extensions["scheme"].clocks.accounts.complaint_days)
