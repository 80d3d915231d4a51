"""Finding platforms, what they sent, and what waits for an officer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from training.models import (
    LearningActivity,
    LearningActor,
    LearningPlatform,
    LearningStatement,
)
from training.models.xapi import WAITING
from web.contributions import Waiting
from web.database import holding

MOST = 200


def by_digest(session: Session, digest: str, *, lock: bool = False) -> LearningPlatform | None:
    """Whose token it is, as long as it stands.  Locked, one sender comes after the other."""
    wanted = select(LearningPlatform).where(
        LearningPlatform.token_digest == digest, LearningPlatform.revoked_at.is_(None)
    )
    return session.scalar(holding(wanted, LearningPlatform) if lock else wanted)


def platforms(session: Session) -> Sequence[LearningPlatform]:
    wanted = select(LearningPlatform).options(joinedload(LearningPlatform.issued_by))
    return session.scalars(wanted.order_by(LearningPlatform.id.desc()).limit(MOST)).all()


def sent_before(
    session: Session, platform: LearningPlatform, ids: Collection[str]
) -> dict[str, str]:
    """Of these statements those that stand, with their digests."""
    wanted = select(LearningStatement.statement, LearningStatement.digest).where(
        LearningStatement.platform_id == platform.id, LearningStatement.statement.in_(ids)
    )
    return dict(session.execute(wanted).all())


def activities_at(
    session: Session, platform: LearningPlatform, addresses: Collection[str]
) -> dict[str, LearningActivity]:
    wanted = select(LearningActivity).where(
        LearningActivity.platform_id == platform.id, LearningActivity.address.in_(addresses)
    )
    return {one.address: one for one in session.scalars(wanted)}


def actors_named(
    session: Session, platform: LearningPlatform, values: Collection[str]
) -> dict[tuple[str, str], LearningActor]:
    wanted = select(LearningActor).where(
        LearningActor.platform_id == platform.id, LearningActor.value.in_(values)
    )
    return {(one.kind, one.value): one for one in session.scalars(wanted)}


def waiting_statements(session: Session, *where: Any) -> Sequence[LearningStatement]:
    """The oldest first, with all that is asked of them; so many at a time."""
    wanted = (
        select(LearningStatement)
        .where(LearningStatement.state == WAITING, *where)
        .options(
            joinedload(LearningStatement.platform),
            joinedload(LearningStatement.activity).joinedload(LearningActivity.mapped_by),
            joinedload(LearningStatement.actor).joinedload(LearningActor.person),
        )
        .order_by(LearningStatement.received_at, LearningStatement.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def activities(session: Session, *, mapped: bool) -> Sequence[LearningActivity]:
    at = LearningActivity.mapped_at
    wanted = (
        select(LearningActivity)
        .where(at.is_not(None) if mapped else at.is_(None))
        .options(joinedload(LearningActivity.platform))
        .order_by(LearningActivity.seen_at, LearningActivity.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def unknown_actors(session: Session) -> Sequence[LearningActor]:
    """Those for whom something of ours waits."""
    waits = (
        select(LearningStatement.id)
        .join(LearningActivity, LearningActivity.id == LearningStatement.activity_id)
        .where(LearningStatement.actor_id == LearningActor.id, LearningActivity.module != "")
        .where(LearningStatement.state == WAITING)
    )
    wanted = (
        select(LearningActor)
        .where(LearningActor.settled_at.is_(None), waits.exists())
        .options(joinedload(LearningActor.platform))
        .order_by(LearningActor.seen_at, LearningActor.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def one(session: Session, model: Any, reference: str, *, lock: bool = False) -> Any:
    wanted: Select[Any] = select(model).where(model.reference == reference)
    return session.scalar(holding(wanted, model) if lock else wanted)


def waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(LearningStatement.received_at))
    count, since = session.execute(wanted.where(LearningStatement.state == WAITING)).one()
    return Waiting(count, since)
