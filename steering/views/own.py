"""Your part in the steering group: your own times, and what ties you to organisations."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug import Response

from steering import actions, loading, queries
from steering.forms import OverForm, TieForm
from steering.models import Tie
from steering.rules import has_a_part, may_end_tie
from steering.views.making import organisation_meant, page, press
from steering.youth.queries import of_person
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show

bp = Blueprint("my_steering", __name__, url_prefix="/my/steering")


@bp.get("/")
@allow(has_a_part)
def everything() -> Response:
    return show(
        "steering/own/everything.html",
        terms=queries.terms_of(db(), me()),
        ties=queries.ties_of(db(), me()),
        youth=of_person(db(), me()),
    )


@bp.route("/ties/new", methods=["GET", "POST"])
@allow(has_a_part)
def note() -> Response:
    form, young = TieForm(), queries.is_young(db(), me())
    if young:
        form.for_youth()

    def do() -> Any:
        organisation = organisation_meant(form)
        if organisation is None:
            return False
        return actions.note_tie(
            db(), me(), organisation, form.kind.data,
            over_on=None if young else form.over.day, by=me(), at=clock.now(),
        )  # fmt: skip

    said = _("It is noted. You see no papers about them.")
    return page("steering/own/note_tie.html", form, do, said, _mine())


@bp.route("/ties/<reference>/over", methods=["GET", "POST"])
@allow(may_end_tie, on=loading.own_tie)
def over(tie: Tie) -> Response:
    form = OverForm()

    def do() -> None:
        actions.end_tie(db(), tie, form.over.day or clock.today(), by=me(), at=clock.now())

    return page("steering/own/over.html", form, do, _("It is noted."), _mine(), tie=tie)


@bp.post("/ties/<reference>/take-back")
@allow(may_end_tie, on=loading.own_tie)
def take_back(tie: Tie) -> Response:
    """It was a mistake."""
    return press(
        lambda: actions.take_back_tie(db(), tie, by=me(), at=clock.now()),
        _("It is taken back."),
        _mine(),
    )


def _mine() -> str:
    return url_for("my_steering.everything")
