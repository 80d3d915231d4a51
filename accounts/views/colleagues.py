"""Who belongs to an organisation, inviting them, and what they may do."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import colleagues as actions
from accounts.forms.colleagues import Button, ChangeRole, Invite
from accounts.models import Invitation, Membership, Organisation
from accounts.queries import colleagues as queries
from accounts.queries import leading
from accounts.queries.colleagues import how_many_colleagues
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("colleagues", __name__, url_prefix="/my/organisations/<slug>")


@bp.get("/colleagues")
@allow(rules.may_see_organisation, on=loaders.organisation)
def everyone(organisation: Organisation) -> Response:
    return show(
        "accounts/colleagues.html",
        organisation=organisation,
        colleagues=queries.colleagues(db(), organisation, page_asked()),
        invitations=queries.open_invitations(db(), organisation, page_asked("invitations")),
        requests=leading.requests_to(db(), organisation),
        handover=leading.handover_waiting(db(), organisation),
        now=clock.now(),
    )


@bp.route("/colleagues/invite", methods=["GET", "POST"])
@allow(rules.may_lead_organisation, on=loaders.organisation)
def invite(organisation: Organisation) -> Response:
    form = Invite()
    if form.sent():
        try:
            email, role = form.email.data, form.role.data
            actions.invite(
                db(), organisation, email=email, role=role, by=me(), at=clock.now(), **_limits()
            )
        except Refused as refused:
            more_errors(form, "email", *refused.reasons)
        else:
            db().commit()
            flash(_("We are sending the invitation to %(email)s.", email=email), "success")
            return _to_colleagues(organisation)
    return show("accounts/invite.html", form=form, organisation=organisation)


@bp.post("/invitations/<reference>/send-again")
@allow(rules.may_manage_invitation, on=loaders.sent_invitation)
def send_again(invitation: Invitation) -> Response:
    try:
        actions.send_again(db(), invitation, by=me(), at=clock.now(), **_limits())
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
    else:
        flash(_("We are sending the invitation again."), "success")
        db().commit()
    return _to_colleagues(invitation.organisation)


@bp.post("/invitations/<reference>/withdraw")
@allow(rules.may_manage_invitation, on=loaders.sent_invitation)
def withdraw(invitation: Invitation) -> Response:
    try:
        actions.withdraw_invitation(db(), invitation, by=me(), at=clock.now())
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
    else:
        flash(_("The invitation is taken back."), "success")
        db().commit()
    return _to_colleagues(invitation.organisation)


@bp.route("/colleagues/<reference>", methods=["GET", "POST"])
@allow(rules.may_change_colleague, on=loaders.membership)
def change(membership: Membership) -> Response:
    form = ChangeRole(data={"role": membership.role})
    if form.sent():
        try:
            actions.change_role(db(), membership, form.role.data, by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "role", *refused.reasons)
        else:
            db().commit()
            flash(_("It is saved what they may do."), "success")
            return _to_colleagues(membership.organisation)
    return show("accounts/change_colleague.html", form=form, membership=membership)


@bp.route("/colleagues/<reference>/end", methods=["GET", "POST"])
@allow(rules.may_end_membership, on=loaders.membership)
def end(membership: Membership) -> Response:
    """A lead takes somebody off, or somebody leaves."""
    form, leaving = Button(), membership.person_id == me().id
    if form.sent():
        knowing = leaving and request.form.get("knowing") == "yes"
        team = current_app.extensions["scheme"].contacts.email
        try:
            actions.end_membership(
                db(), membership, by=me(), at=clock.now(), knowing=knowing, team=team
            )
        except Refused as refused:
            form.form_errors.extend(refused.reasons)
        else:
            name = membership.organisation.name
            db().commit()
            if leaving:
                flash(_("You have left %(name)s.", name=name), "success")
                return redirect(url_for("accounts.home"), 303)
            flash(_("They do not belong to your organisation any more."), "success")
            return _to_colleagues(membership.organisation)
    return show(
        "accounts/end_membership.html",
        form=form,
        membership=membership,
        leaving=leaving,
        last=leaving and actions.is_last_lead(db(), membership),
        others=how_many_colleagues(db(), membership.organisation) - 1,
    )


def _limits() -> dict[str, Any]:
    days = current_app.extensions["scheme"].clocks.accounts.invitation_days
    most = current_app.extensions["settings"].invitations_a_day
    return {"good_for": timedelta(days=days), "most_a_day": most}


def _to_colleagues(organisation: Organisation) -> Response:
    return redirect(url_for("colleagues.everyone", slug=organisation.slug), 303)
