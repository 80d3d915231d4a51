"""Checking together: the lead assessors' list, a case, a standard of it."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from review.models import Case
from review.moderation import actions, loading, queries, rules
from review.moderation.forms import BackForm, SettleForm
from review.report import shown
from review.report.loading import OneStandard, sent_points
from review.rules import is_lead_assessor
from review.workflow import TRANSITIONS
from steering import queries as steering
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.scheme import Scheme
from web.workflow import Refused, obstacles

bp = Blueprint("moderate", __name__, url_prefix="/moderate")


@bp.get("/")
@allow(is_lead_assessor)
def queue() -> Response:
    tied = steering.organisations_barred(db(), me(), clock.now(), _scheme())
    cases = queries.to_check(db(), me(), tied, page_asked())
    return show("review/moderation/queue.html", cases=cases)


@bp.get("/<reference>")
@allow(rules.moderates, on=loading.case)
def case(case: Case) -> Response:
    return _page(case)


def _page(case: Case, status: int = 200) -> Response:
    return show(
        "review/moderation/case.html",
        status=status,
        case=case,
        points=sent_points(case),
        left=obstacles(TRANSITIONS, "moderate", case, me()),
        **shown.overview(case),
    )


@bp.route("/<reference>/standards/<key>", methods=["GET", "POST"])
@allow(rules.moderates_standard, on=loading.standard)
def standard(at: OneStandard) -> Response:
    form = SettleForm(at)
    if form.sent():
        words = form.reason.data or ""
        actions.settle(db(), at, form.chosen(), words, by=me(), at=clock.now())
        db().commit()
        flash(_("Saved."), "success")
        return redirect(url_for("moderate.case", reference=at.case.reference), 303)
    line = next(x for x in shown.lines_of(at.case) if x.standard == at.standard)
    readers = shown.readers(at.case)
    return show(
        "review/moderation/standard.html",
        form=form, at=at, case=at.case, line=line, readers=readers,
    )  # fmt: skip


@bp.post("/<reference>/pass-on")
@allow(rules.moderates, on=loading.case)
def pass_on(case: Case) -> Response:
    try:
        actions.pass_on(db(), case, by=me(), at=clock.now(), scheme=_scheme())
    except Refused:
        return _page(case, 422)
    db().commit()
    flash(_("Passed on to the panel."), "success")
    return redirect(url_for("moderate.queue"), 303)


@bp.route("/<reference>/back", methods=["GET", "POST"])
@allow(rules.moderates, on=loading.case)
def back(case: Case) -> Response:
    form = BackForm()
    if form.sent():
        actions.send_back(
            db(), case, form.note.data or "", by=me(), at=clock.now(), scheme=_scheme()
        )
        db().commit()
        flash(_("Sent back. The assessors read your note."), "success")
        return redirect(url_for("moderate.queue"), 303)
    return show("review/moderation/back.html", form=form, case=case)


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found
