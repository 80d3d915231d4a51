"""The page that an invitation's link opens.  Opening it changes nothing; its button accepts."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions.colleagues import accept_invitation, why_dead
from accounts.forms.colleagues import Button
from accounts.invitation_links import reference_in
from accounts.models import Invitation
from accounts.queries.colleagues import invitation_by_reference
from accounts.queries.organisations import hold
from web import clock
from web.access import allow, anyone, me
from web.database import READING, db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("invitations", __name__, url_prefix="/my/invitations")


def from_token(_person: Any, token: str) -> Invitation | None:
    """Who holds the link was sent it, or was given it: the page says no more than the mail."""
    reference = reference_in(token)
    found = invitation_by_reference(db(), reference) if reference else None
    if found is not None and request.method not in READING:
        # The organisation first, as on its leads' pages: else two could wait for each other.
        hold(db(), found.organisation)
        db().refresh(found, with_for_update=True)
    return found


@bp.get("/<token>")
@allow(anyone, on=from_token)
def invitation(invitation: Invitation) -> Response:
    return _page(invitation, why_dead(invitation, clock.now()))


@bp.post("/<token>")
@allow(rules.may_accept_invitation, on=from_token)
def accept(invitation: Invitation) -> Response:
    try:
        membership = accept_invitation(db(), invitation, by=me(), at=clock.now())
    except Refused as refused:
        return _page(invitation, " ".join(refused.reasons))
    organisation = membership.organisation
    db().commit()
    flash(_("You belong to %(name)s now.", name=organisation.name), "success")
    return redirect(url_for("organisations.desk", slug=organisation.slug), 303)


def _page(invitation: Invitation, dead: str | None) -> Response:
    person = me()
    return show(
        "accounts/invitation.html",
        410 if dead else 200,
        form=Button(),
        invitation=invitation,
        dead=dead,
        theirs=person.is_authenticated and invitation.accepted_by_id == person.id,
        refusal=rules.may_accept_invitation(person, invitation)
        if person.is_authenticated
        else None,
        person=person,
    )
