"""Raising a flag from a case; and the safeguarding circle's own pages, which nobody else has."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from endorsement.assessing.loading import writing
from review.desk import loading
from review.desk.loading import Reader
from review.desk.rules import may_raise
from review.flags import actions, queries
from review.flags.forms import CloseForm, RaiseForm
from review.models import Flag
from review.rules import is_safeguarding
from steering import queries as steering
from steering.ties import barring
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked

worries = Blueprint("worries", __name__, url_prefix="/assess")
circle = Blueprint("safeguarding", __name__, url_prefix="/safeguarding")


@worries.route("/<reference>/worry", methods=["GET", "POST"])
@allow(may_raise, on=loading.reader)
def raise_one(reader: Reader) -> Response:
    """It is sent on, and nothing of it is to be seen here afterwards."""
    form = RaiseForm()
    if form.sent():
        actions.raise_one(db(), reader.case, form.words.data or "", **_how())
        db().commit()
        flash(_("It was sent on to the safeguarding lead."), "success")
        return redirect(url_for("assess.case", reference=reader.case.reference), 303)
    return show("review/flags/raise.html", form=form, reader=reader, case=reader.case)


def _flag(person: Any, reference: str) -> Flag | None:
    """For the circle; one of them who is tied to the place leaves it to the other."""
    if is_safeguarding(person) is not True:
        return None
    found = queries.by_reference(db(), reference, lock=writing())
    scheme = current_app.extensions["scheme"]
    if found is None or steering.is_barred(db(), person, found.case, clock.now(), scheme):
        return None
    return found


@circle.get("/")
@allow(is_safeguarding)
def queue() -> Response:
    is_open = request.args.get("show") != "closed"
    found = queries.flags(db(), page_asked(), open_=is_open, without=_tied_to())
    return show("review/flags/queue.html", flags=found, is_open=is_open)


@circle.route("/<reference>", methods=["GET", "POST"])
@allow(is_safeguarding, on=_flag)
def one(flag: Flag) -> Response:
    """To read it, and to close it."""
    form = CloseForm()
    if flag.closed_at is None and form.sent():
        actions.close(db(), flag, form.outcome.data or "", **_how())
        db().commit()
        flash(_("It is closed."), "success")
        return redirect(url_for(".queue"), 303)
    return show("review/flags/one.html", form=form, flag=flag)


@circle.post("/<reference>/seen")
@allow(is_safeguarding, on=_flag)
def seen(flag: Flag) -> Response:
    actions.see(db(), flag, by=me(), at=clock.now())
    db().commit()
    return redirect(url_for(".one", reference=flag.reference), 303)


def _how() -> dict[str, Any]:
    return {"by": me(), "at": clock.now(), "scheme": current_app.extensions["scheme"]}


def _tied_to() -> set[int]:
    """Organisations whose flags are another's to see."""
    scheme = current_app.extensions["scheme"]
    bonds = steering.bonds(db(), people=(me().id,))
    years = scheme.clocks.endorsement.tie_years
    return {bond.organisation_id for bond in barring(bonds, clock.today(), years)}
