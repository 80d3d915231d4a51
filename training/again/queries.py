"""What the sample holds: checked, drawn a low number, not looked at since."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from training.models import Practitioner, TrainingRecord, TrainingRecordEvent
from training.records.sampling import below
from training.states import CHECKED
from web.contributions import Waiting


def _sample(share: int) -> tuple[Any, ...]:
    """``share``: the scheme's, in percent of what was checked."""
    seen = (
        select(TrainingRecordEvent.id)
        .where(TrainingRecordEvent.record_id == TrainingRecord.id)
        .where(TrainingRecordEvent.verb == "hold")
        .where(TrainingRecordEvent.at >= TrainingRecord.checked_at)
    )
    low = TrainingRecord.draw < below(share)
    return TrainingRecord.state == CHECKED, low, ~seen.exists()


def to_look_at(person: Any, share: int) -> Select[Any]:
    """For this officer: nobody looks again at their own, or at what they checked."""
    return (
        select(TrainingRecord)
        .join(Practitioner, Practitioner.id == TrainingRecord.practitioner_id)
        .where(*_sample(share), TrainingRecord.checked_by_id != person.id)
        .where(or_(Practitioner.person_id.is_(None), Practitioner.person_id != person.id))
        .order_by(TrainingRecord.checked_at, TrainingRecord.id)
    )


def in_sample(session: Session, person: Any, reference: str, share: int) -> bool:
    wanted = to_look_at(person, share).where(TrainingRecord.reference == reference)
    return session.scalar(wanted.with_only_columns(TrainingRecord.id).limit(1)) is not None


def waiting(session: Session, share: int) -> Waiting:
    wanted = select(func.count(), func.min(TrainingRecord.checked_at)).where(*_sample(share))
    count, since = session.execute(wanted).one()
    return Waiting(count, since)
