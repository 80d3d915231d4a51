"""Writing in a draft: its standards, areas, levels, tracks and points."""

from collections.abc import Callable
from typing import Any

from flask import flash

from accounts.rules import is_officer
from endorsement.drafting import actions, document, loading
from endorsement.drafting.forms import (
    AreaForm,
    LevelForm,
    WholeForm,
    shape_of,
    shape_of_level,
    standard_form,
)
from endorsement.drafting.views import bp
from endorsement.drafting.whole_forms import (
    TrackForm,
    WaysForm,
    scale_form,
    shape_of_ways,
    with_scale,
)
from endorsement.models import FrameworkDraft
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.drafting.forms import Press
from web.drafting.states import OPEN_STATES
from web.drafting.views import DRAFT, back, closed
from web.pages import show
from web.workflow import Refused


@bp.route(f"{DRAFT}/words", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def words(draft: FrameworkDraft) -> Any:
    """Its code, title and summary."""
    form = WholeForm({name: draft.text[name] for name in ("code", "title", "summary")})
    page = "endorsement/drafting/words.html"
    return _write(draft, form, page, lambda: document.with_whole(draft.text, form.facts()))


@bp.route(f"{DRAFT}/areas/<key>", methods=["GET", "POST"])
@allow(is_officer, on=loading.an_area)
def an_area(at: loading.InDraft) -> Any:
    facts = {"name": at.told["name"], "about": at.told["about"]}
    form = AreaForm(facts | {"always_applies": bool(at.told.get("always_applies"))})

    def text() -> document.Text:
        return document.with_one(at.draft.text, "areas", at.key, form.told())

    return _write(at.draft, form, "endorsement/drafting/area.html", text, told=at.told)


@bp.route(f"{DRAFT}/levels/<key>", methods=["GET", "POST"])
@allow(is_officer, on=loading.level)
def level(at: loading.InDraft) -> Any:
    """A level's words and its rules; the rules in the words of the file."""
    framework = document.framework_of(at.draft)
    form = LevelForm(shape_of_level(at.told), framework, at.key)
    now = framework.level_by_key[at.key]

    def text() -> document.Text:
        return document.with_one(at.draft.text, "levels", at.key, form.told())

    page = "endorsement/drafting/level.html"
    return _write(at.draft, form, page, text, told=at.told, level=now, framework=framework)


@bp.route(f"{DRAFT}/tracks/<key>", methods=["GET", "POST"])
@allow(is_officer, on=loading.track)
def track(at: loading.InDraft) -> Any:
    """Big or small places: which standards they are asked."""
    form = TrackForm(at.told, document.framework_of(at.draft))

    def text() -> document.Text:
        return document.with_one(at.draft.text, "tracks", at.key, form.told())

    return _write(at.draft, form, "endorsement/drafting/track.html", text, told=at.told)


@bp.route(f"{DRAFT}/scale", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def scale(draft: FrameworkDraft) -> Any:
    """The names and meanings of its points."""
    form, page = scale_form(draft.text), "endorsement/drafting/scale.html"
    return _write(draft, form, page, lambda: with_scale(draft.text, form))


@bp.route(f"{DRAFT}/ways", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def ways(draft: FrameworkDraft) -> Any:
    """How one works through it: small places, first evenings, young assessors."""
    form, page = WaysForm(shape_of_ways(draft.text)), "endorsement/drafting/ways.html"
    return _write(draft, form, page, lambda: document.with_whole(draft.text, form.told()))


@bp.route(f"{DRAFT}/standards/<key>", methods=["GET", "POST"])
@allow(is_officer, on=loading.standard)
def standard(at: loading.InDraft) -> Any:
    """One standard.  Two who write in it are shown both texts, field by field."""
    framework = document.framework_of(at.draft)
    form = standard_form(framework, shape_of(at.told, framework))
    page = "endorsement/drafting/standard.html"
    before = at.draft.based_on.framework.by_key.get(at.key)
    kept = {k: at.told[k] for k in ("training",) if k in at.told}

    def text() -> document.Text:
        return document.with_one(at.draft.text, "standards", at.key, kept | form.told())

    return _write(at.draft, form, page, text, told=at.told, before=before)


@bp.route(f"{DRAFT}/add", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def add(draft: FrameworkDraft) -> Any:
    """A new standard, at the end of its area."""
    framework = document.framework_of(draft)
    form = standard_form(framework, shape_of({}, framework) | {"key": ""}, new=True)

    def text() -> document.Text:
        return document.with_new_standard(draft.text, form.key.data or "", form.told())

    return _write(draft, form, "endorsement/drafting/add.html", text)


@bp.route(f"{DRAFT}/standards/<key>/remove", methods=["GET", "POST"])
@allow(is_officer, on=loading.standard)
def remove(at: loading.InDraft) -> Any:
    """Out of the draft; one that ever stood is retired, and the page says so."""
    form = Press()
    if form.sent():
        return _button(
            at.draft, lambda: actions.take_out(db(), at.draft, at.key, by=me(), at=clock.now())
        )
    stood = at.draft.based_on.framework.by_key.get(at.key)
    page = "endorsement/drafting/remove.html"
    return show(page, draft=at.draft, told=at.told, stood=stood, form=form)


@bp.post(f"{DRAFT}/standards/<key>/bring-back")
@allow(is_officer, on=loading.retired)
def bring_back(at: loading.InDraft) -> Any:
    return _button(
        at.draft, lambda: actions.bring_back(db(), at.draft, at.key, by=me(), at=clock.now())
    )


def _write(
    draft: FrameworkDraft,
    form: Any,
    page: str,
    text: Callable[[], document.Text],
    **more: Any,
) -> Any:
    """Show a page of fields, or save what they hold.  Two who write are shown both texts."""
    if draft.state not in OPEN_STATES:
        return closed(draft, form)
    if form.sent():
        try:
            actions.change(db(), draft, text(), by=me(), at=clock.now())
            db().commit()
            return back(draft)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    shown = show(page, draft=draft, form=form, **more)
    if form.clashes:
        parking.park()  # should the phone go flat now, the typed text is still there
    return shown


def _button(draft: FrameworkDraft, do: Callable[[], None]) -> Any:
    """What a button does; where it cannot be done now, the draft's page says why."""
    try:
        do()
        db().commit()
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return back(draft)
