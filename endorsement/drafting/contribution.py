"""What drafts of the framework hand to the factory."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.rules import is_officer
from endorsement.drafting import preview_views, queries, writing_views
from endorsement.drafting.states import APPROVED, DISCARDED, DRAFT, HAPPENED, WORDS
from endorsement.drafting.views import bp
from endorsement.models import FrameworkApproval, FrameworkDraft, FrameworkDraftEvent
from web.audit import record
from web.contributions import DataSection, Erasure, NavigationEntry, Queue, RetentionRule
from web.database import holding
from web.months import months_before

__all__ = ["bp", "preview_views", "writing_views"]

BY_JOB = "system:retention"
MOST = 500

wording = {
    "framework_draft_states": WORDS,
    "framework_draft_happened": HAPPENED,
    "framework_draft_tags": {DRAFT: "govuk-tag--light-blue", APPROVED: "govuk-tag--green"},
}
queue = Queue(
    _l("The quality framework: agreed, to publish"),
    "frameworks.everything",
    is_officer,
    queries.drafts_to_publish,
)
navigation = NavigationEntry(_l("The quality framework"), "frameworks.everything", is_officer)
THINGS = {
    "framework_approval": _l("a yes of the steering group to a draft of the framework"),
    "framework_draft": _l("a draft of the framework"),
    "framework_draft_event": _l("a step of a draft of the framework"),
}


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    """What somebody of the Charter team did with drafts."""
    rows = [*_moves(session, person), *_written(session, person)]
    if rows:
        yield DataSection(
            key="framework-drafts",
            title=_("Versions of the quality framework you worked on"),
            why=_("So that it can be shown how the framework came about. It is kept with it."),
            rows=rows,
        )


def _moves(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = (
        select(FrameworkDraftEvent, FrameworkDraft.code)
        .join(FrameworkDraft, FrameworkDraft.id == FrameworkDraftEvent.draft_id)
        .where(FrameworkDraftEvent.by_id == person.id)
    )
    for event, code in session.execute(wanted.order_by(FrameworkDraftEvent.id).limit(MOST)):
        yield _row(code, str(HAPPENED[event.verb]), event.at, event.note)


def _written(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    drafts = select(FrameworkDraft).where(
        or_(FrameworkDraft.changed_by_id == person.id, FrameworkDraft.began_by_id == person.id)
    )
    for draft in session.scalars(drafts.order_by(FrameworkDraft.id).limit(MOST)):
        if draft.began_by_id == person.id:
            yield _row(draft.code, _("You began the draft"), draft.began_at)
        if draft.changed_by_id == person.id:
            yield _row(draft.code, _("You wrote in it last"), draft.changed_at)
    approvals = (
        select(FrameworkApproval, FrameworkDraft.code)
        .join(FrameworkDraft, FrameworkDraft.id == FrameworkApproval.draft_id)
        .where(FrameworkApproval.recorded_by_id == person.id)
    )
    for approval, code in session.execute(approvals.order_by(FrameworkApproval.id).limit(MOST)):
        what = _("You recorded the steering group’s approval")
        yield _row(code, what, approval.recorded_at, approval.note)


def _row(code: str, what: str, at: datetime, note: str = "") -> dict[str, Any]:
    return {_("Version"): code, _("What you did"): what, _("When"): at, _("Your note"): note}


def _stays(session: Session, person: Any) -> Sequence[str]:
    wanted = select(FrameworkDraftEvent.id).where(FrameworkDraftEvent.by_id == person.id).limit(1)
    if session.scalar(wanted) is None:
        return ()
    return (_("What you did to versions of the quality framework stays, without your name."),)


erasure = Erasure(keeps=_stays)


def _old(at: datetime) -> Any:
    years = current_app.extensions["scheme"].retention.withdrawn_or_refused_years
    over = select(FrameworkDraftEvent.draft_id).where(
        FrameworkDraftEvent.verb == "discard",
        FrameworkDraftEvent.at < months_before(at, 12 * years),
    )
    return select(FrameworkDraft).where(
        FrameworkDraft.state == DISCARDED, FrameworkDraft.id.in_(over)
    )


def _old_drafts(session: Session, at: datetime) -> Sequence[int]:
    wanted = _old(at).with_only_columns(FrameworkDraft.id).order_by(FrameworkDraft.id)
    return session.scalars(wanted.limit(MOST)).all()


def _forget(session: Session, draft_id: int, at: datetime) -> None:
    draft = session.scalar(holding(_old(at).where(FrameworkDraft.id == draft_id)))
    if draft is None:
        return
    parts: list[Any] = [*draft.approvals, *draft.events, draft]
    for part in parts:
        record(session, part, "forget", by=BY_JOB, at=at)
    session.delete(draft)


retention = RetentionRule(
    name="drafts of the framework",
    what=_l("Drafts of the quality framework that were thrown away"),
    due=_old_drafts,
    take_away=_forget,
    kept=lambda kept: _("%(n)s years", n=kept.withdrawn_or_refused_years),
)
