"""The Charter team mends mailboxes that nobody can open any more."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.addresses import mailbox_queries as queries
from accounts.addresses import mailbox_rules as rules
from accounts.addresses import mailboxes as actions
from accounts.addresses.mailbox_forms import Answer
from accounts.addresses.queries import is_taken, leads_beside
from accounts.addresses.rules import standing
from accounts.models import MailboxRequest
from accounts.queries.people import person_by_email
from accounts.rules import is_officer
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("mailboxes", __name__, url_prefix="/team/mailboxes")


@bp.get("/")
@allow(is_officer)
def queue() -> Response:
    return show(
        "accounts/mailbox/queue.html",
        asked=queries.asked(db(), page_asked()),
        under_way=queries.under_way(db()),
        ended=queries.ended(db()),
    )


def from_reference(person: Any, reference: str) -> MailboxRequest | None:
    """Nobody but an officer is to know of it."""
    return queries.request_by_reference(db(), reference) if is_officer(person) is True else None


@bp.route("/<reference>", methods=["GET", "POST"])
@allow(rules.may_work, on=from_reference)
def one(lost: MailboxRequest) -> Response:
    form, at = Answer(), clock.now()
    if not form.sent():
        return _page(lost, form)
    said = {
        "start": _("Started. The notices are on their way."),
        "refuse": _("Refused. Tell them, if you can reach them."),
        "stop": _("Stopped. Nothing was changed."),
    }
    do, note = request.form.get("do", ""), form.note.data or ""
    if do not in said:
        more_errors(form, "note", _("Press one of the buttons."))
        return _page(lost, form)
    try:
        if do == "start":
            actions.start(db(), lost, how=note, by=me(), at=at, **_clocks())
        elif do == "refuse":
            actions.refuse(db(), lost, note=note, by=me(), at=at)
        else:
            actions.stop_by_officer(db(), lost, note=note, by=me(), at=at)
    except Refused as refused:
        db().rollback()
        form.form_errors.extend(refused.reasons)
        return _page(lost, form)
    db().commit()
    flash(said[do], "success")
    return redirect(url_for(".queue"), 303)


def _page(lost: MailboxRequest, form: Answer) -> Response:
    person = lost.person or person_by_email(db(), lost.old_email)
    return show(
        "accounts/mailbox/one.html",
        form=form,
        lost=lost,
        person=person,
        standing=standing(person) if person else [],
        leads=leads_beside(db(), person) if person else [],
        verdict=rules.may_be_mended(person, lost) if lost.state == "asked" else True,
        taken=lost.state == "asked" and is_taken(db(), lost.new_email),
        tied=person is not None and rules.are_colleagues(me(), person),
        others=queries.others_for(db(), lost),
        hours=current_app.extensions["scheme"].clocks.accounts.mailbox_notice_hours,
    )


def _clocks() -> dict[str, timedelta]:
    clocks = current_app.extensions["scheme"].clocks.accounts
    return {
        "notice": timedelta(hours=clocks.mailbox_notice_hours),
        "good_for": timedelta(days=clocks.address_change_days),
    }
