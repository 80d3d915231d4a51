"""The Charter team's side: who is interested, offering a date, and how it went."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from charter.models import CharterSession
from charter.rules import is_officer
from charter.sessions import actions, loading, queries, rules
from charter.sessions.forms import LINK, ROOM, HeldForm, NoteForm, OfferForm
from charter.sessions.views import team_address
from charter.sessions.workflow import TRANSITIONS
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import long_date, show
from web.paging import page_asked
from web.workflow import Refused, obstacles

bp = Blueprint("session_desk", __name__, url_prefix="/team/sessions")


@bp.get("/")
@allow(is_officer)
def queue() -> Response:
    at = clock.now()
    return show(
        "charter/sessions/desk/queue.html",
        to_arrange=queries.to_arrange(db(), page_asked()),
        to_write_down=queries.to_write_down(db(), at),
        coming=queries.coming(db(), at),
        unanswered=queries.unanswered(db()),
        over=queries.over(db(), page_asked("over")),
    )


@bp.get("/<reference>")
@allow(is_officer, on=loading.for_the_team)
def one(booking: CharterSession) -> Response:
    return show(
        "charter/sessions/desk/one.html",
        booking=booking,
        organisation=booking.organisation,
        tie=rules.may_arrange(me(), booking),
        can={name: obstacles(TRANSITIONS, name, booking, me()) == [] for name in TRANSITIONS},
        may_offer=booking.state in TRANSITIONS["offer"].sources,
    )


@bp.route("/<reference>/offer", methods=["GET", "POST"])
@allow(rules.may_arrange, on=loading.for_the_team)
def offer(booking: CharterSession) -> Response:
    """Offer a date; or another one than before."""
    form = OfferForm(data=_as_offered(booking))
    seen, form.seen.data = form.seen.data, str(booking.version)

    def make() -> None:
        if seen != str(booking.version):
            raise Refused([_("This was changed after you opened it. Read it again, then decide.")])
        actions.offer(
            db(), booking, form.offer(), by=me(), at=clock.now(), note=form.note.data or ""
        )

    return _page("charter/sessions/desk/offer.html", booking, form, make)


@bp.route("/<reference>/held", methods=["GET", "POST"])
@allow(rules.may_arrange, on=loading.for_the_team)
def held(booking: CharterSession) -> Response:
    form = HeldForm()

    def make() -> None:
        actions.hold(
            db(),
            booking,
            came=form.came.number or 0,
            thanks=form.thanks.data or "",
            by=me(),
            at=clock.now(),
        )

    return _page("charter/sessions/desk/held.html", booking, form, make)


@bp.route("/<reference>/nobody-came", methods=["GET", "POST"])
@allow(rules.may_arrange, on=loading.for_the_team)
def missed(booking: CharterSession) -> Response:
    form = NoteForm(_("A few words to them, if you like"))

    def make() -> None:
        actions.miss(db(), booking, by=me(), at=clock.now(), note=form.note.data or "")

    return _page("charter/sessions/desk/note.html", booking, form, make, verb="miss")


@bp.route("/<reference>/call-off", methods=["GET", "POST"])
@allow(rules.may_arrange, on=loading.for_the_team)
def call_off(booking: CharterSession) -> Response:
    form = NoteForm(missing=_("Write the reasons. The organisation reads them."))

    def make() -> None:
        actions.call_off(
            db(), booking, by=me(), at=clock.now(), note=form.note.data or "", team=team_address()
        )

    return _page("charter/sessions/desk/note.html", booking, form, make, verb="call off")


def _page(
    template: str, booking: CharterSession, form: Form, make: Callable[[], None], **more: Any
) -> Response:
    """Show a form, or make its move.  What somebody else did meanwhile is said above it."""
    if form.sent():
        try:
            make()
            db().commit()
            flash(_("Done. The organisation is told."), "success")
            return redirect(url_for(".one", reference=booking.reference), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(template, booking=booking, organisation=booking.organisation, form=form, **more)


def _as_offered(booking: CharterSession) -> dict[str, str]:
    """What was offered before, in the form's shape; the usual length for a first one."""
    usual = current_app.extensions["scheme"].clocks.charter.session_minutes
    known = {
        "minutes": str(booking.minutes or usual),
        "place": booking.place,
        "trainers": str(booking.trainers or ""),
        "adult": booking.adult,
    }
    if booking.online is not None:
        known["how"] = LINK if booking.online else ROOM
    if booking.starts_at is not None:
        known["day"] = long_date(booking.starts_at)
        known["time"] = f"{clock.london(booking.starts_at):%H:%M}"
    return known
