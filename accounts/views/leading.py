"""Handing over the lead: offering it, and the colleague's answer."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import leading as actions
from accounts.forms.colleagues import Button
from accounts.forms.joining import OfferLead
from accounts.models import LeadHandover, Membership, Organisation
from accounts.queries import leading as queries
from accounts.queries.colleagues import colleagues
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("leading", __name__, url_prefix="/my/organisations/<slug>")

MOST_CHOICES = 200


@bp.route("/hand-over", methods=["GET", "POST"])
@allow(rules.may_lead_organisation, on=loaders.organisation)
def hand_over(organisation: Organisation) -> Response:
    others = _others(organisation)
    form = OfferLead(others.values())
    if form.sent() and _offered(organisation, others[form.to.data], form):
        name = others[form.to.data].person.name
        flash(
            _("We are asking %(name)s. Until they accept, nothing changes.", name=name), "success"
        )
        return redirect(url_for("colleagues.everyone", slug=organisation.slug), 303)
    return show(
        "accounts/hand_over.html",
        form=form,
        organisation=organisation,
        others=others,
        waiting=queries.handover_waiting(db(), organisation),
    )


def _others(organisation: Organisation) -> dict[str, Membership]:
    everyone = colleagues(db(), organisation, size=MOST_CHOICES)
    return {m.reference: m for m in everyone if m.person_id != me().id and m.person.active}


def _offered(organisation: Organisation, colleague: Membership, form: OfferLead) -> bool:
    days = current_app.extensions["scheme"].clocks.accounts.hand_over_days
    try:
        actions.offer_lead(
            db(),
            organisation,
            colleague,
            afterwards=form.afterwards.data,
            by=me(),
            at=clock.now(),
            good_for=timedelta(days=days),
        )
    except Refused as refused:
        form.form_errors = [*form.form_errors, *refused.reasons]
        return False
    db().commit()
    return True


@bp.post("/hand-over/take-back")
@allow(rules.may_lead_organisation, on=loaders.organisation)
def take_back(organisation: Organisation) -> Response:
    offer = queries.handover_waiting(db(), organisation, lock=True)
    if offer is None:
        flash(_("No offer waits any more."))
    else:
        actions.take_back_offer(db(), offer, by=me(), at=clock.now())
        db().commit()
        flash(_("The offer is taken back."), "success")
    return redirect(url_for("colleagues.everyone", slug=organisation.slug), 303)


@bp.route("/take-over", methods=["GET", "POST"])
@allow(rules.may_answer_handover, on=loaders.handover)
def take_over(offer: LeadHandover) -> Response:
    """What the colleague reads, with both buttons."""
    form, organisation = Button(), offer.organisation
    if form.sent():
        accepts = request.form.get("do") == "accept"
        try:
            answer = actions.accept_lead if accepts else actions.decline_lead
            answer(db(), offer, by=me(), at=clock.now())
        except Refused as refused:
            form.form_errors = [*form.form_errors, *refused.reasons]
        else:
            db().commit()
            said = _("You lead %(name)s now.") if accepts else _("You do not take over %(name)s.")
            flash(said % {"name": organisation.name}, "success")
            return redirect(url_for("organisations.desk", slug=organisation.slug), 303)
    return show("accounts/take_over.html", form=form, offer=offer, organisation=organisation)
