"""Finding drafts, and who stands on which version: ordered and bounded."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation
from endorsement.drafting.states import APPROVED, OPEN_STATES
from endorsement.models import (
    Assessment,
    FrameworkApproval,
    FrameworkDraft,
    FrameworkDraftEvent,
    FrameworkVersion,
)
from web.contributions import Waiting

MOST = 50
WHOLE = (
    joinedload(FrameworkDraft.based_on),
    joinedload(FrameworkDraft.version),
    joinedload(FrameworkDraft.began_by),
    joinedload(FrameworkDraft.changed_by),
    selectinload(FrameworkDraft.approvals).joinedload(FrameworkApproval.recorded_by),
    selectinload(FrameworkDraft.events).joinedload(FrameworkDraftEvent.by),
)


def draft_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> FrameworkDraft | None:
    """A draft, whole.  ``lock``: nobody else changes it until this transaction ends."""
    wanted = select(FrameworkDraft).where(FrameworkDraft.reference == reference).options(*WHOLE)
    if lock:
        wanted = wanted.with_for_update(of=FrameworkDraft)
    return session.scalars(wanted).first()


def lock(session: Session, version: FrameworkVersion) -> None:
    """Who begins a draft from it waits for whoever is beginning one."""
    wanted = select(FrameworkVersion.id).where(FrameworkVersion.id == version.id)
    session.execute(wanted.with_for_update())


def open_draft(session: Session) -> FrameworkDraft | None:
    """The one that is being written."""
    wanted = select(FrameworkDraft).where(FrameworkDraft.state.in_(OPEN_STATES))
    return session.scalars(wanted.options(*WHOLE)).first()


def drafts(session: Session) -> list[FrameworkDraft]:
    """All there ever were, newest first."""
    wanted = select(FrameworkDraft).order_by(FrameworkDraft.id.desc())
    shown = (joinedload(FrameworkDraft.began_by), joinedload(FrameworkDraft.version))
    return list(session.scalars(wanted.options(*shown).limit(MOST)))


def code_is_taken(session: Session, code: str) -> bool:
    wanted = select(FrameworkVersion.id).where(func.lower(FrameworkVersion.code) == code.lower())
    return session.scalar(wanted.limit(1)) is not None


def free_code(session: Session, year: int) -> str:
    """The year, or with a number where there is such a version: "2027", "2027-2"."""
    code, number = str(year), 2
    while code_is_taken(session, code):
        code, number = f"{year}-{number}", number + 1
    return code


def standing_on(session: Session, version: FrameworkVersion) -> tuple[int, list[str]]:
    """How many open self-assessments are on a version, and the names of the first of them."""
    there = (Assessment.framework_version_id == version.id, Assessment.ended_at.is_(None))
    count = session.scalar(select(func.count()).select_from(Assessment).where(*there)) or 0
    names = (
        select(Organisation.name)
        .join(Assessment, Assessment.organisation_id == Organisation.id)
        .where(*there)
        .order_by(Organisation.name, Organisation.id)
    )
    return count, list(session.scalars(names.limit(MOST)))


def drafts_to_publish(session: Session, _at: datetime) -> Waiting:
    """Whether a text that the steering group agreed waits to be published."""
    wanted = select(func.count(), func.min(FrameworkDraft.changed_at))
    count, since = session.execute(wanted.where(FrameworkDraft.state == APPROVED)).one()
    return Waiting(count, since)
