"""The plan: what is overdue first; each action's page; the plan as a spreadsheet and a calendar."""

from datetime import date
from typing import TypeVar

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response as Answer

from accounts.models import Organisation
from endorsement import rules, versions
from endorsement.assessing import loading as assessing_loading
from endorsement.assessing.loading import OneStandard
from endorsement.assessing.queries import open_assessment
from endorsement.assessing.views import MINE
from endorsement.fields import in_words
from endorsement.framework import Framework, Standard
from endorsement.models import ImprovementAction
from endorsement.plan import actions, calendar, loading, queries, sheet
from endorsement.plan.forms import (
    ActionForm,
    DoneForm,
    DropForm,
    NewActionForm,
    OfferForm,
    facts_of,
)
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.sheets import download

bp = Blueprint("planning", __name__)
Kind = TypeVar("Kind", DoneForm, DropForm)


@bp.get(f"{MINE}/plan")
@allow(rules.may_see_quality, on=assessing_loading.organisation)
def plan(organisation: Organisation) -> Answer:
    found, today = queries.actions_of(db(), organisation), clock.today()
    return show(
        "endorsement/plan/plan.html",
        organisation=organisation,
        framework=_framework(organisation),
        overdue=[a for a in found if a.open and _late(a, today)],
        coming=[a for a in found if a.open and not _late(a, today)],
        done=sorted((a for a in found if a.done_on), key=_done_on, reverse=True),
        dropped=[a for a in found if a.dropped_on],
    )


@bp.route(f"{MINE}/plan/new", methods=["GET", "POST"])
@allow(rules.may_plan, on=assessing_loading.organisation)
def add(organisation: Organisation) -> Answer:
    """An action for a standard: the address's, or one that is chosen."""
    framework = _framework(organisation)
    if framework is None:
        return abort(404)
    empty = {"what": "", "who": "", "by_on": "", "young_people": ""}
    chosen = request.args.get("standard", "")
    form = NewActionForm({"standard": chosen, **empty}, new=True)
    form.offer(_of_its_track(organisation, framework, chosen))
    if form.sent():
        planned = form.planned()
        actions.add(db(), organisation, form.standard.data, planned, by=me(), at=clock.now())
        db().commit()
        return _to_plan(organisation)
    return show(
        "endorsement/plan/add.html", organisation=organisation, framework=framework, form=form
    )


@bp.route(f"{MINE}/plan/<reference>", methods=["GET", "POST"])
@allow(rules.may_see_quality, on=loading.action)
def action(action: ImprovementAction) -> Answer:
    """Look at it; who may, changes it."""
    form = ActionForm(facts_of(action))
    if request.method == "POST":
        may_change(action)
    if form.sent():
        actions.change(db(), action, form.planned(), by=me(), at=clock.now())
        db().commit()
        return _to_plan(action.organisation)
    return _action_page(action, form, _unsent(DoneForm), _unsent(DropForm))


@bp.post(f"{MINE}/plan/<reference>/done")
@allow(rules.may_plan, on=loading.action)
def finish(action: ImprovementAction) -> Answer:
    form = DoneForm()
    if not form.sent():
        return _action_page(action, _unchanged(action), form, _unsent(DropForm))
    on = form.on.day or clock.today()
    actions.finish(db(), action, on=on, note=form.note.data or "", by=me(), at=clock.now())
    db().commit()
    flash(
        _("Well done. It is ticked off. Is the standard in place now? Look at it again."), "success"
    )
    return _to_plan(action.organisation)


@bp.post(f"{MINE}/plan/<reference>/drop")
@allow(rules.may_plan, on=loading.action)
def drop(action: ImprovementAction) -> Answer:
    form = DropForm()
    if not form.sent():
        return _action_page(action, _unchanged(action), _unsent(DoneForm), form)
    actions.drop(db(), action, on=clock.today(), note=form.note.data or "", by=me(), at=clock.now())
    db().commit()
    return _to_plan(action.organisation)


