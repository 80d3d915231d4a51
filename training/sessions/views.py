"""Training sessions for those who take part: find one, book, wait, cancel, say "I am here"."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response as Answer

from training.models import TrainingBooking, TrainingSession
from training.records.actions import own
from training.records.queries import practitioner_of
from training.rules import is_own
from training.sessions import attendance, booking, calendar, loading, needs, queries, rules
from training.sessions.forms import BookForm, CodeForm, FilterForm, TeamForm
from training.sessions.states import TAKES_A_PLACE, WAITING
from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("training_sessions", __name__, url_prefix="/my/training/sessions")


@bp.get("/")
@allow(signed_in)
def everything() -> Answer:
    """What somebody is on the list of; what else is offered, first what their roles still need."""
    known = needs.of_person(db(), me())
    booked = queries.bookings_of(db(), practitioner_of(db(), me()))
    mine = [b for b in booked if b.state in (*TAKES_A_PLACE, WAITING) and _is_to_come(b)]
    there = {booking.session_id for booking in mine}
    sessions = [one for one in queries.coming(db(), me(), clock.now()) if one.id not in there]
    given = sorted({code for one in sessions for code in one.modules})
    form = FilterForm([(code, known.module(code)) for code in given])
    if form.module.data:
        sessions = [one for one in sessions if form.module.data in one.modules]
    needed, others = known.split(sessions)
    return show(
        "training/sessions/everything.html",
        needed=needed,
        others=others,
        taken=queries.taken_of_each(db(), sessions),
        known=known,
        filter_form=form,
        mine=mine,
        may_offer=rules.may_offer(me()) is True,
    )


def _is_to_come(mine: TrainingBooking) -> bool:
    return mine.training_session.ends_at > clock.now()


@bp.get("/<reference>")
@allow(signed_in, on=loading.shown)
def one(it: TrainingSession) -> Answer:
    mine = queries.standing_booking(db(), it, practitioner_of(db(), me()))
    runs = rules.may_run(me(), it) is True
    return show(
        "training/sessions/one.html",
        it=it,
        mine=mine,
        runs=runs,
        sees_link=runs or (mine is not None and mine.state in TAKES_A_PLACE),
        free=booking.free(db(), it),
        known=needs.of_person(db(), me()),
        open=it.state == "offered" and not rules.begun(it),
        leads=bool(rules.organisations_led(me())),
        form=BookForm(),
    )


@bp.post("/<reference>/book")
@allow(signed_in, on=loading.shown)
def book(it: TrainingSession) -> Answer:
    wait = BookForm().wait.data == "y"
    try:
        mine = own(db(), me(), at=clock.now())
        made = booking.book(db(), it, mine, wait=wait, by=me(), at=clock.now())
        db().commit()
        flash(_said(made), "success")
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return _to(it)


def _said(made: TrainingBooking) -> str:
    if made.state == WAITING:
        return _("You are on the waiting list. We email you when a place is free.")
    return _("You have a place. We have sent you an email.")


@bp.route("/<reference>/team", methods=["GET", "POST"])
@allow(rules.leads_some, on=loading.shown)
def team(it: TrainingSession) -> Answer:
    """A lead books for those who work with the organisation."""
    people = {p.reference: p for p in queries.team_of(db(), me()) if not _listed(it, p)}
    form = TeamForm([(key, p.called) for key, p in people.items()])
    if not people and request.method == "POST":
        return _to(it)
    if form.sent():
        try:
            for key in form.people.data or ():
                booking.book(db(), it, people[key], wait=True, by=me(), at=clock.now())
            db().commit()
            flash(_("Done. They are told by email."), "success")
            return _to(it)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    free = booking.free(db(), it)
    return show("training/sessions/team.html", it=it, form=form, free=free, anybody=bool(people))


def _listed(it: TrainingSession, practitioner: Any) -> bool:
    return queries.standing_booking(db(), it, practitioner) is not None


@bp.post("/bookings/<reference>/cancel")
@allow(rules.may_cancel, on=loading.booking)
def cancel(mine: TrainingBooking) -> Answer:
    it, said = mine.training_session, _said_of_going(mine)
    try:
        booking.cancel(db(), mine, by=me(), at=clock.now())
        db().commit()
        flash(said, "success")
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return _to(it)


def _said_of_going(mine: TrainingBooking) -> str:
    if not is_own(me(), mine.practitioner):
        return _("Cancelled.")
    if mine.state == WAITING:
        return _("You are not on the waiting list any more.")
    return _("You gave up your place. Somebody else can have it.")


@bp.get("/bookings/<reference>/calendar")
@allow(signed_in, on=loading.own_booking)
def as_calendar(mine: TrainingBooking) -> Answer:
    address = url_for(".one", reference=mine.training_session.reference, _external=True)
    answer: Response = make_response(calendar.of_booking(mine, address))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="training.ics"'
    return answer


# In the room


@bp.route("/here", methods=["GET", "POST"])
@allow(signed_in)
def type_code() -> Answer:
    form = CodeForm()
    if form.sent():
        found = queries.by_code(db(), form.code.data or "")
        if found is not None:
            return redirect(url_for(".here", code=found.code), 303)
        form.code.errors = [_("Look again: no session has this code.")]
    return show("training/sessions/type_code.html", form=form)


@bp.route("/here/<code>", methods=["GET", "POST"])
@allow(signed_in, on=loading.by_code)
def here(it: TrainingSession) -> Answer:
    """What the QR code opens: one button."""
    mine = queries.standing_booking(db(), it, practitioner_of(db(), me()))
    form = BookForm()
    if form.sent():
        try:
            if mine is not None:
                attendance.confirm(db(), mine, by=me(), at=clock.now())
            db().commit()
            return redirect(url_for(".here", code=it.code), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show("training/sessions/here.html", it=it, mine=mine, form=form)


def _to(it: TrainingSession) -> Answer:
    return redirect(url_for("training_sessions.one", reference=it.reference), 303)
