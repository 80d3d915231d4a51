"""For the organisation: the weeks in which it is closed and its clocks stand still."""

from datetime import date

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement.assessing.loading import organisation as own_organisation
from endorsement.assessing.views import MINE
from endorsement.rules import may_lead_quality, may_see_quality
from review.closing import actions, queries, weeks
from review.closing.forms import CloseForm, OpenForm
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("closed_weeks", __name__)
PAGE = f"{MINE}/closed-weeks"


@bp.get(PAGE)
@allow(may_see_quality, on=own_organisation)
def everything(organisation: Organisation) -> Response:
    return _page(organisation, _form(organisation))


@bp.post(PAGE)
@allow(may_lead_quality, on=own_organisation)
def close(organisation: Organisation) -> Response:
    form = _form(organisation)
    if form.sent():
        try:
            actions.close(
                db(), organisation, date.fromisoformat(form.week.data), by=me(), at=clock.now(),
                scheme=current_app.extensions["scheme"],
            )  # fmt: skip
            db().commit()
            flash(_("That week is closed. No clock of yours runs then."), "success")
            return redirect(url_for(".everything", slug=organisation.slug), 303)
        except Refused as refused:
            db().rollback()
            more_errors(form, "week", *refused.reasons)
    return _page(organisation, form, 422)


@bp.post(f"{PAGE}/open")
@allow(may_lead_quality, on=own_organisation)
def open_again(organisation: Organisation) -> Response:
    form = OpenForm()
    try:
        if form.sent():
            actions.open_again(db(), organisation, form.week.data or "", by=me(), at=clock.now())
            db().commit()
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons))
    return redirect(url_for(".everything", slug=organisation.slug), 303)


def _form(organisation: Organisation) -> CloseForm:
    form = CloseForm()
    form.offer(weeks.open_mondays(clock.today(), queries.weeks_of(db(), organisation.id)))
    return form


def _page(organisation: Organisation, form: CloseForm, status: int = 200) -> Response:
    today = clock.today()
    closed = [m for m in queries.weeks_of(db(), organisation.id) if m + weeks.WEEK > today]
    page = "review/closing/everything.html"
    return show(page, status, organisation=organisation, form=form, closed=closed)
