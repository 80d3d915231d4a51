"""Ending somebody's time, with the reason."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug import Response

from steering import actions, loading
from steering.forms import EndForm
from steering.models import Chairing, SeatTerm
from steering.rules import is_officer
from steering.views.making import page
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show

bp = Blueprint("seat_terms", __name__, url_prefix="/team/steering-group/terms")
END: dict[type, Any] = {SeatTerm: actions.end_term, Chairing: actions.end_chairing}


@bp.route("/<reference>/end", methods=["GET", "POST"])
@allow(is_officer, on=loading.term)
def end(term: Any) -> Response:
    form = EndForm()
    if term.ended_at is not None:  # somebody was quicker: there is no field any more
        status = 409 if form.is_submitted() else 200
        return show("steering/team/end.html", status, form=form, term=term)

    def do() -> None:
        ending = END.get(type(term), actions.end_assessor)
        ending(db(), term, form.why.data, by=me(), at=clock.now())

    said = _("It has ended. An email tells them.")
    return page("steering/team/end.html", form, do, said, url_for("seats.everything"), term=term)
