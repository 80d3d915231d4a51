"""For those who offer training sessions: offer, change, call off, who came, write it down."""

from collections.abc import Callable, Sequence
from typing import Any

import segno
from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug import Response

from accounts.rules import is_officer
from charter.sessions.forms import NoteForm
from training import versions
from training.models import TrainingBooking, TrainingSession
from training.sessions import attendance, booking, loading, needs, offering, queries, rules
from training.sessions.forms import PROGRAMME, CameForm, OfferForm, as_offered
from training.sessions.states import ON_THE_LIST, PRESENT, WAITING
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("training_offers", __name__, url_prefix="/my/training/sessions")


@bp.get("/offered")
@allow(rules.may_offer)
def offered() -> Response:
    found = queries.run_by(db(), me(), page_asked())
    return show(
        "training/sessions/desk/offered.html",
        sessions=found,
        taken=queries.taken_of_each(db(), found),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(rules.may_offer)
def new() -> Response:
    form = _form(None)

    def make() -> TrainingSession:
        given = form.whose.data
        organisation = {o.slug: o for o in rules.organisations_led(me())}.get(given or "")
        return offering.offer(db(), organisation, form.offer(), by=me(), at=clock.now())

    return _page("training/sessions/desk/offer.html", None, form, make, _("It is open now."))


@bp.route("/<reference>/change", methods=["GET", "POST"])
@allow(rules.may_run, on=loading.shown)
def change(it: TrainingSession) -> Response:
    form = _form(it)

    def make() -> TrainingSession:
        offering.change(db(), it, form.offer(), by=me(), at=clock.now())
        return it

    return _page("training/sessions/desk/offer.html", it, form, make, _("Saved."))


def _form(it: TrainingSession | None) -> OfferForm:
    """Who offers a session does not change afterwards."""
    version = versions.newest(db())
    given = needs.can_be_given(version.pathways) if version else []
    if it is not None:
        whose = [(as_offered(it)["whose"], "")]
    else:
        whose = [(o.slug, o.name) for o in rules.organisations_led(me())]
        if is_officer(me()) is True:
            whose = [(PROGRAMME, _("The programme")), *whose]
    return OfferForm(whose, given, data=as_offered(it) if it is not None else None)


@bp.route("/<reference>/call-off", methods=["GET", "POST"])
@allow(rules.may_run, on=loading.shown)
def call_off(it: TrainingSession) -> Response:
    form = NoteForm(_("Why?"), _("Write a few words that say why."))

    def make() -> TrainingSession:
        offering.call_off(db(), it, form.note.data or "", by=me(), at=clock.now())
        return it

    said = _("Called off. Everybody on the list is told.")
    return _page("training/sessions/desk/call_off.html", it, form, make, said)


@bp.route("/<reference>/people", methods=["GET", "POST"])
@allow(rules.may_run, on=loading.shown)
def people(it: TrainingSession) -> Response:
    """Who is on the list, who came, and writing it down."""
    listed = queries.people_of(db(), it)
    form = CameForm(
        [b for b in listed if b.state in ON_THE_LIST],
        [b.reference for b in listed if b.state == PRESENT],
    )
    if form.sent():
        try:
            flash(_mark(it, form), "success")
            return redirect(url_for(".people", reference=it.reference), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
            listed = queries.people_of(db(), it)
    return _people(it, form, listed)


def _mark(it: TrainingSession, form: CameForm) -> str:
    """Marks, and with the second button writes it into the records, in one commit."""
    attendance.mark(db(), it, form.came.data or (), by=me(), at=clock.now())
    said = _("Saved.")
    if form.do.data == "record":
        count = attendance.write_down(db(), it, by=me(), at=clock.now())
        said = ngettext(
            "It is in the training record of 1 person.",
            "It is in the training records of %(num)d people.",
            count,
        )
    db().commit()
    return str(said)


def _people(it: TrainingSession, form: CameForm, listed: Sequence[TrainingBooking]) -> Response:
    return show(
        "training/sessions/desk/people.html",
        it=it,
        form=form,
        listed=listed,
        waiting=[b for b in listed if b.state == WAITING],
        begun=rules.begun(it),
        left=booking.places_left(db(), it),
    )


@bp.get("/<reference>/code")
@allow(rules.may_run, on=loading.shown)
def code(it: TrainingSession) -> Response:
    """To be shown in the room."""
    address = url_for("training_sessions.here", code=it.code, _external=True)
    drawn = segno.make(address, error="m").svg_inline(scale=6, border=4, light="#fff")
    return show("training/sessions/desk/code.html", it=it, picture=Markup(drawn))  # noqa: S704


@bp.post("/bookings/<reference>/place")
@allow(rules.may_mark, on=loading.booking)
def give_place(waiting: TrainingBooking) -> Response:
    """By hand, also on the last day."""
    it = waiting.training_session
    try:
        booking.promote(db(), waiting, by=me(), at=clock.now())
        db().commit()
        flash(_("They have a place and are told."), "success")
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return redirect(url_for(".people", reference=it.reference), 303)


def _page(
    template: str,
    it: TrainingSession | None,
    form: Form,
    make: Callable[[], TrainingSession],
    said: str,
    **more: Any,
) -> Response:
    if form.sent():
        try:
            made = make()
            db().commit()
            flash(said, "success")
            return redirect(url_for("training_sessions.one", reference=made.reference), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(template, it=it, form=form, **more)
