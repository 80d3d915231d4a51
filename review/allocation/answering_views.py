"""An assessor's own part in a case: yes, no, or "I would rather stand aside"."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug import Response

from review.allocation import answering, leaving
from review.allocation.forms import ACCEPT, DECLINE, AnswerForm
from review.allocation.loading import OnePart, own_part
from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("answering", __name__, url_prefix="/assess")

SAID = {
    ACCEPT: _l("Thank you. You read this case."),
    DECLINE: _l("Thank you for telling us. Somebody else is asked."),
}


@bp.route("/<reference>/part", methods=["GET", "POST"])
@allow(signed_in, on=own_part)
def part(at: OnePart) -> Response:
    form = AnswerForm()
    status = 0
    if form.sent():
        try:
            return _answered(at, form)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
            status = 409
    page = show("review/allocation/part.html", case=at.case, part=at.part, form=form)
    page.status_code = status or page.status_code
    return page


def _answered(at: OnePart, form: AnswerForm) -> Response:
    now, scheme, do = clock.now(), current_app.extensions["scheme"], form.do.data
    if do == ACCEPT:
        answering.accept(db(), at.part, by=me(), at=now, scheme=scheme)
    elif do == DECLINE:
        leaving.decline(db(), at.part, form.note.data or "", by=me(), at=now, scheme=scheme)
    else:
        leaving.stand_aside(db(), at.part, by=me(), at=now, scheme=scheme)
    reference = at.case.reference
    db().commit()
    flash(SAID.get(do or "", _("You stand aside. You need not say why.")), "success")
    if do == ACCEPT:
        return redirect(url_for("assess.case", reference=reference), 303)
    return redirect(url_for("assess.queue"), 303)
