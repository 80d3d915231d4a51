"""Finding drafts: ordered and bounded."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from web.contributions import Waiting
from web.drafting.kind import Kind
from web.drafting.states import APPROVED, OPEN_STATES

MOST = 50


def _whole(kind: Kind) -> tuple[Any, ...]:
    draft = kind.draft
    return (
        joinedload(draft.based_on),
        joinedload(draft.version),
        joinedload(draft.began_by),
        joinedload(draft.changed_by),
        selectinload(draft.approvals).joinedload(kind.approval.recorded_by),
        selectinload(draft.events).joinedload(kind.event.by),
    )


def draft_by_reference(kind: Kind, session: Session, reference: str, *, lock: bool = False) -> Any:
    """A draft, whole.  ``lock``: nobody else changes it until this transaction ends."""
    wanted = select(kind.draft).where(kind.draft.reference == reference).options(*_whole(kind))
    if lock:
        wanted = wanted.with_for_update(of=kind.draft)
    return session.scalars(wanted).first()


def lock(kind: Kind, session: Session, version: Any) -> None:
    """Who begins a draft from it waits for whoever is beginning one."""
    model = kind.versions.model
    session.execute(select(model.id).where(model.id == version.id).with_for_update())


def open_draft(kind: Kind, session: Session) -> Any:
    """The one that is being written."""
    wanted = select(kind.draft).where(kind.draft.state.in_(OPEN_STATES))
    return session.scalars(wanted.options(*_whole(kind))).first()


def drafts(kind: Kind, session: Session) -> list[Any]:
    """All there ever were, newest first."""
    wanted = select(kind.draft).order_by(kind.draft.id.desc())
    shown = (joinedload(kind.draft.began_by), joinedload(kind.draft.version))
    return list(session.scalars(wanted.options(*shown).limit(MOST)))


def to_publish(kind: Kind, session: Session, _at: datetime) -> Waiting:
    """Whether a text that was agreed waits to be published."""
    wanted = select(func.count(), func.min(kind.draft.changed_at))
    count, since = session.execute(wanted.where(kind.draft.state == APPROVED)).one()
    return Waiting(count, since)
