"""One's own pledge: by a mailed link, or signed in.  Opening a page changes nothing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response
from wtforms import HiddenField

from charter.models import WorkerPledge
from charter.workers import actions, forms, queries, rules
from charter.workers.links import opened
from charter.workers.views.blueprint import bp, example, scheme
from charter.workers.words import LIVE, ROLES, STATES, UNCONFIRMED, WITHDRAWN
from web import clock
from web.access import allow, anyone, signed_in
from web.database import READING, db
from web.forms import Form
from web.pages import show
from web.workflow import Refused

LINK = "/pledge/worker/mine/<token>"
PAGES = {
    UNCONFIRMED: "charter/worker/unconfirmed.html",
    LIVE: "charter/worker/live.html",
    WITHDRAWN: "charter/worker/withdrawn.html",
}


class Seen(Form):
    """A button, and which words of the pledge stood beside it."""

    seen = HiddenField()


@dataclass(frozen=True)
class Held:
    """A pledge in the hands of whoever may do things with it."""

    pledge: WorkerPledge | None
    by: Any
    token: str = ""
    """Empty: signed in."""

    def address(self, name: str) -> str:
        """Of this page, or of "change", "withdraw", "forget" beside it."""
        if self.token:
            beside = f"_{name}" if name else ""
            return url_for(f"workers.by_link{beside}", token=self.token)
        return url_for(f"workers.{name}_mine" if name else "workers.mine")


def _changes() -> bool:
    return request.method not in READING


def from_token(_person: Any, token: str) -> Held:
    good_for = timedelta(days=scheme().clocks.charter.worker_link_days)
    reference, mailbox = opened(token, good_for) or ("", "")
    pledge = queries.by_reference(db(), reference, lock=_changes()) if reference else None
    if pledge is not None and mailbox != rules.mark_of(pledge.email):
        pledge = None
    return Held(pledge, rules.BY_LINK, token)


def of_account(person: Any) -> Held:
    pledge = queries.of_person(db(), person, lock=_changes()) if person.is_authenticated else None
    return Held(pledge, person)


def _none(held: Held) -> Response:
    if not held.token:
        return redirect(url_for(".promise"), 303)
    return show("charter/worker/dead_link.html", 410)


@bp.route(LINK, methods=["GET", "POST"])
@allow(anyone, on=from_token)
def by_link(held: Held) -> Response:
    """What stands, and the button that confirms it."""
    return _page(held)


@bp.route("/my/pledge", methods=["GET", "POST"])
@allow(signed_in, on=of_account)
def mine(held: Held) -> Response:
    return _page(held)


def _page(held: Held) -> Response:
    pledge, form = held.pledge, Seen()
    if pledge is None:
        return _none(held)
    if form.is_submitted() and pledge.state != UNCONFIRMED:
        return redirect(held.address(""), 303)  # a second press
    if form.sent():
        if form.seen.data == str(pledge.version):
            try:
                actions.confirm(db(), pledge, by=held.by, at=clock.now(), example=example())
                db().commit()
                flash(_("You have signed. Thank you."), "success")
                return redirect(held.address(""), 303)
            except Refused as refused:
                db().rollback()
                form.form_errors = refused.reasons
        else:
            form.form_errors = [_("The form was sent again meanwhile. Check it once more.")]
    form.seen.data = str(pledge.version)
    return show(
        PAGES[pledge.state],
        form=form,
        held=held,
        pledge=pledge,
        role=ROLES.get(pledge.role, ""),
        state=STATES[pledge.state],
    )


@bp.route(f"{LINK}/change", methods=["GET", "POST"])
@allow(anyone, on=from_token)
def by_link_change(held: Held) -> Response:
    return _change(held)


@bp.route("/my/pledge/change", methods=["GET", "POST"])
@allow(signed_in, on=of_account)
def change_mine(held: Held) -> Response:
    return _change(held)


def _change(held: Held) -> Response:
    """The name, the role, the area, and who sees them."""
    pledge = held.pledge
    if pledge is None or pledge.state != LIVE:
        return _none(held) if pledge is None else redirect(held.address(""), 303)
    fields = {name: getattr(pledge, name) for name in ("first_name", "role", "area", "shown")}
    form = forms.Details(data={**fields, "adult": pledge.shown})
    form.offer(scheme())
    if form.sent():
        actions.change(db(), pledge, form.answers(), by=held.by, at=clock.now())
        db().commit()
        flash(_("Your changes are saved."), "success")
        return redirect(held.address(""), 303)
    return show("charter/worker/change.html", form=form, held=held)


@bp.route(f"{LINK}/withdraw", methods=["GET", "POST"])
@allow(anyone, on=from_token)
def by_link_withdraw(held: Held) -> Response:
    return _withdraw(held)


@bp.route("/my/pledge/withdraw", methods=["GET", "POST"])
@allow(signed_in, on=of_account)
def withdraw_mine(held: Held) -> Response:
    return _withdraw(held)


def _withdraw(held: Held) -> Response:
    pledge, form = held.pledge, forms.Press()
    if pledge is None or pledge.state != LIVE:
        return _none(held) if pledge is None else redirect(held.address(""), 303)
    if form.sent():
        actions.withdraw(db(), pledge, by=held.by, at=clock.now())
        db().commit()
        flash(_("Your pledge is taken back. Nobody sees it any more."), "success")
        return redirect(held.address("") if held.token else url_for("accounts.home"), 303)
    return show("charter/worker/withdraw.html", form=form, held=held)


@bp.post(f"{LINK}/forget")
@allow(anyone, on=from_token)
def by_link_forget(held: Held) -> Response:
    """ "This was not me": what a stranger typed goes at once."""
    if held.pledge is None:
        return _none(held)
    if held.pledge.state != UNCONFIRMED:
        return redirect(held.address(""), 303)
    actions.forget(db(), held.pledge, by=held.by, at=clock.now())
    db().commit()
    return show("charter/worker/forgotten.html")
