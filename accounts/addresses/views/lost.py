"""Somebody cannot open their mailbox: the public form, and the page behind the notices' links."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.addresses import mailbox_queries as queries
from accounts.addresses import mailboxes as actions
from accounts.addresses.links import opened
from accounts.addresses.mailbox_forms import Ask
from accounts.forms.colleagues import Button
from accounts.models import MailboxRequest
from accounts.sign_in import limits
from web import clock
from web.access import allow, anyone
from web.database import READING, db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("mailbox", __name__, url_prefix="/lost-mailbox")


@bp.route("", methods=["GET", "POST"])
@allow(anyone)
def ask() -> Response:
    form = Ask()
    if form.sent():
        limits.try_once("mailbox", form.old_email.data or "")
        actions.ask(db(), form.asked(), at=clock.now())
        db().commit()
        return redirect(url_for(".asked"), 303)
    return show("accounts/mailbox/ask.html", form=form)


@bp.get("/asked")
@allow(anyone)
def asked() -> Response:
    return show("accounts/mailbox/asked.html")


@dataclass(frozen=True)
class Notice:
    """A request, and to whom the notice with this link went."""

    request: MailboxRequest
    side: str


def from_token(_person: Any, token: str) -> Notice | None:
    found = opened("mailbox", token)
    if found is None or found[1] not in actions.SIDES:
        return None
    lost = queries.request_by_reference(db(), found[0])
    if lost is not None and request.method not in READING:
        queries.hold(db(), lost)
    return Notice(lost, found[1]) if lost else None


@bp.get("/notice/<token>")
@allow(anyone, on=from_token)
def notice(notice: Notice) -> Response:
    """Opening it changes nothing: programs that look at mails open links."""
    return _page(notice)


@bp.post("/notice/<token>")
@allow(anyone, on=from_token)
def answer(notice: Notice) -> Response:
    do, at = request.form.get("do"), clock.now()
    try:
        if do == "stop":
            actions.stop(db(), notice.request, notice.side, at=at)
        elif do == "yes" and notice.side == actions.NEW:
            actions.say_yes(db(), notice.request, at=at)
        else:
            return _page(notice, 422, _("Press one of the buttons."))
    except Refused as refused:
        db().rollback()
        return _page(notice, 409, " ".join(refused.reasons))
    db().commit()
    return redirect(url_for(".notice", **request.view_args or {}), 303)


def _page(notice: Notice, status: int = 200, refused: str = "") -> Response:
    dead = actions.why_dead(notice.request)
    return show(
        "accounts/mailbox/notice.html",
        410
        if dead and status == 200 and notice.request.state not in ("stopped", "done")
        else status,
        form=Button(),
        lost=notice.request,
        side=notice.side,
        dead=dead,
        refused=refused,
    )
