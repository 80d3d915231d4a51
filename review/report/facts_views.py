"""The organisation checks the facts; the assessors answer them."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from endorsement.assessing.views import MINE
from endorsement.rules import may_see_quality
from review.models import Case
from review.report import facts, loading, queries, rules, shown
from review.report.forms import AnswerForm, FactForm, Press
from review.report.loading import OnePoint, OneStandard, SentPoint
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("facts", __name__)
HERE = f"{MINE}/cases/<reference>/report"


@bp.get(HERE)
@allow(may_see_quality, on=loading.own_report)
def own(case: Case) -> Response:
    return _own_page(case)


def _own_page(case: Case, status: int = 200) -> Response:
    return show(
        "review/report/own.html",
        status=status,
        case=case,
        organisation=case.organisation,
        whole=loading.WHOLE,
        **shown.organisation(case),
    )


@bp.route(f"{HERE}/facts/<key>", methods=["GET", "POST"])
@allow(rules.writes_facts, on=loading.own_point)
def write(at: OnePoint) -> Response:
    form = FactForm(at)
    if form.sent():
        facts.write_point(db(), at, form.text.data or "", by=me(), at=clock.now())
        db().commit()
        return _to_own(at.case)
    if form.clashes:
        parking.park()
    finding = shown.organisation(at.case)["findings"].get(at.key)
    return show("review/report/fact.html", form=form, at=at, case=at.case, finding=finding)


@bp.route(f"{HERE}/send", methods=["GET", "POST"])
@allow(rules.sends_facts, on=loading.own_report)
def send(case: Case) -> Response:
    form = Press()
    if form.sent():
        facts.send(db(), case, by=me(), at=clock.now(), scheme=current_app.extensions["scheme"])
        db().commit()
        points = case.report.fact_points if case.report else ()
        said = _("Sent. The assessors answer each point.") if points else _("Sent. Thank you.")
        flash(said, "success")
        return _to_own(case)
    return show("review/report/facts_send.html", form=form, case=case, **shown.organisation(case))


# The assessors answer

answering = Blueprint("fact_answers", __name__, url_prefix="/assess/<reference>/facts")


@answering.get("/")
@allow(rules.reads_report, on=loading.report)
def everything(case: Case) -> Response:
    points = loading.sent_points(case)
    return show("review/report/facts.html", case=case, points=points)


@answering.route("/<int:number>", methods=["GET", "POST"])
@allow(rules.answers_fact, on=loading.sent_point)
def answer(sent: SentPoint) -> Response:
    at, readings = _standard(sent), rules.readings_by_standard(sent.case)
    claim = queries.claims(db(), sent.case).get(sent.point.standard)
    form = AnswerForm(at, claim, readings.get(sent.point.standard, []))
    if form.sent():
        try:
            facts.answer(
                db(), sent, accepted=form.is_accepted, words=form.answer.data or "",
                found=form.found(), by=me(), at=clock.now(),
            )  # fmt: skip
        except Refused:
            db().rollback()
            return redirect(_list(sent.case), 303)
        db().commit()
        flash(_("Saved. The organisation can read your answer."), "success")
        return redirect(_list(sent.case), 303)
    return show("review/report/fact_answer.html", form=form, sent=sent, case=sent.case, at=at)


def _standard(sent: SentPoint) -> OneStandard | None:
    if sent.standard is None or sent.case.report is None:
        return None
    finding = next(f for f in sent.case.report.findings if f.standard == sent.point.standard)
    return OneStandard(sent.case, sent.standard, finding)


def _list(case: Case) -> str:
    return url_for("fact_answers.everything", reference=case.reference)


def _to_own(case: Case) -> Response:
    slug = case.organisation.slug
    return redirect(url_for("facts.own", slug=slug, reference=case.reference), 303)
