"""Asking and taking back, for assessors; answering and more time, for the organisation."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.rules import may_edit_organisation
from endorsement.assessing.views import MINE
from review import loading as cases
from review.desk import loading, questions, rules
from review.desk.forms import AnswerForm, AskForm, Press
from review.desk.loading import OnePage, OneQuestion
from review.desk.views import ONE, bp
from review.models import Case, Question
from web import clock
from web.access import Verdict, allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

own = Blueprint("own_questions", __name__)
ASKED = f"{MINE}/cases/<reference>/questions/<question>"


@dataclass(frozen=True)
class Asked:
    """A question, as the organisation that was asked knows it."""

    case: Case
    question: Question


def _asked(person: Any, slug: str, reference: str, question: str) -> Asked | None:
    case = cases.own_case(person, slug, reference)
    found = (q for q in case.questions if q.reference == question) if case else iter(())
    one = next(found, None)
    return Asked(case, one) if case and one else None


def _may_answer(person: Any, at: Asked) -> Verdict:
    return may_edit_organisation(person, at.case.organisation)


def _how() -> dict[str, Any]:
    return {"by": me(), "at": clock.now(), "scheme": current_app.extensions["scheme"]}


@bp.route(f"{ONE}/ask", methods=["GET", "POST"])
@allow(rules.may_ask, on=loading.page)
def ask(at: OnePage) -> Response:
    form = AskForm()
    if form.sent():
        questions.ask(db(), at.reader, at.standard, form.text.data or "", **_how())
        db().commit()
        flash(_("Your question was sent. They read “an assessor”, not your name."), "success")
        return _to_page(at.case, at.standard.key)
    return show("review/desk/ask.html", form=form, at=at, case=at.case)


@bp.route("/<reference>/questions/<question>/take-back", methods=["GET", "POST"])
@allow(rules.may_see_papers, on=loading.question)
def take_back(at: OneQuestion) -> Response:
    form = Press()
    if form.sent():
        if at.question.closed_at is None:
            questions.take_back(db(), at.question, **_how())
            db().commit()
        return _to_page(at.case, at.question.standard)
    return show("review/desk/take_back.html", form=form, at=at, case=at.case)


@own.route(ASKED, methods=["GET", "POST"])
@allow(_may_answer, on=_asked)
def answer(at: Asked) -> Response:
    """One answer to each; who was quicker is shown to whoever comes second."""
    form = AnswerForm()
    if at.question.closed_at is not None:
        return _to_case(at)
    if form.sent():
        questions.answer(db(), at.question, form.answer.data or "", **_how())
        db().commit()
        flash(_("Your answer was sent."), "success")
        return _to_case(at)
    page, scheme = "review/desk/answer.html", current_app.extensions["scheme"]
    left = scheme.clocks.endorsement.extensions - at.question.extended
    return show(
        page, form=form, case=at.case, question=at.question, more_time=left > 0,
        standard=at.case.framework.by_key[at.question.standard],
        organisation=at.case.organisation,
    )  # fmt: skip


@own.post(f"{ASKED}/more-time")
@allow(_may_answer, on=_asked)
def more_time(at: Asked) -> Response:
    try:
        questions.more_time(db(), at.question, **_how())
    except Refused as refused:
        flash(" ".join(refused.reasons))
        return _to_case(at)
    db().commit()
    flash(_("You have more time now."), "success")
    return _to_case(at)


def _to_page(case: Case, key: str) -> Response:
    return redirect(url_for("assess.standard", reference=case.reference, key=key), 303)


def _to_case(at: Asked) -> Response:
    slug, reference = at.case.organisation.slug, at.case.reference
    return redirect(url_for("own_case.case", slug=slug, reference=reference), 303)
