"""The Charter team's pages for versions: the list, the draft, its moves."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from charter import rules as charter_rules
from charter.models import CharterDraft
from charter.queries import current_charter
from charter.versions import actions, changes, loading, queries, rules, text
from charter.versions.forms import ApprovalForm, DiscardForm, Press, PublishForm
from charter.versions.states import APPROVED, OPEN_STATES
from charter.versions.workflow import transitions
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import show
from web.workflow import Refused, obstacles

bp = Blueprint("versions", __name__, url_prefix="/team/charter")
DRAFT = "/drafts/<reference>"
READ_AGAIN = "This was changed after you opened the page. Read it again, then go on."


@bp.get("/")
@allow(charter_rules.is_officer)
def everything() -> Response:
    """The published versions and the draft, if there is one."""
    drafts = queries.drafts(db())
    return show(
        "charter/versions/everything.html",
        versions=queries.versions(db()),
        draft=next((d for d in drafts if d.state in OPEN_STATES), None),
        earlier=[d for d in drafts if d.state not in OPEN_STATES],
        form=Press(),
    )


@bp.post("/begin")
@allow(charter_rules.is_officer)
def begin() -> Response:
    """Two who begin at once meet in one draft."""
    version = current_charter(db())
    if version is None:
        abort(503)
    draft = actions.begin(db(), version, by=me(), at=clock.now())
    if draft.began_by_id != me().id:
        flash(_("%(name)s began this draft already. You can write in it too.",
                name=draft.began_by.name))  # fmt: skip
    db().commit()
    return redirect(url_for(".draft", reference=draft.reference), 303)


@bp.get(DRAFT)
@allow(charter_rules.is_officer, on=loading.draft)
def draft(draft: CharterDraft) -> Response:
    return show("charter/versions/draft.html", **_known(draft))


def _known(draft: CharterDraft) -> dict[str, Any]:
    found = changes.between(draft.based_on, draft)
    moves = transitions(example=example_mode())
    verb = "publish" if draft.state == APPROVED or not example_mode() else "publish as example"
    return {
        "draft": draft,
        "open": draft.state in OPEN_STATES,
        "changes": found,
        "kinds": {key: change.kind for key, change in found.by_key().items()},
        "gone": found.of(changes.GONE),
        "unfinished": {c.key for c in draft.commitments if text.empty_fields(c)},
        "approval": draft.approvals[-1] if draft.approvals else None,
        "agreed": draft.approvals and rules.is_agreed(draft) is True,
        "before_approval": obstacles(moves, "approve", draft, me()),
        "before_publishing": obstacles(moves, verb, draft, me()) if verb in moves else [],
        "may_be_example": verb == "publish as example",
    }


@bp.get(f"{DRAFT}/changes")
@allow(charter_rules.is_officer, on=loading.draft)
def what_changed(draft: CharterDraft) -> Response:
    """Against the version it was begun from, as everybody will read it."""
    found = changes.between(draft.based_on, draft)
    return show("charter/versions/changes.html", draft=draft, older=draft.based_on, changes=found)


@bp.route(f"{DRAFT}/approval", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.draft)
def approval(draft: CharterDraft) -> Response:
    """That a group of young people agreed this exact text."""
    form = ApprovalForm(data={"group_name": current_app.extensions["scheme"].names.youth_group})
    seen, form.seen.data = form.seen.data, text.fingerprint(draft)

    def record() -> None:
        names = ("group_name", "took_part", "for_it", "how", "note")
        agreed = actions.Agreed(agreed_on=form.day, **{name: form[name].data for name in names})
        if seen != form.seen.data:
            raise Refused([_(READ_AGAIN)])
        actions.approve(db(), draft, agreed, by=me(), at=clock.now())

    return _move(
        draft,
        form,
        record,
        "charter/versions/approval.html",
        _("The approval is recorded."),
        "before_approval",
    )


@bp.route(f"{DRAFT}/publish", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.draft)
def publish(draft: CharterDraft) -> Response:
    """The last look before it stands for good."""
    form = PublishForm()
    seen, form.seen.data = form.seen.data, text.fingerprint(draft) + draft.code

    def stands() -> None:
        if seen != form.seen.data:
            raise Refused([_(READ_AGAIN)])
        actions.publish(db(), draft, example=example_mode(), by=me(), at=clock.now())

    said = _("Version %(code)s is published.", code=draft.code)
    return _move(draft, form, stands, "charter/versions/publish.html", said, "before_publishing")


@bp.route(f"{DRAFT}/discard", methods=["GET", "POST"])
@allow(charter_rules.is_officer, on=loading.draft)
def discard(draft: CharterDraft) -> Response:
    form = DiscardForm()

    def go() -> None:
        actions.discard(db(), draft, note=form.note.data or "", by=me(), at=clock.now())

    return _move(draft, form, go, "charter/versions/discard.html", _("The draft is thrown away."))


def _move(
    draft: CharterDraft, form: Form, do: Any, page: str, said: str, before: str = ""
) -> Response:
    """Show the page of a move, or make it and go back to the draft."""
    known = _known(draft)
    in_the_way = known.get(before)
    if request.method == "POST" and in_the_way:
        form.form_errors = list(in_the_way)
    elif form.sent():
        try:
            do()
            db().commit()
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
            known = _known(draft)
        else:
            flash(said, "success")
            return redirect(url_for(".draft", reference=draft.reference), 303)
    elif request.method == "GET" and draft.state not in OPEN_STATES:
        return redirect(url_for(".draft", reference=draft.reference), 303)
    return show(page, form=form, **known)


def example_mode() -> bool:
    return bool(current_app.extensions["settings"].example)
