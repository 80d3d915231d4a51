"""Buddy organisations, and who of one's own may check."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import CHECKED, Organisation
from accounts.queries import organisation_by_slug
from accounts.queries.leading import joinable
from accounts.rules import may_lead_organisation
from training import rules, versions
from training.buddies import actions, checkers, loading, queries
from training.buddies.forms import FindBuddy
from training.buddies.loading import Agreement, may_lead_here
from training.checking import queries as checking
from training.checking.loading import Desk, Door, own_organisation
from training.checking.views import pages
from training.models import PractitionerRole, TrainingBuddy
from training.pathways import Pathways
from training.records.actions import let_check, let_check_no_more
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("training_buddies", __name__, url_prefix="/my/organisations/<slug>/training/buddies")
for_buddies = pages(
    "checking_buddy",
    "/my/organisations/<slug>/training/buddies/<buddy>/checks",
    Door(loading.desk, loading.leads_buddy),
)


@bp.get("")
@allow(may_lead_organisation, on=own_organisation)
def everything(organisation: Organisation) -> Response:
    """The agreements, with how many records wait; asking another; who here may check."""
    form = FindBuddy()
    words = (form.q.data or "").strip() if form.validate() else ""
    found, version = queries.agreements(db(), organisation), versions.newest(db())
    pathways = version.pathways if version is not None else None
    return show(
        "training/buddies/everything.html",
        organisation=organisation,
        agreements=found,
        waiting={b.id: _waiting(organisation, b, pathways) for b in found if b.stands},
        form=form,
        found=joinable(db(), words, page_asked()) if words else None,
        taken={organisation.id} | {b.other(organisation.id).id for b in found},
        checkers=checkers.of(db(), organisation, pathways),
        pathways=pathways,
    )


def _waiting(
    organisation: Organisation, agreement: TrainingBuddy, pathways: Pathways | None
) -> int:
    """At the other one, for this person to check."""
    if pathways is None:
        return 0
    there = Desk(agreement.other(organisation.id), pathways, buddy=agreement)
    return checking.how_many(db(), checking.waiting(me(), there))


@bp.post("")
@allow(may_lead_organisation, on=own_organisation)
def ask(organisation: Organisation) -> Response:
    buddy = organisation_by_slug(db(), request.form.get("whom", ""))
    if buddy is None or buddy.state != CHECKED:
        flash(_("Choose an organisation."), "error")
        return _to(organisation)
    return _done(
        organisation,
        lambda: actions.ask(db(), organisation, buddy, by=me(), at=clock.now()),
        _("We are telling the leads of %(name)s that you ask.", name=buddy.name),
    )


@bp.post("/<reference>/agree")
@allow(may_lead_here, on=loading.agreement)
def agree(at: Agreement) -> Response:
    return _done(
        at.organisation,
        lambda: actions.agree(db(), at.buddy, by=me(), at=clock.now()),
        _("You are buddies now."),
    )


@bp.post("/<reference>/end")
@allow(may_lead_here, on=loading.agreement)
def end(at: Agreement) -> Response:
    return _done(
        at.organisation,
        lambda: actions.end(db(), at.buddy, by=me(), at=clock.now()),
        _("It is ended. What was checked stays checked."),
    )


@bp.post("/checkers/<reference>")
@allow(rules.may_let_check, on=checkers.one)
def checker(role: PractitionerRole) -> Response:
    """The button says whether they may from now on."""
    lets = request.form.get("may") == "yes"
    act = let_check if lets else let_check_no_more
    name = role.practitioner.called
    said = _("%(name)s may check now.", name=name)
    if not lets:
        said = _("%(name)s may not check any more.", name=name)
    return _done(role.organisation, lambda: act(db(), role, by=me(), at=clock.now()), said)


def _done(organisation: Organisation, act: Callable[[], object], said: str) -> Response:
    """Of two who press at once, the slower reads how it is."""
    slug = organisation.slug
    try:
        act()
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons), "error")
    else:
        db().commit()
        flash(said, "success")
    return redirect(url_for(".everything", slug=slug), 303)


def _to(organisation: Organisation) -> Response:
    return redirect(url_for(".everything", slug=organisation.slug), 303)
