"""Looking again at what others checked: it stands, or it goes back with a note."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug import Response

from accounts.rules import is_officer
from training import rules
from training.again import queries
from training.checking import loading
from training.checking import queries as checking
from training.checking.forms import ReturnForm
from training.checking.loading import OneCheck
from training.records import writing
from web import clock
from web.access import Verdict, allow, me
from web.contributions import Waiting
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("checking_again", __name__, url_prefix="/team/training/again")


def share() -> int:
    found: int = current_app.extensions["scheme"].clocks.training.recheck_percent
    return found


def waiting(session: Session, _at: datetime) -> Waiting:
    return queries.waiting(session, share())


def one_in_sample(person: Any, reference: str) -> OneCheck | None:
    """What the sample does not hold is no page here."""
    if is_officer(person) is not True or not queries.in_sample(db(), person, reference, share()):
        return None
    return loading.one(person, reference)


def may_look(person: Any, at: OneCheck) -> Verdict:
    return rules.may_look_again(person, at.record)


@bp.get("/")
@allow(is_officer)
def sample() -> Response:
    desk = loading.desk(me())
    wanted = queries.to_look_at(me(), share())
    records = checking.page_of(db(), wanted, page_asked())
    return show("training/again/sample.html", desk=desk, records=records)


@bp.get("/<reference>")
@allow(may_look, on=one_in_sample)
def one(at: OneCheck) -> Response:
    return _page(at, ReturnForm(None))


@bp.post("/<reference>/holds")
@allow(may_look, on=one_in_sample)
def holds(at: OneCheck) -> Response:
    who = {"by": me(), "at": clock.now()}
    return _done(lambda: writing.hold(db(), at.record, **who), _("Written down: it stands."))


@bp.post("/<reference>/back")
@allow(may_look, on=one_in_sample)
def goes_back(at: OneCheck) -> Response:
    form = ReturnForm()
    if not form.sent():
        return _page(at, form)

    def act() -> None:
        writing.look_again(db(), at.record, form.note.data or "", by=me(), at=clock.now())
        if form.destroy.data:
            writing.destroy_certificate(db(), at.record, by=me(), at=clock.now())

    return _done(act, _("Sent back with your note. It does not count until it is put right."))


def _done(act: Callable[[], None], said: str) -> Response:
    try:
        act()
        db().commit()
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons), "error")
    else:
        flash(said, "success")
    return redirect(url_for(".sample"), 303)


def _page(at: OneCheck, form: ReturnForm) -> Response:
    module = at.desk.pathways.by_key.get(at.record.module)
    return show("training/again/one.html", at=at, record=at.record, module=module, form=form)
