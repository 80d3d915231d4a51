"""The organisation's side: from the first page to the task list, its parts, sending."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules as accounts_rules
from accounts.models import Organisation
from accounts.queries import organisations_of
from charter import actions, changes, parts, queries, rules
from charter.forms import Press, SendForm, WithdrawForm
from charter.models import Pledge
from charter.states import DUE, EDITABLE, LAPSED, SENT, STANDING, SUSPENDED
from charter.views import loading
from charter.workflow import TRANSITIONS
from web import clock
from web.access import allow, anyone, me, published, signed_in
from web.database import db
from web.pages import show
from web.workflow import Refused, obstacles

bp = Blueprint("pledging", __name__)

MINE = "/my/organisations/<slug>/pledge"


@bp.get("/pledge")
@published
@allow(anyone)
def entry() -> Response:
    """What a pledge takes, before anybody signs in."""
    return show("charter/pledge/entry.html")


@bp.get("/pledge/start")
@allow(signed_in)
def start() -> Response:
    """To the pledge of the one organisation somebody edits, or a choice between several."""
    mine = [
        m.organisation
        for m in organisations_of(db(), me())
        if accounts_rules.may_edit_organisation(me(), m.organisation) is True
    ]
    if len(mine) == 1:
        return redirect(url_for(".pledge", slug=mine[0].slug), 303)
    return show("charter/pledge/start.html", organisations=mine)


@bp.get(MINE)
@allow(accounts_rules.may_see_organisation, on=loading.organisation)
def pledge(organisation: Organisation) -> Response:
    """Where the pledge stands: the task list while it is being written."""
    found = queries.newest_pledge(db(), organisation)
    if found is None:
        return _beginning(organisation)
    if found.state in EDITABLE:
        return _tasks(found)
    return show(
        "charter/pledge/standing.html",
        pledge=found,
        organisation=organisation,
        parts=parts.parts_of(found),
        earlier=queries.standing_pledge(db(), organisation) if found.state == SENT else None,
        **_what_is_next(found),
        form=Press(),
    )


def _what_is_next(pledge: Pledge) -> dict[str, Any]:
    """Whether the next pledge may be begun, whether it is a renewal, and how long that is open."""
    until = actions.renewable_until(clock.now(), _scheme())
    goes_on = pledge.state in STANDING or pledge.state == LAPSED
    return {
        "may_begin": rules.may_begin_beside([pledge], until) is True
        and rules.may_edit_pledge(me(), pledge) is True,
        "renews": goes_on,
        "last_chance": _last_chance(pledge),
        "may_appeal": pledge.state == SUSPENDED
        and rules.may_appeal(me(), pledge) is True
        and rules.no_appeal_yet(pledge) is True
        and rules.in_time_to_appeal(pledge, clock.today()) is True,
    }


def _last_chance(pledge: Pledge | None) -> date | None:
    return actions.last_chance(pledge, _scheme()) if pledge and pledge.state == DUE else None


@bp.post(MINE)
@allow(accounts_rules.may_edit_organisation, on=loading.organisation)
def begin(organisation: Organisation) -> Response:
    charter = queries.current_charter(db())
    if charter is None:
        abort(409, description=_("No charter is published yet. Come back later."))
    try:
        actions.begin(db(), organisation, charter, by=me(), at=clock.now(), scheme=_scheme())
        db().commit()
    except Refused as refusal:  # somebody else, or a second click, has begun it
        db().rollback()
        flash(" ".join(refusal.reasons))
        return redirect(url_for(".pledge", slug=organisation.slug), 303)
    return redirect(url_for(".details", slug=organisation.slug), 303)


@bp.route(f"{MINE}/check", methods=["GET", "POST"])
@allow(rules.may_edit_pledge, on=loading.pledge)
def check(pledge: Pledge) -> Response:
    """Check answers, then send."""
    form = SendForm()
    slug = pledge.organisation.slug
    if pledge.state not in EDITABLE:  # a second click has sent it already, or a colleague
        return redirect(url_for(".pledge", slug=slug), 303)
    missing = obstacles(TRANSITIONS, "send", pledge, me())
    if missing and form.is_submitted():  # the page has no button then: say why, not "tick the box"
        form.form_errors = missing
    elif form.sent():
        try:
            actions.send(db(), pledge, by=me(), at=clock.now(), scheme=_scheme())
            db().commit()
            flash(_("Your pledge is sent."), "success")
            return redirect(url_for(".pledge", slug=slug), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(
        "charter/pledge/check.html",
        pledge=pledge,
        organisation=pledge.organisation,
        parts=parts.parts_of(pledge),
        missing=missing,
        form=form,
    )


@bp.route(f"{MINE}/withdraw", methods=["GET", "POST"])
@allow(rules.may_withdraw, on=loading.pledge)
def withdraw(pledge: Pledge) -> Response:
    form = WithdrawForm()
    if form.sent():
        try:
            actions.withdraw(db(), pledge, by=me(), at=clock.now(), note=form.note.data or "")
            db().commit()
            return redirect(url_for(".pledge", slug=pledge.organisation.slug), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(
        "charter/pledge/withdraw.html", pledge=pledge, organisation=pledge.organisation, form=form
    )


def _beginning(organisation: Organisation) -> Response:
    return show(
        "charter/pledge/begin.html",
        organisation=organisation,
        may_edit=accounts_rules.may_edit_organisation(me(), organisation) is True,
        form=Press(),
    )


def _tasks(pledge: Pledge) -> Response:
    found = parts.parts_of(pledge)
    returns = [event for event in pledge.events if event.verb == "return"]
    ready = not obstacles(TRANSITIONS, "send", pledge, me())
    earlier = queries.standing_pledge(db(), pledge.organisation)
    return show(
        "charter/pledge/tasks.html",
        pledge=pledge,
        organisation=pledge.organisation,
        parts=found,
        returned=returns[-1] if returns and pledge.state != "draft" else None,
        writers=queries.last_writers(db(), pledge),
        ready=ready,
        may_edit=rules.may_edit_pledge(me(), pledge) is True,
        next_part=parts.next_part(found, ready=ready),
        another=next((p for p in found if p.status == parts.NOT_STARTED), None),
        earlier=earlier,
        last_chance=_last_chance(earlier),
        changes=changes.for_pledge(pledge),
    )


def _scheme() -> Any:
    return current_app.extensions["scheme"]
