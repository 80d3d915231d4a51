"""The Charter team's side: all awards, and what happens to one."""

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug import Response
from wtforms import SelectChoice

from review.award import loading, making, queries
from review.award.forms import MOVES as WORDS
from review.award.forms import MoveForm
from review.award.workflow import MOVES
from review.models import Award
from review.rules import is_officer
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused, open_to

bp = Blueprint("awards", __name__, url_prefix="/team/awards")


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """Paused ones first, then what ends soonest."""
    standing = request.args.get("show") != "all"
    found = queries.everyones(db(), page_asked(), standing=standing)
    return show("review/award/awards.html", awards=found, standing=standing)


@bp.route("/<reference>", methods=["GET", "POST"])
@allow(is_officer, on=loading.team)
def one(award: Award) -> Response:
    form = MoveForm()
    form.move.choices = [
        SelectChoice(move.name, WORDS[move.name])
        for move, _ in open_to(MOVES, award, me())
        if move.name in WORDS
    ]
    if form.sent():
        try:
            _move(award, form)
            return redirect(url_for(".one", reference=award.reference), 303)
        except Refused as refusal:
            db().rollback()
            form.note.errors = [*form.note.errors, *refusal.reasons]
    return show("review/award/one.html", 422 if form.errors else 200, award=award, form=form)


def _move(award: Award, form: MoveForm) -> None:
    making.move(
        db(),
        award,
        form.move.data,
        by=me(),
        at=clock.now(),
        scheme=current_app.extensions["scheme"],
        note=form.note.data or "",
    )
    db().commit()
