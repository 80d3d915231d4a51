"""When badges are looked at: soon after a move, and everybody's once a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from training.badges.following import KIND, follow
from training.models import Practitioner, TrainingRecord, TrainingRecordEvent
from training.states import COUNTS
from web.credentials import Credential
from web.jobs import Each, Job

JUST_NOW = timedelta(hours=1)
"""A move that is older was looked at, or is by the daily job."""


def _moved(session: Session, at: datetime, above: int) -> Sequence[int]:
    """Whose records moved just now."""
    wanted = (
        select(TrainingRecord.practitioner_id)
        .join(TrainingRecordEvent, TrainingRecordEvent.record_id == TrainingRecord.id)
        .where(TrainingRecordEvent.at > at - JUST_NOW, TrainingRecord.practitioner_id > above)
        .distinct()
    )
    return _some(session, wanted.order_by(TrainingRecord.practitioner_id))


def _everybody(session: Session, _at: datetime, above: int) -> Sequence[int]:
    """Who learned something that counts, or holds a badge."""
    counts = exists().where(
        TrainingRecord.practitioner_id == Practitioner.id, TrainingRecord.state.in_(COUNTS)
    )
    name = literal(f"{Practitioner.__tablename__}:") + cast(Practitioner.id, String)
    held = exists().where(
        Credential.kind == KIND, Credential.holder == name, Credential.revoked_at.is_(None)
    )
    wanted = select(Practitioner.id).where(
        Practitioner.id > above,
        Practitioner.person_id.is_not(None),
        or_(counts, held),
    )
    return _some(session, wanted.order_by(Practitioner.id))


def _some(session: Session, wanted: Select[Any]) -> Sequence[int]:
    return session.scalars(wanted.limit(200)).all()


jobs = (
    Job("training badges after a move", timedelta(minutes=5), Each(_moved, follow)),
    Job("training badges", timedelta(hours=24), Each(_everybody, follow)),
)
