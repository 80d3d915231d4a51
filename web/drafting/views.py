"""The pages that all drafts share: begun, agreed, published, thrown away, pasted whole.

A package makes its own blueprint, adds these to it (``Pages.add_to``) and brings the three
templates that say what its document is.
"""

from collections.abc import Callable
from dataclasses import dataclass
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

from web import clock, parking
from web.access import Rule, allow, me
from web.database import READING, db
from web.drafting import actions, queries
from web.drafting.forms import ApprovalForm, DiscardForm, FileForm, Press, PublishForm
from web.drafting.kind import Kind, with_retired
from web.drafting.states import APPROVED, OPEN_STATES
from web.drafting.states import DRAFT as DRAFTED
from web.drafting.workflow import transitions
from web.forms import Form
from web.pages import show
from web.toml_errors import ContentError
from web.toml_writing import as_toml
from web.workflow import Refused, obstacles

DRAFT = "/drafts/<reference>"
READ_AGAIN = "This was changed after you opened the page. Read it again, then go on."
TAKEN = (
    "%(name)s changed the draft after you opened this page. What you gave is below: save it again "
    "to put it in place of theirs, or go back and look first."
)


@dataclass(frozen=True)
class Pages:
    kind: Kind
    rule: Rule
    list_page: str
    draft_page: str
    publish_page: str
    """Its own templates."""
    file_name: str
    """Of the file that is downloaded: "framework"."""
    more: Callable[[Any, Any], dict[str, Any]]
    """Takes the draft and its document: what else its pages show."""

    def add_to(self, bp: Blueprint) -> None:
        bp.add_url_rule("/", "everything", allow(self.rule)(self.everything))
        bp.add_url_rule("/begin", "begin", allow(self.rule)(self.begin), methods=["POST"])
        read = {"draft": (self.draft, ""), "download": (self.download, f"/{self.file_name}.toml")}
        for name, (view, path) in read.items():
            bp.add_url_rule(DRAFT + path, name, allow(self.rule, on=self.from_url)(view))
        written = {
            "approval": (self.approval, "/approval"),
            "publish": (self.publish, "/publish"),
            "discard": (self.discard, "/discard"),
            "whole_text": (self.whole_text, "/file"),
        }
        for name, (view, path) in written.items():
            guarded = allow(self.rule, on=self.from_url)(view)
            bp.add_url_rule(DRAFT + path, name, guarded, methods=["GET", "POST"])

    def from_url(self, person: Any, reference: str) -> Any:
        """What is about to be changed is locked."""
        if self.rule(person, None) is not True:
            return None
        lock = request.method not in READING
        return queries.draft_by_reference(self.kind, db(), reference, lock=lock)

    def everything(self) -> Response:
        """The published versions and the draft, if there is one."""
        drafts = queries.drafts(self.kind, db())
        return show(
            self.list_page,
            versions=self.kind.versions.all(db()),
            draft=next((d for d in drafts if d.state in OPEN_STATES), None),
            earlier=[d for d in drafts if d.state not in OPEN_STATES],
            form=Press(),
        )

    def begin(self) -> Any:
        """Two who begin at once meet in one draft."""
        version = self.kind.versions.newest(db())
        if version is None:
            abort(503)
        draft = actions.begin(self.kind, db(), version, by=me(), at=clock.now())
        if draft.began_by_id != me().id:
            flash(_("%(name)s began this draft already. You can write in it too.",
                    name=draft.began_by.name))  # fmt: skip
        db().commit()
        return back(draft)

    def draft(self, draft: Any) -> Response:
        return show(self.draft_page, **self.known(draft))

    def known(self, draft: Any) -> dict[str, Any]:
        """What the page of a draft and those of its moves show."""
        document, kind = self.kind.document_of(draft), self.kind
        moves = transitions(kind, example=example_mode())
        verb = "publish" if draft.state == APPROVED or not example_mode() else "publish as example"
        return {
            "draft": draft,
            "open": draft.state in OPEN_STATES,
            "approval": draft.approvals[-1] if draft.approvals else None,
            "agreed": draft.approvals and kind.is_agreed(draft) is True,
            "before_approval": obstacles(moves, "approve", draft, me()),
            "before_publishing": self._before_publishing(draft, verb),
            "may_be_example": verb == "publish as example",
            **self.more(draft, document),
        }

    def _before_publishing(self, draft: Any, verb: str) -> list[str]:
        if draft.state == DRAFTED and verb == "publish":
            return [self.kind.not_agreed]
        return obstacles(transitions(self.kind, example=example_mode()), verb, draft, me())

    def download(self, draft: Any) -> Response:
        """The whole text as its file, to be worked on elsewhere and pasted back."""
        response = make_response(as_toml(self.kind.document_of(draft)))
        response.headers["Content-Type"] = "application/toml; charset=utf-8"
        name = f"{self.file_name}-{draft.code}.toml"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def approval(self, draft: Any) -> Any:
        """That the group, with somebody of each constituency, agreed this exact text."""
        scheme = current_app.extensions["scheme"]
        form = ApprovalForm(data={"group_name": scheme.names.steering_group})
        form.ask_of(scheme.constituencies)
        seen, form.seen.data = form.seen.data, self.kind.mark(draft)

        def record() -> None:
            names = ("group_name", "agency", "voluntary", "youth", "note")
            told = {name: form[name].data or "" for name in names}
            if seen != form.seen.data:
                raise Refused([_(READ_AGAIN)])
            agreed = actions.Agreed(agreed_on=form.day or clock.today(), **told)
            actions.approve(self.kind, db(), draft, agreed, by=me(), at=clock.now())

        page, said = "drafting/approval.html", _("The approval is recorded.")
        return self._move(draft, form, record, page, said, "before_approval")

    def publish(self, draft: Any) -> Any:
        """The last look before it stands for good."""
        form = PublishForm()
        seen, form.seen.data = form.seen.data, self.kind.mark(draft) + draft.code

        def stands() -> None:
            if seen != form.seen.data:
                raise Refused([_(READ_AGAIN)])
            who = {"by": me(), "at": clock.now()}
            actions.publish(self.kind, db(), draft, example=example_mode(), **who)

        page, said = self.publish_page, _("Version %(code)s is published.",
                                                      code=draft.code)  # fmt: skip
        return self._move(draft, form, stands, page, said, "before_publishing")

    def discard(self, draft: Any) -> Any:
        form = DiscardForm()

        def go() -> None:
            note, who = form.note.data or "", {"by": me(), "at": clock.now()}
            actions.discard(self.kind, db(), draft, note=note, **who)

        return self._move(draft, form, go, "drafting/discard.html", _("The draft is thrown away."))

    def _move(self, draft: Any, form: Form, do: Any, page: str, said: str, before: str = "") -> Any:
        """Show the page of a move, or make it and go back to the draft."""
        told = self.known(draft)
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
                told = self.known(draft)
            else:
                flash(said, "success")
                return back(draft)
        elif request.method == "GET" and draft.state not in OPEN_STATES:
            return back(draft)
        return show(page, form=form, **told)

    def whole_text(self, draft: Any) -> Any:
        """The whole text at once: pasted or uploaded.  Every mistake is told with its line."""
        form = FileForm(data={"text": as_toml(self.kind.document_of(draft))})
        seen, form.seen.data = form.seen.data, self.kind.mark(draft)
        gone: dict[str, str] = {}
        if draft.state not in OPEN_STATES:
            return closed(draft, form)
        if form.sent():
            try:
                if seen != form.seen.data:
                    raise Refused([_(TAKEN, name=draft.changed_by.name)])
                self._replace(draft, form)
                db().commit()
                return back(draft)
            except Refused as refusal:
                db().rollback()
                gone = getattr(refusal, "gone", {})
                form.form_errors = [*form.form_errors, *refusal.reasons]
                form.text.data = form.given
        return show("drafting/file.html", draft=draft, form=form, gone=gone)

    def _replace(self, draft: Any, form: FileForm) -> None:
        kind, who = self.kind, {"by": me(), "at": clock.now()}
        try:
            text = kind.of(kind.read(form.given))
        except ContentError as wrong:
            raise Refused([str(problem) for problem in wrong.problems]) from None
        try:
            actions.change(kind, db(), draft, text, **who)
        except actions.WouldBeLost as lost:
            if not form.retire.data:
                raise
            actions.change(kind, db(), draft, with_retired(text, lost.gone), **who)


def back(draft: Any) -> Any:
    return redirect(url_for(".draft", reference=draft.reference), 303)


def closed(draft: Any, form: Form) -> Any:
    """It was published or thrown away meanwhile: what was typed comes back with the reason."""
    posted = request.method == "POST"
    typed = [
        (str(field.label.text), field.data)
        for field in form
        if field.type in ("StringField", "TextAreaField") and field.data
    ]
    page = show("drafting/closed.html", draft=draft, typed=typed if posted else [])
    if posted:
        parking.park()
        page.status_code = 409
    return page


def example_mode() -> bool:
    return bool(current_app.extensions["settings"].example)
