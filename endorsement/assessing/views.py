"""The overview of a self-assessment, how it begins, its track, its history and its next year."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement import progress, rules, versions
from endorsement.assessing import actions, acts, loading, queries, shown
from endorsement.assessing.forms import ChangeTrackForm, Press, TrackForm
from endorsement.framework import Framework
from endorsement.framework.changes import between
from endorsement.models import Assessment
from endorsement.plan import queries as plan_queries
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("assessing", __name__)
MINE = "/my/organisations/<slug>/quality"


@bp.get(MINE)
@allow(rules.may_see_quality, on=loading.organisation)
def overview(organisation: Organisation) -> Response:
    assessment = queries.open_assessment(db(), organisation)
    if assessment is None:
        return _start_page(organisation)
    planned = plan_queries.actions_of(db(), organisation)
    return show(
        "endorsement/assessing/overview.html",
        organisation=organisation,
        assessment=assessment,
        newer=_newer_version(assessment),
        **shown.overview(assessment, planned, clock.today(), db()),
    )


@bp.post(MINE)
@allow(rules.may_plan, on=loading.organisation)
def begin(organisation: Organisation) -> Response:
    version = versions.newest(db())
    if version is None:
        return abort(404)
    framework = version.framework
    form = TrackForm(framework.small_track_questions)
    if not form.sent():
        return _start_page(organisation, form)
    actions.begin(
        db(),
        organisation,
        version,
        track=_track_for(framework, form),
        four_tuesdays=bool(form.four_tuesdays.data),
        by=me(),
        at=clock.now(),
    )
    db().commit()
    return _to_overview(organisation)


def _start_page(organisation: Organisation, form: TrackForm | None = None) -> Response:
    version = versions.newest(db())
    if version is None:
        return show("endorsement/assessing/no_framework.html", organisation=organisation)
    questions = version.framework.small_track_questions
    return show(
        "endorsement/assessing/start.html",
        organisation=organisation,
        version=version,
        framework=version.framework,
        form=form or TrackForm(questions),
    )


def _track_for(framework: Framework, form: TrackForm) -> str:
    """Yes to all of the plain questions leads to the last track, that of small groups."""
    small = bool(framework.small_track_questions) and form.all_yes()
    return framework.tracks[-1 if small else 0].key


@bp.route(f"{MINE}/track", methods=["GET", "POST"])
@allow(rules.may_assess, on=loading.assessment)
def track(assessment: Assessment) -> Response:
    form = ChangeTrackForm(
        data={"track": assessment.track, "four_tuesdays": assessment.four_tuesdays}
    )
    form.offer(assessment.framework.tracks)
    if form.sent():
        actions.choose_track(
            db(),
            assessment,
            track=form.track.data,
            four_tuesdays=bool(form.four_tuesdays.data),
            by=me(),
            at=clock.now(),
        )
        db().commit()
        return _to_overview(assessment.organisation)
    return show(
        "endorsement/assessing/track.html",
        organisation=assessment.organisation,
        assessment=assessment,
        form=form,
    )


@bp.get(f"{MINE}/history")
@allow(rules.may_see_quality, on=loading.assessment)
def history(assessment: Assessment) -> Response:
    """Who changed what: answers with what stood there before, steps, and evidence."""
    found = acts.history(db(), assessment, page_asked())
    return show(
        "endorsement/assessing/history.html",
        organisation=assessment.organisation,
        assessment=assessment,
        changes=found,
        sittings=acts.by_sitting(found),
    )


@bp.get(f"{MINE}/print")
@allow(rules.may_see_quality, on=loading.assessment)
def on_paper(assessment: Assessment) -> Response:
    """All of it on paper: what is written, and lines to write on."""
    return _whole(assessment, "endorsement/assessing/print.html")


@bp.get(f"{MINE}/earlier/<reference>")
@allow(rules.may_see_quality, on=loading.earlier)
def earlier(assessment: Assessment) -> Response:
    """A year that is over, as it stood when it ended."""
    return _whole(assessment, "endorsement/assessing/earlier.html")


def _whole(assessment: Assessment, template: str) -> Response:
    planned = plan_queries.actions_of(db(), assessment.organisation)
    lines = progress.lines_of(assessment, planned)
    return show(
        template,
        organisation=assessment.organisation,
        assessment=assessment,
        framework=assessment.framework,
        areas=progress.by_area(assessment.framework, lines),
        planned=planned,
    )


@bp.route(f"{MINE}/next-year", methods=["GET", "POST"])
@allow(rules.may_assess, on=loading.assessment)
def next_year(assessment: Assessment) -> Response:
    """Close this year's, and go on from it: also the way to a newer version of the framework."""
    version = versions.newest(db())
    if version is None:
        return abort(404)
    form = Press()
    if form.sent():
        made = actions.begin_next_year(db(), assessment, version, by=me(), at=clock.now())
        db().commit()
        flash(_("Your new self-assessment starts from the last one."), "success")
        return _to_overview(made.organisation)
    return show(
        "endorsement/assessing/next_year.html",
        organisation=assessment.organisation,
        assessment=assessment,
        version=version,
        changes=between(assessment.framework, version.framework),
        form=form,
    )


def _newer_version(assessment: Assessment) -> object:
    """The framework's newest version, where this assessment stands on an earlier one."""
    newest = versions.newest(db())
    same = newest is None or newest.id == assessment.framework_version_id
    return None if same else newest


def _to_overview(organisation: Organisation) -> Response:
    return redirect(url_for("assessing.overview", slug=organisation.slug), 303)
