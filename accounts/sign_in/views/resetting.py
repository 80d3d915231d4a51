"""The Charter team resets the second step of somebody who lost what they prove it with."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import factors
from accounts.queries import person_by_email
from accounts.sign_in.forms import NOBODY_HERE, ResetSecondFactor
from accounts.sign_in.views.blueprint import bp
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused


@bp.route("/team/second-step", methods=["GET", "POST"])
@allow(rules.is_officer)
def reset_second_factor() -> Response:
    form = ResetSecondFactor()
    if form.sent():
        person = person_by_email(db(), form.email.data, lock=True)
        if person is None or not factors.has_any(person):
            more_errors(form, "email", NOBODY_HERE)
            return show("security/reset_second_factor.html", form=form)
        try:
            factors.reset(db(), person, by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "email", *refused.reasons)
            return show("security/reset_second_factor.html", form=form)
        db().commit()
        flash(_("It is reset, and we told them by email."), "success")
        return redirect(url_for(".reset_second_factor"), 303)
    return show("security/reset_second_factor.html", form=form)
