"""For the organisation: its award, how to show it, and the yearly check."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement.assessing.views import MINE
from endorsement.rules import may_lead_quality, may_see_quality
from review.award import loading, making, queries
from review.award.forms import CheckForm
from review.models.awards import LIVE
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("own_award", __name__)


@bp.get(f"{MINE}/award")
@allow(may_see_quality, on=loading.own)
def award(organisation: Organisation) -> Response:
    return _page(organisation, CheckForm())


@bp.post(f"{MINE}/award")
@allow(may_lead_quality, on=loading.own)
def check(organisation: Organisation) -> Response:
    """A lead says how it is, a year on."""
    form = CheckForm()
    standing = queries.standing_of(db(), organisation.id, lock=True)
    if form.sent() and standing is not None:
        try:
            making.say_how_it_is(
                db(), standing, still_true=form.still_true.data == "yes",
                words=form.words.data, by=me(), at=clock.now(),
            )  # fmt: skip
            db().commit()
            flash(_("Thank you. The Charter team reads it."))
            return redirect(url_for(".award", slug=organisation.slug), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    elif standing is None:
        form.form_errors = [_("You have no award, so there is nothing to check.")]
    return _page(organisation, form, 422)


def _page(organisation: Organisation, form: CheckForm, status: int = 200) -> Response:
    awards = queries.of_organisation(db(), organisation.id)
    newest = awards[0] if awards else None
    return show(
        "review/award/own.html",
        status,
        organisation=organisation,
        awards=awards,
        award=newest,
        asks=newest is not None and newest.state == LIVE,
        form=form,
    )
