"""A person's own addresses, and the page behind the links in the mails about them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.addresses import actions, queries, rules
from accounts.addresses.forms import Add, MineAlone
from accounts.addresses.links import opened
from accounts.forms.colleagues import Button
from accounts.forms.mailboxes import SHARED
from accounts.models import AddressChange
from accounts.sign_in import limits
from accounts.sign_in.devices import this_device
from accounts.sign_in.entering import enter
from accounts.sign_in.forms import WRONG_PASSWORD
from accounts.sign_in.passwords import hashed, matches
from web import clock
from web.access import Verdict, allow, anyone, me, signed_in
from web.database import READING, db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("addresses", __name__)


@bp.get("/my/account/addresses")
@allow(signed_in)
def everything() -> Response:
    return show(
        "accounts/addresses/everything.html",
        person=me(),
        waiting=queries.waiting_change(db(), me()),
        standing=rules.standing(me()),
        may_share=rules.may_be_shared(me()) is True,
        form=Button(),
    )


@bp.route("/my/account/addresses/add", methods=["GET", "POST"])
@allow(rules.may_add)
def add() -> Response:
    form = Add()
    if form.sent():
        limits.try_once("address", me().email)
        limits.try_once(limits.MAILS, form.email.data)
        try:
            actions.ask_to_add(
                db(), me(), form.email.data, shared=form.mailbox.data == SHARED, **_when()
            )
        except Refused as refused:
            more_errors(form, "email", *refused.reasons)
        else:
            db().commit()
            return _to_addresses()
    return show("accounts/addresses/add.html", form=form, person=me())


@bp.route("/my/account/addresses/main", methods=["GET", "POST"])
@allow(rules.has_second)
def make_main() -> Response:
    form = Button()
    if form.sent():
        limits.try_once("address", me().email)
        try:
            actions.ask_to_make_main(db(), me(), **_when())
        except Refused as refused:
            form.form_errors.extend(refused.reasons)
        else:
            db().commit()
            return _to_addresses()
    return show("accounts/addresses/make_main.html", form=form, person=me())


@bp.route("/my/account/addresses/remove", methods=["GET", "POST"])
@allow(rules.has_second)
def remove() -> Response:
    """Ends the sessions elsewhere; this one goes on."""
    form = Button()
    if form.sent():
        here = this_device()
        proved = here is not None and here.proved_at is not None
        try:
            actions.remove_second(db(), me(), at=clock.now())
        except Refused as refused:
            form.form_errors.extend(refused.reasons)
        else:
            enter(me(), "change", proved=proved)
            flash(_("The second address is removed. Other devices are signed out."), "success")
            return _to_addresses()
    return show("accounts/addresses/remove.html", form=form, person=me())


@bp.post("/my/account/addresses/take-back")
@allow(signed_in)
def take_back() -> Response:
    actions.take_back(db(), me(), at=clock.now())
    db().commit()
    flash(_("It is taken back. The links in the emails do nothing any more."), "success")
    return _to_addresses()


@bp.route("/my/account/shared", methods=["GET", "POST"])
@allow(rules.may_be_shared)
def share() -> Response:
    """Other people read this mailbox too."""
    form = Button()
    if form.sent():
        try:
            actions.mark_shared(db(), me(), at=clock.now())
        except Refused as refused:
            form.form_errors.extend(refused.reasons)
        else:
            db().commit()
            flash(_("It is marked as shared by your club."), "success")
            return _to_addresses()
    return show("accounts/addresses/share.html", form=form, person=me())


@bp.route("/my/account/mine-alone", methods=["GET", "POST"])
@allow(rules.is_shared)
def mine_alone() -> Response:
    """Nobody else reads it any more: with a new password, since the others knew the old one."""
    form, person = MineAlone(), me()
    if form.sent() and not form.refuse_easy("new_password", person.name, person.email):
        limits.try_once(limits.PASSWORDS, person.email)
        if matches(form.password.data, person.password):
            limits.it_was_them(limits.PASSWORDS, person.email)
            new = hashed(form.new_password.data)
            actions.mark_mine_alone(db(), person, password=new, at=clock.now())
            db().commit()
            flash(_("Your mailbox is yours alone now. Sign in with your new password."), "success")
            return redirect(url_for("security.login"), 303)
        form.password.errors = [WRONG_PASSWORD]
    return show("accounts/addresses/mine_alone.html", form=form, person=person)


@dataclass(frozen=True)
class Link:
    """A change, and which of the two mailboxes this link went to."""

    change: AddressChange
    side: str


def from_token(_person: Any, token: str) -> Link | None:
    found = opened("address", token)
    if found is None or found[1] not in actions.SIDES:
        return None
    lock = request.method not in READING
    change = queries.change_by_reference(db(), found[0], lock=lock)
    return Link(change, found[1]) if change else None


def may_answer(person: Any, link: Link) -> Verdict:
    if request.form.get("do") == "no":
        return True
    return rules.may_answer_as(person, link.change, link.side)


@bp.get("/addresses/<token>")
@allow(anyone, on=from_token)
def answer(link: Link) -> Response:
    """Opening it changes nothing: programs that look at mails open links."""
    return _page(link)


@bp.post("/addresses/<token>")
@allow(anyone, on=from_token)
def press(link: Link) -> Response:
    change, at = link.change, clock.now()
    verdict = may_answer(me(), link)
    try:
        if request.form.get("do") == "no":
            actions.stop(db(), change, link.side, at=at)
        elif request.form.get("do") == "yes" and verdict is True:
            actions.say_yes(db(), change, link.side, at=at)
        else:
            return _page(link, 422, _("Press one of the buttons.") if verdict is True else verdict)
    except Refused as refused:
        db().rollback()
        return _page(link, 409, " ".join(refused.reasons))
    db().commit()
    return redirect(url_for(".answer", **request.view_args or {}), 303)


def _page(link: Link, status: int = 200, refused: str = "") -> Response:
    change = link.change
    dead = actions.why_dead(change, clock.now(), undo=link.side == actions.OLD)
    return show(
        "accounts/addresses/answer.html",
        410 if dead and status == 200 and change.state not in ("done", "stopped") else status,
        form=Button(),
        change=change,
        side=link.side,
        dead=dead,
        refused=refused,
        may_say_yes=rules.may_answer_as(me(), change, link.side),
        said_yes=getattr(change, f"{link.side}_said_yes_at"),
    )


def _when() -> dict[str, Any]:
    days = current_app.extensions["scheme"].clocks.accounts.address_change_days
    return {"at": clock.now(), "good_for": timedelta(days=days)}


def _to_addresses() -> Response:
    return redirect(url_for("addresses.everything"), 303)
