"""The organisation's side of a pause: it can ask for another look, once."""

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from charter import actions, rules
from charter.forms import AppealForm
from charter.models import Pledge
from charter.states import SUSPENDED
from charter.views import loading
from charter.views.pledge import MINE, bp
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused


@bp.route(f"{MINE}/appeal", methods=["GET", "POST"])
@allow(rules.may_appeal, on=loading.pledge)
def appeal(pledge: Pledge) -> Response:
    slug = pledge.organisation.slug
    if pledge.state != SUSPENDED:
        return redirect(url_for(".pledge", slug=slug), 303)
    verdicts = (rules.no_appeal_yet(pledge), rules.in_time_to_appeal(pledge, clock.today()))
    refused = next((v for v in verdicts if v is not True), "")
    known: dict[str, Any] = {
        "pledge": pledge,
        "organisation": pledge.organisation,
        "refused": refused,
    }
    if refused:  # too late, or a second time: nothing can be sent
        return show("charter/pledge/appeal.html", 409 if _posted() else 200, **known)
    form = AppealForm()
    if form.sent() and _send(pledge, form):
        flash(_("The Charter team has your words."), "success")
        return redirect(url_for(".pledge", slug=slug), 303)
    return show("charter/pledge/appeal.html", form=form, **known)


def _send(pledge: Pledge, form: AppealForm) -> bool:
    scheme = current_app.extensions["scheme"]
    try:
        actions.appeal(
            db(), pledge, by=me(), at=clock.now(), note=form.note.data or "", scheme=scheme
        )
        db().commit()
    except Refused as refused:
        db().rollback()
        more_errors(form, "note", *refused.reasons)
        return False
    return True


def _posted() -> bool:
    return request.method == "POST"
