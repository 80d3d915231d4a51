"""The Charter team's pages for the framework's versions: the list, the draft, its moves."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    request,
    url_for,
)
from flask_babel import gettext as _

from accounts.rules import is_officer
from endorsement import versions
from endorsement.drafting import actions, document, loading, queries, rules
from endorsement.drafting.forms import ApprovalForm, DiscardForm, Press, PublishForm
from endorsement.drafting.states import APPROVED, OPEN_STATES
from endorsement.drafting.workflow import transitions
from endorsement.framework import changes
from endorsement.framework.writing import as_toml
from endorsement.models import FrameworkDraft
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import show
from web.workflow import Refused, obstacles

bp = Blueprint("frameworks", __name__, url_prefix="/team/quality")
DRAFT = "/drafts/<reference>"
READ_AGAIN = "This was changed after you opened the page. Read it again, then go on."


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """The published versions and the draft, if there is one."""
    drafts = queries.drafts(db())
    return show(
        "endorsement/drafting/everything.html",
        versions=versions.all_versions(db()),
        draft=next((d for d in drafts if d.state in OPEN_STATES), None),
        earlier=[d for d in drafts if d.state not in OPEN_STATES],
        form=Press(),
    )


@bp.post("/begin")
@allow(is_officer)
def begin() -> Any:
    """Two who begin at once meet in one draft."""
    version = versions.newest(db())
    if version is None:
        abort(503)
    draft = actions.begin(db(), version, by=me(), at=clock.now())
    if draft.began_by_id != me().id:
        flash(_("%(name)s began this draft already. You can write in it too.",
                name=draft.began_by.name))  # fmt: skip
    db().commit()
    return redirect(url_for(".draft", reference=draft.reference), 303)


@bp.get(DRAFT)
@allow(is_officer, on=loading.draft)
def draft(draft: FrameworkDraft) -> Response:
    return show("endorsement/drafting/draft.html", **known(draft))


def known(draft: FrameworkDraft) -> dict[str, Any]:
    """What the page of a draft and those of its moves show."""
    framework = document.framework_of(draft)
    found = changes.between(draft.based_on.framework, framework)
    moves = transitions(example=example_mode())
    verb = "publish" if draft.state == APPROVED or not example_mode() else "publish as example"
    return {
        "draft": draft,
        "framework": framework,
        "open": draft.state in OPEN_STATES,
        "changes": found,
        "kinds": {key: change.kind for key, change in found.by_key().items()},
        "gone": found.of(changes.GONE),
        "approval": draft.approvals[-1] if draft.approvals else None,
        "agreed": draft.approvals and rules.is_agreed(draft) is True,
        "before_approval": obstacles(moves, "approve", draft, me()),
        "before_publishing": obstacles(moves, verb, draft, me()) if verb in moves else [],
        "may_be_example": verb == "publish as example",
    }


@bp.get(f"{DRAFT}/changes")
@allow(is_officer, on=loading.draft)
def what_changed(draft: FrameworkDraft) -> Response:
    """Against the version it was begun from, and who stands on that one."""
    count, names = queries.standing_on(db(), draft.based_on)
    page = "endorsement/drafting/changes.html"
    return show(page, count=count, names=names, **known(draft))


@bp.get(f"{DRAFT}/framework.toml")
@allow(is_officer, on=loading.draft)
def download(draft: FrameworkDraft) -> Response:
    """The whole text as its file, to be worked on elsewhere and pasted back."""
    response = make_response(as_toml(document.framework_of(draft)))
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    name = f"framework-{draft.code}.toml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.route(f"{DRAFT}/approval", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def approval(draft: FrameworkDraft) -> Any:
    """That the steering group, with somebody of each constituency, agreed this exact text."""
    scheme = current_app.extensions["scheme"]
    form = ApprovalForm(data={"group_name": scheme.names.steering_group})
    form.ask_of(scheme.constituencies)
    seen, form.seen.data = form.seen.data, document.mark(draft)

    def record() -> None:
        names = ("group_name", "agency", "voluntary", "youth", "note")
        told = {name: form[name].data or "" for name in names}
        if seen != form.seen.data:
            raise Refused([_(READ_AGAIN)])
        agreed = actions.Agreed(agreed_on=form.day or clock.today(), **told)
        actions.approve(db(), draft, agreed, by=me(), at=clock.now())

    page, said = "endorsement/drafting/approval.html", _("The approval is recorded.")
    return _move(draft, form, record, page, said, "before_approval")


@bp.route(f"{DRAFT}/publish", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def publish(draft: FrameworkDraft) -> Any:
    """The last look before it stands for good."""
    form = PublishForm()
    seen, form.seen.data = form.seen.data, document.mark(draft) + draft.code

    def stands() -> None:
        if seen != form.seen.data:
            raise Refused([_(READ_AGAIN)])
        actions.publish(db(), draft, example=example_mode(), by=me(), at=clock.now())

    page = "endorsement/drafting/publish.html"
    said = _("Version %(code)s is published.", code=draft.code)
    return _move(draft, form, stands, page, said, "before_publishing")


@bp.route(f"{DRAFT}/discard", methods=["GET", "POST"])
@allow(is_officer, on=loading.draft)
def discard(draft: FrameworkDraft) -> Any:
    form = DiscardForm()

    def go() -> None:
        actions.discard(db(), draft, note=form.note.data or "", by=me(), at=clock.now())

    page, said = "endorsement/drafting/discard.html", _("The draft is thrown away.")
    return _move(draft, form, go, page, said)


def _move(
    draft: FrameworkDraft, form: Form, do: Any, page: str, said: str, before: str = ""
) -> Any:
    """Show the page of a move, or make it and go back to the draft."""
    told = known(draft)
    in_the_way = told.get(before)
    if request.method == "POST" and in_the_way:
        form.form_errors = list(in_the_way)
    elif form.sent():
        try:
            do()
            db().commit()
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
            told = known(draft)
        else:
            flash(said, "success")
            return redirect(url_for(".draft", reference=draft.reference), 303)
    elif request.method == "GET" and draft.state not in OPEN_STATES:
        return redirect(url_for(".draft", reference=draft.reference), 303)
    return show(page, form=form, **told)


def example_mode() -> bool:
    return bool(current_app.extensions["settings"].example)
