"""For the steering group: conditions that were shown, and appeals that wait."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug import Response

from review import rules
from review.models import Case, Condition
from review.outcome import appeals, conditions, loading, reading
from review.outcome.forms import AnswerForm, CloseForm
from review.panel.loading import scheme, tied_to
from review.queries import WHOLE
from review.states import APPEAL
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

conditions_bp = Blueprint("conditions", __name__, url_prefix="/conditions")
appeals_bp = Blueprint("appeals", __name__, url_prefix="/appeals")


@conditions_bp.get("/")
@allow(conditions.closes)
def everything() -> Response:
    tied, shown = tied_to(me()), reading.conditions_to_look_at(db())
    found = [c for c in shown if c.case.organisation_id not in tied]
    return show("review/outcome/conditions.html", found=found)


@conditions_bp.route("/<reference>", methods=["GET", "POST"])
@allow(conditions.closes, on=loading.condition)
def one(condition: Condition) -> Response:
    form = CloseForm()
    if form.sent():
        try:
            conditions.answer(
                db(), condition, met=form.met.data == "yes", words=form.words.data or "", **_who()
            )
        except Refused as refused:
            db().rollback()
            more_errors(form, "words", *refused.reasons)
        else:
            db().commit()
            flash(_("They can read your answer now."), "success")
            return redirect(url_for(".everything"), 303)
    return show("review/outcome/close.html", condition=condition, case=condition.case, form=form)


@appeals_bp.get("/")
@allow(rules.is_lead_assessor)
def waiting() -> Response:
    """Without those in which the person had a part."""
    wanted = select(Case).where(Case.state == APPEAL, Case.organisation_id.not_in(tied_to(me())))
    cases = db().scalars(wanted.options(*WHOLE).order_by(Case.due_on, Case.id).limit(100)).all()
    found = [c for c in cases if not rules.took_part(me(), c) and appeals.open_appeal(c)]
    return show("review/outcome/appeals.html", found=found)


@appeals_bp.route("/<reference>", methods=["GET", "POST"], endpoint="one")
@allow(rules.is_lead_assessor, on=loading.appealed_case)
def appeal(case: Case) -> Response:
    form, open_ = AnswerForm(), appeals.open_appeal(case)
    if form.sent():
        try:
            appeals.answer(
                db(), case, uphold=form.uphold.data == "yes", words=form.words.data or "", **_who()
            )
        except Refused as refused:
            db().rollback()
            more_errors(form, "words", *refused.reasons)
        else:
            db().commit()
            flash(_("They can read your answer now."), "success")
            return redirect(url_for(".waiting"), 303)
    decision = reading.told(case)
    return show(
        "review/outcome/answer.html",
        case=case,
        form=form,
        appeal=open_,
        decision=decision,
        lines=reading.lines(db(), decision) if decision else [],
    )


def _who() -> dict[str, Any]:
    return {"by": me(), "at": clock.now(), "scheme": scheme()}
