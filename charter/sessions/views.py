"""The organisation's side: saying that it is interested, answering a date, calling off."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from accounts.rules import may_edit_organisation, may_see_organisation
from charter.models import CharterSession
from charter.sessions import actions, loading, queries, rules
from charter.sessions.forms import AcceptForm, NoteForm, WishForm, wish_of
from charter.sessions.states import INTERESTED, OPEN_STATES
from charter.sessions.workflow import TRANSITIONS
from charter.views.loading import organisation as own_organisation
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused, obstacles

bp = Blueprint("sessions", __name__)

MINE = "/my/organisations/<slug>/session"


@bp.get(MINE)
@allow(may_see_organisation, on=own_organisation)
def standing(organisation: Organisation) -> Response:
    """Where it stands, or what a charter session is."""
    booking = queries.newest(db(), organisation)
    if booking is None:
        return show("charter/sessions/none.html", organisation=organisation)
    open_moves = {name: obstacles(TRANSITIONS, name, booking, me()) == [] for name in TRANSITIONS}
    form = AcceptForm()
    form.seen.data = str(booking.version)
    return show(
        "charter/sessions/standing.html",
        booking=booking,
        organisation=organisation,
        can=open_moves,
        may_edit=may_edit_organisation(me(), organisation) is True,
        over=booking.state not in OPEN_STATES,
        form=form,
    )


@bp.route(f"{MINE}/ask", methods=["GET", "POST"])
@allow(may_edit_organisation, on=own_organisation)
def ask(organisation: Organisation) -> Response:
    """Ask for one; or change what was asked, until a date is offered."""
    newest = queries.newest(db(), organisation, lock=True)
    booking = newest if newest is not None and newest.state in OPEN_STATES else None
    if booking is not None and booking.state != INTERESTED:
        return _to_standing(organisation)
    form = WishForm(data=wish_of(booking) if booking else None)
    if form.sent():
        try:
            _wish(organisation, booking, form)
            db().commit()
            flash(_("The Charter team has it and will write to you."), "success")
        except Refused as refusal:  # a second click, or a colleague was quicker
            db().rollback()
            flash(" ".join(refusal.reasons))
        return _to_standing(organisation)
    return show("charter/sessions/ask.html", organisation=organisation, booking=booking, form=form)


def _wish(organisation: Organisation, booking: CharterSession | None, form: WishForm) -> None:
    if booking is not None:
        actions.change_wish(db(), booking, form.wish(), by=me(), at=clock.now())
        return
    actions.ask(db(), organisation, form.wish(), by=me(), at=clock.now(), team=team_address())


@bp.post(f"{MINE}/accept")
@allow(rules.may_ask, on=loading.of_organisation)
def accept(booking: CharterSession) -> Response:
    form = AcceptForm()
    organisation = booking.organisation
    if form.seen.data != str(booking.version):
        flash(_("This was changed after you opened the page. Read it again, then answer."))
        return _to_standing(organisation)
    try:
        actions.accept(db(), booking, by=me(), at=clock.now(), team=team_address())
        db().commit()
        flash(_("The session is booked."), "success")
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return _to_standing(organisation)


@bp.route(f"{MINE}/another", methods=["GET", "POST"])
@allow(rules.may_ask, on=loading.of_organisation)
def another(booking: CharterSession) -> Response:
    """The date does not suit."""
    form = NoteForm(_("When would suit you?"), _("Say when would suit you."))

    def make(note: str) -> None:
        actions.ask_for_another(
            db(), booking, by=me(), at=clock.now(), note=note, team=team_address()
        )

    return _with_note(booking, "another", form, make)


@bp.route(f"{MINE}/call-off", methods=["GET", "POST"])
@allow(rules.may_ask, on=loading.of_organisation)
def call_off(booking: CharterSession) -> Response:
    form = NoteForm(missing=_("Write a few words that say why."))

    def make(note: str) -> None:
        actions.call_off(db(), booking, by=me(), at=clock.now(), note=note, team=team_address())

    return _with_note(booking, "call off", form, make)


def _with_note(
    booking: CharterSession, verb: str, form: NoteForm, make: Callable[[str], None]
) -> Response:
    organisation = booking.organisation
    if form.sent():
        try:
            make(form.note.data or "")
            db().commit()
            flash(_("The Charter team is told."), "success")
            return _to_standing(organisation)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(
        "charter/sessions/note.html",
        booking=booking,
        organisation=organisation,
        verb=verb,
        form=form,
    )


def team_address() -> str:
    scheme: Any = current_app.extensions["scheme"]
    return str(scheme.contacts.email)


def _to_standing(organisation: Organisation) -> Response:
    return redirect(url_for("sessions.standing", slug=organisation.slug), 303)
