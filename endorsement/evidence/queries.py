"""Reading an organisation's evidence."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import Organisation
from endorsement import versions
from endorsement.framework import Framework
from endorsement.models import (
    Assessment,
    EvidenceItem,
    EvidenceLink,
    EvidenceVersion,
    FrameworkVersion,
)
from web.paging import Paged, paged

MOST_FOR_A_STANDARD = 200


def _in_use(organisation_id: int) -> Select[EvidenceItem]:
    return select(EvidenceItem).where(
        EvidenceItem.organisation_id == organisation_id, EvidenceItem.put_away_at.is_(None)
    )


def items_for(session: Session, organisation_id: int, standard_key: str) -> Sequence[EvidenceItem]:
    """What shows one standard, newest first, each with what it is now.  One statement.

    ``endorsement/evidence/items.html`` lists them.
    """
    wanted = (
        _in_use(organisation_id)
        .join(EvidenceItem.current)
        .join(EvidenceItem.links)
        .where(EvidenceLink.standard == standard_key)
        .options(contains_eager(EvidenceItem.current).joinedload(EvidenceVersion.file))
    )
    newest = wanted.order_by(EvidenceItem.id.desc()).limit(MOST_FOR_A_STANDARD)
    return session.scalars(newest).all()


def counts_by_standard(session: Session, organisation_id: int) -> dict[str, int]:
    """How many items show each standard.  One statement."""
    wanted = (
        select(EvidenceLink.standard, func.count())
        .join(EvidenceLink.item)
        .where(EvidenceItem.organisation_id == organisation_id, EvidenceItem.put_away_at.is_(None))
        .group_by(EvidenceLink.standard)
    )
    return dict(session.execute(wanted).all())


def library(
    session: Session,
    organisation: Organisation,
    page: int = 1,
    *,
    standard: str = "",
    put_away: bool = False,
) -> Paged[EvidenceItem]:
    """Newest first."""
    away = EvidenceItem.put_away_at
    wanted = select(EvidenceItem).where(
        EvidenceItem.organisation_id == organisation.id,
        away.is_not(None) if put_away else away.is_(None),
    )
    if standard:
        wanted = wanted.where(EvidenceItem.links.any(EvidenceLink.standard == standard))
    whole = wanted.options(
        joinedload(EvidenceItem.current).joinedload(EvidenceVersion.file),
        selectinload(EvidenceItem.links),
    )
    return paged(session, whole.order_by(EvidenceItem.id.desc()), page)


def by_reference(
    session: Session, organisation: Organisation, reference: str, *, lock: bool = False
) -> EvidenceItem | None:
    """``lock``: who else saves it at this moment comes after this transaction."""
    wanted = select(EvidenceItem).where(
        EvidenceItem.organisation_id == organisation.id, EvidenceItem.reference == reference
    )
    return session.scalar(wanted.with_for_update(of=EvidenceItem) if lock else wanted)


def history(session: Session, item: EvidenceItem) -> Sequence[EvidenceVersion]:
    """All that it ever was, newest first."""
    wanted = select(EvidenceVersion).where(EvidenceVersion.item_id == item.id)
    whole = wanted.options(joinedload(EvidenceVersion.added_by), joinedload(EvidenceVersion.file))
    return session.scalars(whole.order_by(EvidenceVersion.number.desc())).all()


def with_digest(
    session: Session, organisation_id: int, kind: str, digest: str
) -> EvidenceVersion | None:
    """Where the organisation has this content, or had it: what stands now before what stood."""
    wanted = (
        select(EvidenceVersion)
        .join(EvidenceVersion.item)
        .where(
            EvidenceItem.organisation_id == organisation_id,
            EvidenceVersion.kind == kind,
            EvidenceVersion.digest == digest,
        )
        .options(contains_eager(EvidenceVersion.item))
        .order_by(
            EvidenceVersion.removed_at.is_(None),
            EvidenceVersion.replaced_at.is_not(None),
            EvidenceItem.put_away_at.is_not(None),
            EvidenceVersion.id,
        )
    )
    return session.scalars(wanted.limit(1)).first()


def how_many(session: Session, organisation_id: int) -> int:
    wanted = select(func.count()).where(EvidenceItem.organisation_id == organisation_id)
    return session.scalar(wanted) or 0


def framework_of(session: Session, organisation: Organisation) -> Framework | None:
    """The one its open self-assessment stands on, or the newest; None before any is published."""
    wanted = select(FrameworkVersion).join(
        Assessment, Assessment.framework_version_id == FrameworkVersion.id
    )
    version: Any = session.scalar(
        wanted.where(Assessment.organisation_id == organisation.id, Assessment.ended_at.is_(None))
    ) or versions.newest(session)
    return version.framework if version is not None else None
