"""The Charter team's side: the seats, who holds them, and what is missing."""

from typing import Any

from flask import Blueprint, current_app, url_for
from flask_babel import gettext as _
from werkzeug import Response

from steering import actions, loading, queries
from steering.forms import AppointForm, AssessorForm, ChairForm, SeatForm
from steering.models import Seat
from steering.rules import is_officer
from steering.views.making import page, press
from web import clock
from web.access import allow, me
from web.database import db
from web.months import months_before
from web.pages import long_date, show

bp = Blueprint("seats", __name__, url_prefix="/team/steering-group")


def _scheme() -> Any:
    return current_app.extensions["scheme"]


def _by() -> dict[str, Any]:
    return {"by": me(), "at": clock.now()}


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """The gaps first, then the seats, the chair and the assessors."""
    gaps = queries.gaps(db(), clock.now(), _scheme())
    tied = [gap.organisation_id for gap in gaps if gap.organisation_id is not None]
    return show(
        "steering/team/everything.html",
        gaps=gaps,
        organisations=queries.organisations_named(db(), tied),
        seats=queries.seats(db()),
        chairs=queries.standing_chairs(db()),
        assessors=queries.standing_assessors(db()),
    )


@bp.route("/seats/new", methods=["GET", "POST"])
@allow(is_officer)
def make() -> Response:
    form = SeatForm(_scheme())

    def do() -> None:
        actions.make_seat(db(), form.group.data, form.whom(), **_by())

    return page("steering/team/make_seat.html", form, do, _("The seat is made."), _all())


@bp.get("/seats/<reference>")
@allow(is_officer, on=loading.seat)
def seat(seat: Seat) -> Response:
    return show("steering/team/seat.html", seat=seat)


@bp.route("/seats/<reference>/appoint", methods=["GET", "POST"])
@allow(is_officer, on=loading.seat)
def appoint(seat: Seat) -> Response:
    form = AppointForm()

    def do() -> None:
        at = clock.now()
        person = actions.found_or_invited(db(), form.email.data, form.name.data or "", at=at)
        actions.appoint(
            db(), seat, person, form.part.data, began_on=clock.today(), ends_on=form.until.day,
            decision=form.decision.data, by=me(), at=at,
        )  # fmt: skip

    said = _("They are appointed. An email tells them.")
    return page("steering/team/appoint.html", form, do, said, _to(seat), seat=seat)


@bp.post("/seats/<reference>/close")
@allow(is_officer, on=loading.seat)
def close(seat: Seat) -> Response:
    return press(lambda: actions.close_seat(db(), seat, **_by()), _("The seat is closed."), _all())


@bp.route("/chair", methods=["GET", "POST"])
@allow(is_officer)
def chair() -> Response:
    form = ChairForm(queries.holders(db(), clock.today()))

    def do() -> None:
        actions.make_chair(
            db(), form.holders[form.who.data], form.part.data, began_on=clock.today(),
            ends_on=form.until.day, decision=form.decision.data, **_by(),
        )  # fmt: skip

    return page("steering/team/chair.html", form, do, _("It is written down."), _all())


@bp.route("/assessors/new", methods=["GET", "POST"])
@allow(is_officer)
def appoint_assessor() -> Response:
    months = _scheme().clocks.endorsement.appointment_months
    usual = months_before(clock.now(), -months).date()
    form = AssessorForm(data={"until": long_date(usual)})

    def do() -> None:
        at = clock.now()
        person = actions.found_or_invited(db(), form.email.data, form.name.data or "", at=at)
        actions.appoint_assessor(
            db(), person, form.kind.data, until=form.until.day, decision=form.decision.data,
            leads=form.leads.data, most_open=form.most, by=me(), at=at,
        )  # fmt: skip

    said = _("They are appointed. An email tells them.")
    usual_most = _scheme().clocks.endorsement.open_cases_per_assessor
    return page("steering/team/assessor.html", form, do, said, _all(),
                months=months, usual_most=usual_most)  # fmt: skip


def _all() -> str:
    return url_for("seats.everything")


def _to(seat: Seat) -> str:
    return url_for("seats.seat", reference=seat.reference)
