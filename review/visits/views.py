"""An assessor arranges the call or visit and writes it down; a young assessor fills in a sheet."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Person
from review.models import Case, Visit, VisitSheet
from review.rules import assesses_it_as_adult, is_assessor
from review.visits import actions, loading, queries, rules
from review.visits.forms import PlanForm, SeenForm, sheet_form
from review.visits.questions import questions
from review.workflow import TRANSITIONS
from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused, obstacles

bp = Blueprint("visits", __name__, url_prefix="/assess")


@bp.get("/<reference>/visits")
@allow(assesses_it_as_adult, on=loading.read_case)
def everything(case: Case) -> Response:
    return _page(case)


def _page(case: Case, status: int = 200) -> Response:
    return show(
        "review/visits/everything.html",
        status=status,
        case=case,
        visits=queries.visits(db(), case),
        level=case.framework.level_by_key[case.level],
        missing=obstacles(TRANSITIONS, "met", case, me()),
        questions=questions(),
    )


@bp.route("/<reference>/visits/arrange", methods=["GET", "POST"])
@allow(rules.plans_visits, on=loading.read_case)
def arrange(case: Case) -> Response:
    form = PlanForm(_may_come(case))
    if form.sent() and _tried(
        form, lambda: actions.arrange(db(), case, form.planned(), by=me(), at=clock.now())
    ):
        return _saved(case, _("Arranged. We have told the organisation."))
    return show("review/visits/arrange.html", form=form, case=case, visit=None)


@bp.route("/visits/<reference>/change", methods=["GET", "POST"])
@allow(rules.writes_visit, on=loading.visit)
def change(visit: Visit) -> Response:
    form = PlanForm(_may_come(visit.case), visit)
    if form.sent() and _tried(
        form, lambda: actions.change(db(), visit, form.planned(), by=me(), at=clock.now())
    ):
        return _saved(visit.case, _("Saved."))
    return show("review/visits/arrange.html", form=form, case=visit.case, visit=visit)


@bp.route("/visits/<reference>/record", methods=["GET", "POST"])
@allow(rules.writes_visit, on=loading.visit)
def record(visit: Visit) -> Response:
    form = SeenForm(visit)
    if form.sent():
        actions.write_down(db(), visit, form.told(), by=me(), at=clock.now())
        return _saved(visit.case, _("Saved."))
    return show("review/visits/record.html", form=form, case=visit.case, visit=visit)


@bp.post("/visits/<reference>/thank")
@allow(rules.of_the_visit, on=loading.visit)
def thank(visit: Visit) -> Response:
    for sheet in visit.sheets:
        actions.thank(db(), sheet, by=me(), at=clock.now())
    return _saved(visit.case, _("They read it on their sheet."))


@bp.post("/<reference>/visits/met")
@allow(assesses_it_as_adult, on=loading.read_case)
def met(case: Case) -> Response:
    try:
        actions.met(db(), case, by=me(), at=clock.now(), scheme=current_app.extensions["scheme"])
    except Refused:
        return _page(case, 422)
    db().commit()
    return redirect(url_for("assess.case", reference=case.reference), 303)


@bp.get("/sheets")
@allow(is_assessor)
def mine() -> Response:
    """A young assessor's own sheets, and the time they gave.  What became of a tied place's is
    not theirs to know."""
    sheets = loading.own_sheets(me())
    minutes = sum(sheet.minutes for sheet in sheets if sheet.sent_at)
    return show("review/visits/mine.html", sheets=sheets, minutes=minutes)


@bp.route("/sheets/<reference>", methods=["GET", "POST"])
@allow(signed_in, on=loading.sheet)
def sheet(sheet: VisitSheet) -> Response:
    """Whose it is reads it; once it is sent, it stays as it is."""
    if sheet.sent_at is not None:
        return show("review/visits/sheet_sent.html", sheet=sheet, questions=questions())
    form = sheet_form(sheet)
    send = request.form.get("then") == "send"
    if form.sent() and (not send or form.whole()):
        actions.write_sheet(db(), sheet, form.said(), send=send, by=me(), at=clock.now())
        db().commit()
        flash(_("Sent. Thank you.") if send else _("Saved. Nobody else sees it yet."), "success")
        return redirect(url_for("visits.sheet", reference=sheet.visit.reference), 303)
    return show("review/visits/sheet.html", form=form, sheet=sheet, questions=questions())


def _may_come(case: Case) -> list[Person]:
    scheme = current_app.extensions["scheme"]
    return queries.young_who_may_come(db(), case, clock.now(), scheme)


def _tried(form: PlanForm, do: Callable[[], object]) -> bool:
    """What the rule refuses stands beside who comes."""
    try:
        do()
    except Refused as refused:
        more_errors(form, "young" if "young" in form else "kind", *refused.reasons)
        return False
    return True


def _saved(case: Case, words: str) -> Response:
    db().commit()
    flash(words, "success")
    return redirect(url_for("visits.everything", reference=case.reference), 303)
