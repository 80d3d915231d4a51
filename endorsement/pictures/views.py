"""The page of pictures."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement import levels, progress, rules
from endorsement.assessing import actions, loading, queries
from endorsement.assessing.views import MINE
from endorsement.models import Assessment
from endorsement.pictures import burn_down, profile
from endorsement.plan import queries as plan_queries
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import long_date, show

bp = Blueprint("pictures", __name__)
NOW = "now"


@bp.get(f"{MINE}/pictures")
@allow(rules.may_see_quality, on=loading.organisation)
def pictures(organisation: Organisation) -> Response:
    assessment = queries.open_assessment(db(), organisation)
    if assessment is None:
        return redirect(url_for("assessing.overview", slug=organisation.slug), 303)
    days = _days(organisation, assessment)
    now, earlier = days[-1], days[:-1]
    other = _chosen(earlier)
    standards = assessment.framework.on_track(assessment.track)
    return show(
        "endorsement/pictures/pictures.html",
        organisation=organisation,
        assessment=assessment,
        framework=assessment.framework,
        standards=standards,
        now=now,
        earlier=earlier,
        other=other,
        bars=profile.bars(
            assessment.framework, standards, now.ratings, other.ratings if other else None
        ),
        distance=profile.distance(days, standards),
        months=burn_down.burn_down(plan_queries.actions_of(db(), organisation), clock.today()),
        years=queries.earlier(db(), organisation),
    )


@bp.post(f"{MINE}/pictures")
@allow(rules.may_assess, on=loading.assessment)
def keep(assessment: Assessment) -> Response:
    """Keep today's ratings to compare with later.  Pressed twice in one day, one is kept."""
    kept = queries.points(db(), assessment.organisation)
    now = progress.ratings_of(assessment)
    if not (kept and kept[-1].ratings == now and _day(kept[-1].at) == _day(clock.now())):
        actions.keep_point(db(), assessment, by=me(), at=clock.now())
        db().commit()
        flash(_("Today’s points are kept."), "success")
    return redirect(url_for("pictures.pictures", slug=assessment.organisation.slug), 303)


def _days(organisation: Organisation, assessment: Assessment) -> list[profile.Day]:
    """All that was kept, oldest first, and today last."""
    kept = [
        profile.Day(
            point.at,
            point.why,
            point.ratings,
            point.level,
            point.assessment.framework,
            point.assessment.reference if point.assessment.ended_at else "",
        )
        for point in queries.points(db(), organisation)
    ]
    framework, track = assessment.framework, assessment.track
    level = levels.reached(framework, track, progress.standing_of(assessment))
    ratings = progress.ratings_of(assessment)
    today = profile.Day(clock.now(), NOW, ratings, level.key if level else None, framework)
    return [*kept, today]


def _chosen(earlier: Sequence[profile.Day]) -> profile.Day | None:
    """The day of the address, else the first of all: how far they came."""
    wanted = request.args.get("day", "")
    by_number = {str(n): day for n, day in enumerate(earlier, start=1)}
    return by_number.get(wanted, earlier[0] if earlier else None)


def _day(moment: datetime) -> str:
    return long_date(moment)
