"""The chair's side: how many have voted, closing the vote, and the words until it is told."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from review import rules
from review.models import Case
from review.panel import levels, loading, queries, releasing, staging, writing
from review.panel.forms import (
    AnswerForm,
    CloseForm,
    ConditionForm,
    NoteForm,
    StandardForm,
    WhyForm,
)
from review.states import STAGED
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form, more_errors
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("chairing", __name__, url_prefix="/chair")


def _leads(person: Any, thing: Any) -> Any:
    """Of a part of a decision: who leads the panel on its case."""
    return rules.leads_the_panel(person, thing.decision.case)


def _standard(person: Any, reference: str, key: str) -> Any:
    case = loading.led_case(person, reference)
    decision = writing.staged(case) if case is not None else None
    rows = decision.standards if decision is not None else ()
    return next((row for row in rows if row.standard == key), None)


def _condition(person: Any, reference: str, condition: str) -> Any:
    case = loading.led_case(person, reference)
    decision = writing.staged(case) if case is not None else None
    found = decision.conditions if decision is not None else ()
    return next((c for c in found if c.reference == condition and c.state != "dropped"), None)


@bp.get("/")
@allow(rules.is_chair)
def everything() -> Response:
    """What is voted on, what waits to be told, and what was told lately."""
    tied = loading.tied_to(me())
    waiting = queries.page_before_the_panel(db(), tied, page_asked())
    told = queries.told(db(), tied)
    led = {c.id for c in (*waiting, *told) if rules.leads_the_panel(me(), c) is True}
    return show("review/panel/chair_list.html", waiting=waiting, told=told, led=led)


@bp.get("/<reference>")
@allow(rules.leads_the_panel, on=loading.led_case)
def one(case: Case) -> Response:
    decision = writing.staged(case)
    return show(
        "review/panel/chair_case.html",
        case=case,
        decision=decision or rules.standing_decision(case),
        staged=decision is not None and case.state == STAGED,
        problems=_problems(decision) if decision else [],
        turnout=queries.turnout(case),
        short=staging.short_of(case, loading.scheme()),
    )


def _problems(decision: Any) -> list[str]:
    return releasing.problems(db(), decision, clock.now(), loading.scheme())


@bp.route("/<reference>/close", methods=["GET", "POST"])
@allow(rules.leads_the_panel, on=loading.led_case)
def close(case: Case) -> Response:
    """Count.  In a tie the casting vote is asked for; without each group's vote it is refused."""
    form, tied = CloseForm(), False
    form.offer(levels.offered(case))
    if form.sent():
        try:
            staging.stage(db(), case, casting=form.vote(), **_who())
        except staging.Tie as refused:
            db().rollback()
            tied = True
            more_errors(form, "casting", *refused.reasons)
        except Refused as refused:
            db().rollback()
            form.form_errors = [*form.form_errors, *refused.reasons]
        else:
            db().commit()
            return _to(case)
    page = show(
        "review/panel/close.html",
        case=case,
        form=form,
        tied=tied,
        turnout=queries.turnout(case),
        short=staging.short_of(case, loading.scheme()),
    )
    if form.errors:
        page.status_code = 422
    return page


@bp.route("/<reference>/why", methods=["GET", "POST"])
@allow(rules.leads_the_panel, on=loading.led_case)
def why(case: Case) -> Response:
    decision = _staged(case)
    form = WhyForm(data={"why": decision.why})
    return _written(
        case, "review/panel/why.html", form,
        lambda: writing.say_why(db(), decision, form.why.data or "", by=me(), at=clock.now()),
    )  # fmt: skip


@bp.route("/<reference>/answer", methods=["GET", "POST"])
@allow(rules.leads_the_panel, on=loading.led_case)
def answer(case: Case) -> Response:
    """To the young members, where most of them voted for something else."""
    decision = _staged(case)
    if not decision.youth_differ:
        return abort(404)
    form = AnswerForm(data={"for_youth": decision.for_youth})
    words = form.for_youth
    return _written(
        case, "review/panel/answer.html", form,
        lambda: writing.answer_youth(db(), decision, words.data or "", by=me(), at=clock.now()),
    )  # fmt: skip


@bp.route("/<reference>/standards/<key>", methods=["GET", "POST"])
@allow(_leads, on=_standard)
def standard(row: Any) -> Response:
    """What the panel says of one standard."""
    case = row.decision.case
    _staged(case)
    form = StandardForm(data={"why": row.why, "next_step": row.next_step})
    return _written(
        case, "review/panel/standard.html", form,
        lambda: writing.say_of_standard(
            db(), row, form.why.data or "", form.next_step.data or "", by=me(), at=clock.now()
        ),
        row=row,
        standard=case.framework.by_key[row.standard],
    )  # fmt: skip


@bp.route("/<reference>/conditions", methods=["GET", "POST"])
@allow(rules.leads_the_panel, on=loading.led_case)
def conditions(case: Case) -> Response:
    decision = _staged(case)
    form = ConditionForm()
    form.offer(one for one in case.standards if not levels.below_the_bar(case, one.key))

    def save() -> None:
        by_on = form.by_on.day or clock.today()
        chosen, what = form.standard.data, form.what.data or ""
        writing.add_condition(db(), decision, chosen, what, by_on, **_who())

    return _written(
        case, "review/panel/conditions.html", form, save, field="what", decision=decision
    )


@bp.post("/<reference>/conditions/<condition>/drop")
@allow(_leads, on=_condition)
def drop(condition: Any) -> Response:
    try:
        writing.drop_condition(db(), condition, by=me(), at=clock.now())
    except Refused as refused:
        return abort(409, description=" ".join(refused.reasons))
    db().commit()
    return redirect(url_for(".conditions", reference=condition.case.reference), 303)


@bp.route("/<reference>/undo", methods=["GET", "POST"])
@allow(rules.leads_the_panel, on=loading.led_case)
def undo(case: Case) -> Response:
    """What was staged is voted on again; what was told is taken back."""
    form, decision = NoteForm(), rules.standing_decision(case)
    if decision is None:
        return abort(404)
    act = releasing.undo if case.state == STAGED else releasing.take_back
    return _written(
        case, "review/panel/undo.html", form,
        lambda: act(db(), case, form.note.data or "", **_who()),
        field="note", decision=decision,
    )  # fmt: skip


def _who() -> dict[str, Any]:
    return {"by": me(), "at": clock.now(), "scheme": loading.scheme()}


def _staged(case: Case) -> Any:
    """The decision whose words are written; where there is none, there is no such page."""
    decision = writing.staged(case)
    if decision is None or case.state != STAGED:
        return abort(404)
    return decision


def _written(
    case: Case,
    template: str,
    form: Form,
    save: Callable[[], object],
    *,
    field: str = "",
    **more: Any,
) -> Response:
    """Show the form, or save it and go back to the case."""
    if form.sent():
        try:
            save()
        except Refused as refused:
            db().rollback()
            more_errors(form, field or next(iter(form.data)), *refused.reasons)
        else:
            db().commit()
            flash(_("Saved."), "success")
            return _to(case)
    return show(template, case=case, form=form, **more)


def _to(case: Case) -> Response:
    return redirect(url_for("chairing.one", reference=case.reference), 303)
