"""Finding drafts and versions: ordered and bounded."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from charter.models import (
    CharterDraft,
    CharterVersion,
    DraftCommitment,
    DraftEvent,
    YouthApproval,
)
from charter.versions.states import APPROVED, OPEN_STATES
from web.contributions import Waiting
from web.database import holding

MOST = 50
WHOLE = (
    joinedload(CharterDraft.based_on).selectinload(CharterVersion.commitments),
    joinedload(CharterDraft.version),
    selectinload(CharterDraft.commitments).joinedload(DraftCommitment.changed_by),
    selectinload(CharterDraft.approvals).joinedload(YouthApproval.recorded_by),
    selectinload(CharterDraft.events).joinedload(DraftEvent.by),
)


def draft_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> CharterDraft | None:
    """A draft, whole.  ``lock``: nobody else changes it until this transaction ends."""
    wanted = select(CharterDraft).where(CharterDraft.reference == reference).options(*WHOLE)
    if lock:
        wanted = holding(wanted, CharterDraft)
    return session.scalars(wanted).first()


def lock(session: Session, version: CharterVersion) -> None:
    """Who begins a draft from it waits for whoever is beginning one."""
    wanted = select(CharterVersion.id).where(CharterVersion.id == version.id)
    session.execute(holding(wanted))


def open_draft(session: Session, language: str) -> CharterDraft | None:
    """The one that is being written."""
    wanted = select(CharterDraft).where(
        CharterDraft.state.in_(OPEN_STATES), CharterDraft.language == language
    )
    return session.scalars(wanted.options(*WHOLE)).first()


def drafts(session: Session) -> list[CharterDraft]:
    """All there ever were, newest first."""
    wanted = select(CharterDraft).order_by(CharterDraft.id.desc())
    shown = (joinedload(CharterDraft.began_by), joinedload(CharterDraft.version))
    return list(session.scalars(wanted.options(*shown).limit(MOST)))


def versions(session: Session) -> list[CharterVersion]:
    """The published ones, newest first, with their commitments."""
    wanted = select(CharterVersion).order_by(
        CharterVersion.published_at.desc(), CharterVersion.id.desc()
    )
    whole = wanted.options(selectinload(CharterVersion.commitments))
    return list(session.scalars(whole.limit(MOST)))


def before(found: Sequence[CharterVersion], version: CharterVersion) -> CharterVersion | None:
    """The version that one replaced, out of all of them, newest first."""
    later = iter(found)
    return next(later, None) if any(v.id == version.id for v in later) else None


def code_is_taken(session: Session, code: str) -> bool:
    wanted = select(CharterVersion.id).where(func.lower(CharterVersion.code) == code.lower())
    return session.scalar(wanted.limit(1)) is not None


def free_code(session: Session, year: int) -> str:
    """The year, or with a number where there is such a version: "2027", "2027-2"."""
    code, number = str(year), 2
    while code_is_taken(session, code):
        code, number = f"{year}-{number}", number + 1
    return code


def drafts_to_publish(session: Session, _at: datetime) -> Waiting:
    """Whether a text that young people agreed waits to be published."""
    agreed = select(func.count(), func.min(YouthApproval.recorded_at)).select_from(CharterDraft)
    newest = (
        select(func.max(YouthApproval.id))
        .where(YouthApproval.draft_id == CharterDraft.id)
        .correlate(CharterDraft)
        .scalar_subquery()
    )
    wanted = agreed.join(YouthApproval, YouthApproval.id == newest)
    count, since = session.execute(wanted.where(CharterDraft.state == APPROVED)).one()
    return Waiting(count, since)
