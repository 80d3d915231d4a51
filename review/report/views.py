"""The assessors write the report together, and send it to the organisation."""

from flask import Blueprint, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from review.models import Case, Condition
from review.report import actions, loading, queries, rules, shown
from review.report.forms import (
    ConditionForm,
    FindingForm,
    LevelForm,
    Press,
    WordsForm,
    facts_of,
    words_of,
)
from review.report.loading import OneStandard
from review.report.reading_age import WANTED, reading_age
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.merging import SharedForm, opened_as
from web.pages import show
from web.scheme import Scheme
from web.workflow import Refused

bp = Blueprint("report", __name__, url_prefix="/assess/<reference>/report")


@bp.get("/")
@allow(rules.reads_report, on=loading.report)
def overview(case: Case) -> Response:
    return show("review/report/overview.html", case=case, **shown.overview(case))


@bp.get("/standards/<key>")
@allow(rules.reads_standard, on=loading.standard)
def standard(at: OneStandard) -> Response:
    return _standard_page(at, FindingForm(at, _claim(at)))


@bp.post("/standards/<key>")
@allow(rules.writes_standard, on=loading.standard)
def save(at: OneStandard) -> Response:
    form = FindingForm(at, _claim(at))
    if form.sent():
        _write(at, form)
        db().commit()
        return redirect(_onward(at), 303)
    if form.clashes:
        parking.park()
    return _standard_page(at, form)


@bp.post("/standards/<key>/typed")
@allow(rules.writes_standard, on=loading.standard)
def typed(at: OneStandard) -> tuple[Response, int]:
    """What stands in the page right now, as in endorsement.assessing: 200, 409 or 422."""
    form = FindingForm(at, _claim(at))
    if form.sent():
        _write(at, form)
        db().commit()
        return _kept(opened_as(facts_of(at.finding)))
    return _not_kept(form)


@bp.route("/words", methods=["GET", "POST"])
@allow(rules.writes_report, on=loading.report)
def words(case: Case) -> Response:
    """The summary, and the same in plain words."""
    form = WordsForm(case.report)
    if form.sent():
        actions.write_words(db(), case, form.summary.data or "", form.plain.data or "", by=me())
        return _saved(case)
    if form.clashes:
        parking.park()
    age = reading_age(form.plain.data or "")
    return show("review/report/words.html", form=form, case=case, age=age, wanted=WANTED)


@bp.post("/words/typed")
@allow(rules.writes_report, on=loading.report)
def words_typed(case: Case) -> tuple[Response, int]:
    form = WordsForm(case.report)
    if form.sent():
        actions.write_words(db(), case, form.summary.data or "", form.plain.data or "", by=me())
        db().commit()
        return _kept(opened_as(words_of(case.report)))
    return _not_kept(form)


@bp.route("/level", methods=["GET", "POST"])
@allow(rules.writes_report, on=loading.report)
def level(case: Case) -> Response:
    form = LevelForm(case)
    if form.sent():
        actions.recommend(db(), case, form.chosen(), by=me(), at=clock.now())
        return _saved(case)
    sought = case.framework.level_by_key[case.level]
    return show("review/report/level.html", form=form, case=case, sought=sought)


@bp.route("/conditions", methods=["GET", "POST"])
@allow(rules.writes_report, on=loading.report)
def condition(case: Case) -> Response:
    """Propose one."""
    form = ConditionForm(case)
    if form.sent() and form.by_on.day:
        try:
            actions.propose(
                db(), case, form.standard.data, form.what.data or "", form.by_on.day,
                by=me(), at=clock.now(), scheme=_scheme(),
            )  # fmt: skip
            return _saved(case)
        except Refused as refused:
            more_errors(form, "by_on", *refused.reasons)
    months = _scheme().clocks.endorsement.condition_months
    return show("review/report/condition.html", form=form, case=case, months=months)


@bp.route("/send", methods=["GET", "POST"])
@allow(rules.writes_report, on=loading.report)
def send(case: Case) -> Response:
    form = Press()
    if form.sent():
        try:
            actions.send(
                db(), case, list(queries.conditions(db(), case)), by=me(), at=clock.now(),
                scheme=_scheme(),
            )  # fmt: skip
        except Refused:
            return _send_page(case, form, 422)
        db().commit()
        flash(_("Sent. The organisation checks the facts now."), "success")
        return _to_overview(case)
    return _send_page(case, form)


def _send_page(case: Case, form: Press, status: int = 200) -> Response:
    facts = shown.overview(case)
    return show("review/report/send.html", status=status, form=form, case=case, **facts)


conditions = Blueprint("report_conditions", __name__, url_prefix="/assess/conditions")


@conditions.post("/<reference>/drop")
@allow(rules.writes_condition, on=loading.condition)
def drop(condition: Condition) -> Response:
    actions.drop(db(), condition, by=me(), at=clock.now())
    return _saved(condition.case)


def _write(at: OneStandard, form: FindingForm) -> None:
    actions.write_finding(db(), at.case, at.standard, form.found(), by=me(), at=clock.now())


def _claim(at: OneStandard) -> object:
    return queries.claims(db(), at.case).get(at.standard.key)


def _standard_page(at: OneStandard, form: FindingForm) -> Response:
    line = next(x for x in shown.lines_of(at.case) if x.standard == at.standard)
    return show(
        "review/report/standard.html",
        form=form,
        at=at,
        case=at.case,
        line=line,
        readers=shown.readers(at.case),
        changes=at.finding.changes,
    )


def _onward(at: OneStandard) -> str:
    """The next standard, or the list."""
    keys, reference = [s.key for s in at.case.standards], at.case.reference
    place = keys.index(at.standard.key) + 1
    if request.form.get("then") == "list" or place == len(keys):
        return url_for("report.overview", reference=reference)
    return url_for("report.standard", reference=reference, key=keys[place])


def _kept(opened: str) -> tuple[Response, int]:
    now = clock.london(clock.now())
    return jsonify(saved=_("Saved at %(time)s", time=f"{now:%H:%M}"), opened=opened), 200


def _not_kept(form: SharedForm) -> tuple[Response, int]:
    if form.clashes:
        sentence = _(
            "Not saved: the other assessor wrote here while you were typing. Press “Save” to see "
            "both texts. Nothing is lost."
        )
        return jsonify(wrong=sentence), 409
    first = next(iter(form.errors.values()))[0] if form.errors else ""
    return jsonify(wrong=_("Not saved yet. %(why)s", why=first)), 422


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


def _saved(case: Case) -> Response:
    db().commit()
    flash(_("Saved."), "success")
    return _to_overview(case)


def _to_overview(case: Case) -> Response:
    return redirect(url_for("report.overview", reference=case.reference), 303)
