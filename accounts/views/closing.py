"""Closing an organisation, and opening it again while it is fresh: the Charter team's page."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import organisations as actions
from accounts.forms.colleagues import Button
from accounts.forms.organisations import Closing
from accounts.models import CLOSED, Organisation
from accounts.queries.merging import mergers_of
from accounts.queries.naming import merged_into
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("closing", __name__, url_prefix="/team/organisations/<slug>")


@bp.route("/close", methods=["GET", "POST"])
@allow(rules.may_look_after, on=loaders.for_the_team)
def close(organisation: Organisation) -> Response:
    form = Closing()
    if organisation.state != CLOSED and form.sent():
        try:
            actions.close_organisation(
                db(), organisation, by=me(), at=clock.now(), why=form.why.data
            )
        except Refused as refused:
            db().rollback()
            form.form_errors = [*form.form_errors, *refused.reasons]
        else:
            db().commit()
            flash(_("%(name)s is closed.", name=organisation.name), "success")
            return redirect(url_for(".close", slug=organisation.slug), 303)
    return show(
        "accounts/team/close.html",
        form=form if organisation.state != CLOSED else Button(),
        organisation=organisation,
        merged=merged_into(db(), organisation),
        mergers=mergers_of(db(), organisation),
        reopen=actions.may_open_again(organisation, clock.now(), _fresh_for()),
    )


@bp.post("/open-again")
@allow(rules.may_look_after, on=loaders.for_the_team)
def open_again(organisation: Organisation) -> Response:
    try:
        if merged_into(db(), organisation) is not None:
            raise Refused([_("It is part of another organisation. Undo the merger instead.")])
        actions.open_again(db(), organisation, by=me(), at=clock.now(), fresh_for=_fresh_for())
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons), "error")
    else:
        db().commit()
        flash(_("%(name)s is open again.", name=organisation.name), "success")
    return redirect(url_for(".close", slug=organisation.slug), 303)


def _fresh_for() -> timedelta:
    return timedelta(hours=current_app.extensions["scheme"].clocks.accounts.merge_undo_hours)
