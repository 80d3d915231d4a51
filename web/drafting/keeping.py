"""What is kept of drafts: who did what with them, and how long those thrown away are there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from web.audit import record
from web.contributions import DataSection, Erasure, RetentionRule
from web.database import holding
from web.drafting.kind import Kind
from web.drafting.states import DISCARDED
from web.drafting.wording import HAPPENED
from web.months import months_before

BY_JOB = "system:retention"
MOST = 500


@dataclass(frozen=True)
class Keeping:
    """Of one kind of document.  Words in plain language."""

    kind: Kind
    key: str
    title: Any
    """Of the section of my-data."""
    why: Any
    stays: Any
    """What erasing a person leaves, in a sentence."""
    name: str
    """Of the retention rule."""
    what: Any

    def my_data(self, session: Session, person: Any) -> Iterable[DataSection]:
        """What somebody of the team did with drafts."""
        rows = [*self._moves(session, person), *self._written(session, person)]
        if rows:
            title, why = str(self.title), str(self.why)
            yield DataSection(key=self.key, title=title, why=why, rows=rows)

    def _moves(self, session: Session, person: Any) -> Iterable[dict[str, Any]]:
        draft, event = self.kind.draft, self.kind.event
        wanted = (
            select(event, draft.code)
            .join(draft, draft.id == event.draft_id)
            .where(event.by_id == person.id)
        )
        for one, code in session.execute(wanted.order_by(event.id).limit(MOST)):
            yield _row(code, str(HAPPENED[one.verb]), one.at, one.note)

    def _written(self, session: Session, person: Any) -> Iterable[dict[str, Any]]:
        draft, approval = self.kind.draft, self.kind.approval
        mine = or_(draft.changed_by_id == person.id, draft.began_by_id == person.id)
        for one in session.scalars(select(draft).where(mine).order_by(draft.id).limit(MOST)):
            if one.began_by_id == person.id:
                yield _row(one.code, _("You began the draft"), one.began_at)
            if one.changed_by_id == person.id:
                yield _row(one.code, _("You wrote in it last"), one.changed_at)
        wanted = (
            select(approval, draft.code)
            .join(draft, draft.id == approval.draft_id)
            .where(approval.recorded_by_id == person.id)
        )
        for one, code in session.execute(wanted.order_by(approval.id).limit(MOST)):
            what = _("You recorded the steering group’s approval")
            yield _row(code, what, one.recorded_at, one.note)

    @property
    def erasure(self) -> Erasure:
        return Erasure(keeps=self._stays)

    def _stays(self, session: Session, person: Any) -> Sequence[str]:
        event = self.kind.event
        wanted = select(event.id).where(event.by_id == person.id).limit(1)
        return (str(self.stays),) if session.scalar(wanted) is not None else ()

    @property
    def retention(self) -> RetentionRule:
        return RetentionRule(
            name=self.name,
            what=self.what,
            due=self._due,
            take_away=self._forget,
            kept=lambda kept: _("%(n)s years", n=kept.withdrawn_or_refused_years),
            since=self._since,
        )

    def _old(self, at: datetime) -> Any:
        draft, event = self.kind.draft, self.kind.event
        years = current_app.extensions["scheme"].retention.withdrawn_or_refused_years
        over = select(event.draft_id).where(
            event.verb == "discard", event.at < months_before(at, 12 * years)
        )
        return select(draft).where(draft.state == DISCARDED, draft.id.in_(over))

    def _due(self, session: Session, at: datetime) -> Sequence[int]:
        id_ = self.kind.draft.id
        wanted = self._old(at).with_only_columns(id_).order_by(id_)
        return session.scalars(wanted.limit(MOST)).all()

    def _forget(self, session: Session, draft_id: int, at: datetime) -> None:
        draft = session.scalar(holding(self._old(at).where(self.kind.draft.id == draft_id)))
        if draft is None:
            return
        parts: list[Any] = [*draft.approvals, *draft.events, draft]
        for part in parts:
            record(session, part, "forget", by=BY_JOB, at=at)
        session.delete(draft)

    def _since(self, session: Session, draft_id: int) -> datetime | None:
        event = self.kind.event
        wanted = select(event.at).where(event.draft_id == draft_id, event.verb == "discard")
        return session.scalar(wanted)


def _row(code: str, what: str, at: datetime, note: str = "") -> dict[str, Any]:
    return {_("Version"): code, _("What you did"): what, _("When"): at, _("Your note"): note}
