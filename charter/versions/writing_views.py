"""Writing in a draft: its words, its commitments, their order."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug import Response

from charter import rules as charter_rules
from charter.models import CharterDraft
from charter.versions import actions, changes, loading, queries, signs
from charter.versions.forms import (
    AddForm,
    CommitmentForm,
    Press,
    WholeForm,
    shape_of,
)
from charter.versions.states import OPEN_STATES
from charter.versions.views import DRAFT, bp
from web import clock, parking
from web.access import allow, me
from web.database import db
from web.forms import Form, more_errors
from web.pages import show
from web.workflow import Refused

ONE = f"{DRAFT}/commitments/<key>"
WAYS = (actions.UP, actions.DOWN)


@bp.route(f"{DRAFT}/words", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.draft)
def words(draft: CharterDraft) -> Response:
    """Its code, title and summary."""
    form = WholeForm({name: getattr(draft, name) for name in ("code", "title", "summary")})
    if draft.state not in OPEN_STATES:
        return _closed(draft, form)
    if form.sent():
        try:
            actions.write_whole(db(), draft, form.facts(), by=me(), at=clock.now())
            db().commit()
            return _back(draft)
        except Refused as refusal:
            db().rollback()
            more_errors(form, "code", *refusal.reasons)
    return _shared(show("charter/versions/words.html", draft=draft, form=form), form)


@bp.route(ONE, methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.commitment)
def commitment(at: loading.InDraft) -> Response:
    """One commitment.  Two who write in it are shown both texts, field by field."""
    draft, commitment = at.draft, at.commitment
    form = CommitmentForm(shape_of(commitment))
    if draft.state not in OPEN_STATES:
        return _closed(draft, form)
    if form.sent():
        actions.write_commitment(db(), draft, commitment, form.words(), by=me(), at=clock.now())
        db().commit()
        return _back(draft)
    before = {c.key: c for c in draft.based_on.commitments}.get(commitment.key)
    page = show(
        "charter/versions/commitment.html",
        draft=draft,
        commitment=commitment,
        before=before,
        form=form,
    )
    return _shared(page, form)


@bp.post(f"{ONE}/move")
@allow(charter_rules.is_officer, on=loading.commitment)
def move(at: loading.InDraft) -> Response:
    way = request.form.get("way", "")
    if way not in WAYS:
        abort(400)

    def do() -> None:
        actions.move_commitment(db(), at.draft, at.commitment, way, by=me(), at=clock.now())

    return _button(at.draft, do)


@bp.route(f"{ONE}/remove", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.commitment)
def remove(at: loading.InDraft) -> Response:
    """Out of the draft; while the draft is open it can be brought back."""
    form = Press()
    if form.sent():
        return _button(
            at.draft,
            lambda: actions.take_out(db(), at.draft, at.commitment, by=me(), at=clock.now()),
        )
    return show("charter/versions/remove.html", draft=at.draft, commitment=at.commitment, form=form)


@bp.post(f"{ONE}/bring-back")
@allow(charter_rules.is_officer, on=loading.gone)
def bring_back(at: loading.Gone) -> Response:
    return _button(
        at.draft, lambda: actions.bring_back(db(), at.draft, at.was, by=me(), at=clock.now())
    )


@bp.route(f"{DRAFT}/add", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.draft)
def add(draft: CharterDraft) -> Response:
    """A new commitment: a title and a sign first, its words on its own page."""
    taken = {c.key for v in queries.versions(db()) for c in v.commitments}
    taken |= {c.key for c in draft.commitments}
    form = AddForm()
    form.offer(signs.free(taken))
    if form.sent():
        title, at = form.title.data or "", clock.now()
        key = signs.key_for(form.sign.data, title, taken)
        try:
            made = actions.add_commitment(db(), draft, sign=key, title=title, by=me(), at=at)
            db().commit()
            where = url_for(".commitment", reference=draft.reference, key=made.key)
            return redirect(where, 303)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    gone = changes.between(draft.based_on, draft).of(changes.GONE)
    return show("charter/versions/add.html", draft=draft, gone=gone, form=form)


def _button(draft: CharterDraft, do: Any) -> Response:
    """What a button does; where it cannot be done now, the draft's page says why."""
    try:
        do()
        db().commit()
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return _back(draft)


def _back(draft: CharterDraft) -> Response:
    return redirect(url_for(".draft", reference=draft.reference), 303)


def _shared(page: Response, form: Any) -> Response:
    if form.clashes:
        parking.park()  # should the phone go flat now, the typed text is still there
    return page


def _closed(draft: CharterDraft, form: Form) -> Response:
    """It was published or thrown away meanwhile: what was typed comes back with the reason."""
    typed = [
        (str(field.label.text), field.data)
        for field in form
        if field.type in ("StringField", "TextAreaField") and field.data
    ]
    posted = request.method == "POST"
    page = show("charter/versions/closed.html", draft=draft, typed=typed if posted else [])
    if posted:
        parking.park()
        page.status_code = 409
    return page
