"""The Charter team's side: organisations that nobody leads, and who asks there."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import leading as actions
from accounts.forms.joining import AppointLead
from accounts.models import Organisation
from accounts.queries import leading as queries
from accounts.queries.colleagues import colleagues
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("leads", __name__, url_prefix="/team")


@bp.get("/leads")
@allow(rules.is_officer)
def without() -> Response:
    return show(
        "accounts/team/without_lead.html",
        found=queries.organisations_without_lead(db(), page_asked()),
        requests=queries.requests_for_team(db(), page_asked("requests")),
    )


@bp.route("/organisations/<slug>/lead", methods=["GET", "POST"])
@allow(rules.may_appoint_lead, on=loaders.for_the_team)
def appoint(organisation: Organisation) -> Response:
    """An invitation to lead, to any address."""
    form = AppointLead()
    if form.sent():
        days = current_app.extensions["scheme"].clocks.accounts.invitation_days
        email, good_for = form.email.data, timedelta(days=days)
        try:
            actions.appoint_lead(
                db(), organisation, email, by=me(), at=clock.now(), good_for=good_for
            )
        except Refused as refused:
            more_errors(form, "email", *refused.reasons)
        else:
            db().commit()
            flash(_("We are sending the invitation to %(email)s.", email=email), "success")
            return redirect(url_for(".without"), 303)
    return show(
        "accounts/team/appoint_lead.html",
        form=form,
        organisation=organisation,
        people=colleagues(db(), organisation),
    )