@bp.post(f"{MINE}/plan/<reference>/open-again")
@allow(rules.may_plan, on=loading.action)
def open_again(action: ImprovementAction) -> Answer:
    actions.open_again(db(), action, by=me(), at=clock.now())
    db().commit()
    return redirect(_address(action), 303)


@bp.route(f"{MINE}/standards/<key>/help", methods=["GET", "POST"])
@allow(rules.may_offer_help, on=assessing_loading.standard)
def offer(at: OneStandard) -> Answer:
    """Offer help to others with a standard that is in place here."""
    standing = queries.own_offers(db(), at.organisation).get(at.standard.key)
    form = OfferForm(data={"words": standing.words if standing else ""})
    if form.sent():
        words = form.words.data or ""
        actions.offer_help(db(), at.organisation, at.standard.key, words, by=me(), at=clock.now())
        db().commit()
        said = _("Others can read your offer now.") if words else _("Your offer is taken back.")
        flash(said, "success")
        slug, key = at.organisation.slug, at.standard.key
        return redirect(url_for("assessing.standard", slug=slug, key=key), 303)
    return show(
        "endorsement/plan/offer.html",
        organisation=at.organisation,
        at=at,
        standing=standing,
        form=form,
    )


@bp.get(f"{MINE}/plan.xlsx")
@allow(rules.may_see_quality, on=assessing_loading.organisation)
def spreadsheet(organisation: Organisation) -> Response:
    found = queries.actions_of(db(), organisation)
    content = sheet.of_plan(found, _framework(organisation))
    return download(content, f"plan-{organisation.slug}")


@bp.get(f"{MINE}/plan.ics")
@allow(rules.may_see_quality, on=assessing_loading.organisation)
def ics(organisation: Organisation) -> Response:
    found = queries.actions_of(db(), organisation)
    content = calendar.of_plan(found, organisation, _framework(organisation), _address)
    return _download(content, "text/calendar; charset=utf-8", f"plan-{organisation.slug}.ics")


def may_change(action: ImprovementAction) -> None:
    """A viewer's post is refused as the buttons would be."""
    if rules.may_plan(me(), action) is not True:
        abort(403)


def _download(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _unsent(kind: type[Kind]) -> Kind:
    """A form of the page that was not the one sent: it knows nothing of what was posted."""
    return kind(formdata=None, data={"on": in_words(clock.today())})


def _unchanged(action: ImprovementAction) -> ActionForm:
    return ActionForm(facts_of(action), formdata=None)


def _action_page(
    action: ImprovementAction, form: ActionForm, done: DoneForm, drop: DropForm
) -> Answer:
    """Three forms stand on it; the one that was sent is the page's."""
    sent = {"planning.finish": done, "planning.drop": drop}.get(request.endpoint or "", form)
    return show(
        "endorsement/plan/action.html",
        organisation=action.organisation,
        action=action,
        standard=_standard(action),
        form=sent,
        change=form,
        done=done,
        drop=drop,
    )


def _of_its_track(organisation: Organisation, framework: Framework, chosen: str) -> list[Standard]:
    """Those it looks at, and the one that was asked for."""
    assessment = open_assessment(db(), organisation)
    track = assessment.track if assessment else framework.tracks[0].key
    on_track = framework.on_track(track)
    return [s for s in framework.standards if s in on_track or s.key == chosen]


def _standard(action: ImprovementAction) -> object:
    framework = _framework(action.organisation)
    return framework.by_key.get(action.standard) if framework else None


def _framework(organisation: Organisation) -> Framework | None:
    """Its assessment's; before there is one, the newest."""
    assessment = open_assessment(db(), organisation)
    version = assessment.framework_version if assessment else versions.newest(db())
    return version.framework if version else None


def _late(action: ImprovementAction, today: date) -> bool:
    return action.by_on is not None and action.by_on < today


def _done_on(action: ImprovementAction) -> date:
    return action.done_on or date.min


def _address(action: ImprovementAction, *, external: bool = False) -> str:
    return url_for(
        "planning.action",
        slug=action.organisation.slug,
        reference=action.reference,
        _external=external,
    )


def _to_plan(organisation: Organisation) -> Answer:
    return redirect(url_for("planning.plan", slug=organisation.slug), 303)
