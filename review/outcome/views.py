"""What was decided, for the organisation: read, put into the plan, shown to be done, appealed."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from endorsement.assessing.views import MINE
from endorsement.evidence import queries as evidence
from endorsement.rules import may_plan, may_see_quality
from review import rules
from review.models import Case, Condition, Decision
from review.outcome import appeals, conditions, loading, planning, reading
from review.outcome.forms import AppealForm, ShowForm
from review.panel.loading import scheme
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("outcome", __name__)
ONE = f"{MINE}/cases/<reference>/outcome"


def _sees(person: Any, decision: Any) -> Any:
    return may_see_quality(person, decision.case.organisation)


def _plans(person: Any, decision: Any) -> Any:
    return may_plan(person, decision.case.organisation)


@bp.get(ONE)
@allow(_sees, on=loading.own_decision)
def outcome(decision: Decision) -> Response:
    case = decision.case
    return show(
        "review/outcome/outcome.html",
        case=case,
        organisation=case.organisation,
        decision=decision,
        lines=reading.lines(db(), decision),
        appeal_until=reading.can_appeal_until(case, scheme()),
        can_appeal=appeals.next_stage(case) is not None,
    )


@bp.post(f"{ONE}/plan")
@allow(_plans, on=loading.own_decision)
def plan(decision: Decision) -> Response:
    """The next steps go into the plan; a second click doubles nothing."""
    added = planning.fill(db(), decision, by=me(), at=clock.now())
    db().commit()
    said = ngettext("One step is in your plan.", "%(num)d steps are in your plan.", added)
    flash(said if added else _("All of it is in your plan already."), "success")
    return redirect(url_for("planning.plan", slug=decision.case.organisation.slug), 303)


@bp.route(f"{ONE}/conditions/<condition>", methods=["GET", "POST"])
@allow(lambda person, condition: rules.edits_it(person, condition.case), on=loading.own_condition)
def condition(condition: Condition) -> Response:
    """Say, and show, that it is done."""
    case = condition.case
    items = {
        i.reference: i for i in evidence.items_for(db(), case.organisation_id, condition.standard)
    }
    chosen = condition.evidence.reference if condition.evidence else ""
    form = ShowForm(data={"words": condition.shown, "evidence": chosen})
    form.offer(items.values())
    if form.sent():
        item = items.get(form.evidence.data or "")
        try:
            conditions.show(db(), condition, form.words.data or "", item, by=me(), at=clock.now())
        except Refused as refused:
            db().rollback()
            more_errors(form, "words", *refused.reasons)
        else:
            db().commit()
            flash(_("We have it, and look at it."), "success")
            return _to(case)
    return show(
        "review/outcome/condition.html",
        condition=condition, case=case, organisation=case.organisation, form=form,
    )  # fmt: skip


@bp.route(f"{ONE}/appeal", methods=["GET", "POST"])
@allow(rules.leads_it, on=loading.own_decided_case)
def appeal(case: Case) -> Response:
    form, last = AppealForm(), reading.can_appeal_until(case, scheme())
    if form.sent():
        who: dict[str, Any] = {"by": me(), "at": clock.now(), "scheme": scheme()}
        try:
            appeals.ask(db(), case, form.words.data or "", **who)
        except Refused as refused:
            db().rollback()
            more_errors(form, "words", *refused.reasons)
        else:
            db().commit()
            flash(_("We have it. People with no part in it look at it again."), "success")
            return redirect(
                url_for("own_case.case", slug=case.organisation.slug, reference=case.reference), 303
            )
    return show(
        "review/outcome/appeal.html",
        case=case,
        organisation=case.organisation,
        form=form,
        stage=appeals.next_stage(case),
        last=last,
    )


def _to(case: Case) -> Response:
    slug = case.organisation.slug
    return redirect(url_for(".outcome", slug=slug, reference=case.reference), 303)
