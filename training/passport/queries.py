"""Finding links."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from training.models import PassportLink, Practitioner
from web.database import holding


def links_of(session: Session, practitioner: Practitioner) -> list[PassportLink]:
    """Newest first."""
    wanted = select(PassportLink).where(PassportLink.practitioner_id == practitioner.id)
    whole = wanted.options(selectinload(PassportLink.visits))
    return list(session.scalars(whole.order_by(PassportLink.id.desc()).limit(500)))


def by_reference(session: Session, reference: str, *, lock: bool = False) -> PassportLink | None:
    wanted = select(PassportLink).where(PassportLink.reference == reference)
    return session.scalar(holding(wanted, PassportLink) if lock else wanted)
