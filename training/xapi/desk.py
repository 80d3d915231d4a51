"""The Charter team's side: tokens, and what platforms sent that nobody could place."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.rules import is_officer
from training import versions
from training.models import LearningActivity, LearningActor, LearningPlatform
from training.xapi import queries, settling
from training.xapi.forms import NONE, ActivityForm, ActorForm, PlatformForm
from web import clock
from web.access import allow, me
from web.database import READING, db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("learning", __name__, url_prefix="/team/learning")


def _found(model: Any, person: Any, reference: str) -> Any:
    if is_officer(person) is not True:
        return None
    return queries.one(db(), model, reference, lock=request.method not in READING)


def platform_from_url(person: Any, reference: str) -> LearningPlatform | None:
    found: LearningPlatform | None = _found(LearningPlatform, person, reference)
    return found


def activity_from_url(person: Any, reference: str) -> LearningActivity | None:
    found: LearningActivity | None = _found(LearningActivity, person, reference)
    return found


def actor_from_url(person: Any, reference: str) -> LearningActor | None:
    found: LearningActor | None = _found(LearningActor, person, reference)
    return found


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    return _page(PlatformForm(None))


@bp.post("/")
@allow(is_officer)
def issue() -> Response:
    """The token is on the page that answers and nowhere else, so it does not lead on."""
    form = PlatformForm()
    if not form.sent():
        return _page(form)
    made, token = settling.issue(db(), form.name.data or "", by=me(), at=clock.now())
    db().commit()
    page = show("training/xapi/token.html", platform=made, token=token)
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.post("/platforms/<reference>/revoke")
@allow(is_officer, on=platform_from_url)
def revoke(platform: LearningPlatform) -> Response:
    settling.revoke(db(), platform, by=me(), at=clock.now())
    db().commit()
    flash(_("The token is revoked. What was sent before stays."), "success")
    return _back()


@bp.route("/courses/<reference>", methods=["GET", "POST"])
@allow(is_officer, on=activity_from_url)
def activity(activity: LearningActivity) -> Response:
    """Which module a course is."""
    version = versions.newest(db())
    said = activity.module or NONE if activity.mapped_at else None  # nothing is chosen for them
    form = ActivityForm(data={"module": said, "trusted": activity.trusted})
    if version is not None:
        form.offer(version.pathways)
    if form.sent() and version is not None:
        settling.map_activity(
            db(), activity, form.chosen, trusted=bool(form.trusted.data),
            pathways=version.pathways, by=me(), at=clock.now(),
        )  # fmt: skip
        db().commit()
        flash(_("Saved. What waited for it goes on."), "success")
        return _back()
    return show("training/xapi/activity.html", activity=activity, form=form)


@bp.route("/people/<reference>", methods=["GET", "POST"])
@allow(is_officer, on=actor_from_url)
def actor(actor: LearningActor) -> Response:
    """Whose account it is; with no address, nobody's of ours."""
    form = ActorForm()
    if form.sent():
        try:
            settling.settle_actor(db(), actor, form.email.data or "", by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "email", *refused.reasons)
        else:
            db().commit()
            flash(_("Saved. What waited for it goes on."), "success")
            return _back()
    return show("training/xapi/actor.html", actor=actor, form=form)


def _page(form: PlatformForm) -> Response:
    return show(
        "training/xapi/everything.html",
        platforms=queries.platforms(db()),
        new=queries.activities(db(), mapped=False),
        mapped=queries.activities(db(), mapped=True),
        actors=queries.unknown_actors(db()),
        version=versions.newest(db()),
        form=form,
    )


def _back() -> Response:
    return redirect(url_for(".everything"), 303)
