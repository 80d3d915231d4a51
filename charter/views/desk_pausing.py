"""The Charter team's side of what comes after a pledge is confirmed: each a page with reasons."""

from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug import Response

from charter import actions, queries, rules
from charter.forms import AnswerForm, ReasonForm
from charter.models import Pledge
from charter.views import loading
from charter.views.desk import bp
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused


@bp.get("/paused")
@allow(rules.is_officer)
def paused() -> Response:
    """Paused pledges, the one to look at first on top, and appeals before all."""
    return show(
        "charter/desk/paused.html",
        paused=queries.to_review(db()),
        appeals=queries.appeals(db()),
    )


@bp.route("/pledges/<reference>/suspend", methods=["GET", "POST"])
@allow(rules.may_decide, on=loading.sent_pledge)
def suspend(pledge: Pledge) -> Response:
    return _with_reasons(pledge, "suspend")


@bp.route("/pledges/<reference>/restore", methods=["GET", "POST"])
@allow(rules.may_decide, on=loading.sent_pledge)
def restore(pledge: Pledge) -> Response:
    return _with_reasons(pledge, "restore")


@bp.route("/pledges/<reference>/keep-paused", methods=["GET", "POST"])
@allow(rules.may_decide, on=loading.sent_pledge)
def keep_paused(pledge: Pledge) -> Response:
    """Looked at again, and it stays as it is until another day."""
    return _with_reasons(pledge, "keep paused")


@bp.route("/pledges/<reference>/end", methods=["GET", "POST"])
@allow(rules.may_decide, on=loading.sent_pledge)
def end(pledge: Pledge) -> Response:
    return _with_reasons(pledge, "end")


@bp.route("/pledges/<reference>/withdraw", methods=["GET", "POST"])
@allow(rules.may_decide, on=loading.sent_pledge)
def withdraw(pledge: Pledge) -> Response:
    """For an organisation that asks for it and cannot do it itself."""
    return _with_reasons(pledge, "withdraw")


@bp.route("/pledges/<reference>/appeal", methods=["GET", "POST"])
@allow(rules.may_answer_appeal, on=loading.sent_pledge)
def appeal(pledge: Pledge) -> Response:
    """Answer it: somebody who did not pause the pledge."""
    page = "charter/desk/appeal.html"
    if rules.an_appeal_waits(pledge) is not True:
        status = 409 if request.method == "POST" else 200
        return show(page, status, pledge=pledge, organisation=pledge.organisation, waits=False)
    return _page(pledge, "appeal", AnswerForm(), page)


def _with_reasons(pledge: Pledge, verb: str) -> Response:
    return _page(pledge, verb, ReasonForm(), "charter/desk/reasons.html")


def _page(pledge: Pledge, verb: str, form: Any, template: str) -> Response:
    if form.sent():
        try:
            _move(verb, pledge, form)
            db().commit()
            return redirect(url_for("desk.pledge", reference=pledge.reference), 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(
        template,
        pledge=pledge,
        organisation=pledge.organisation,
        verb=verb,
        waits=True,
        form=form,
    )


def _move(verb: str, pledge: Pledge, form: Any) -> None:
    what: dict[str, Any] = {"by": me(), "at": clock.now(), "note": form.note.data or ""}
    scheme = current_app.extensions["scheme"]
    match verb:
        case "suspend":
            actions.suspend(db(), pledge, scheme=scheme, **what)
        case "restore":
            actions.restore(db(), pledge, scheme=scheme, **what)
        case "keep paused":
            actions.keep_paused(db(), pledge, scheme=scheme, **what)
        case "end":
            actions.end(db(), pledge, **what)
        case "appeal":
            uphold = form.outcome.data == "uphold"
            actions.answer_appeal(db(), pledge, uphold=uphold, scheme=scheme, **what)
        case _:
            actions.withdraw(db(), pledge, **what)
