"""Rating the practice case and sending it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models.practice import PracticeReading, PracticeSitting
from web.audit import record
from web.workflow import Refused

SENT = "You have sent this. Look at all readings together now."


def begin(session: Session, person: Any, code: str, part: str, *, at: datetime) -> PracticeSitting:
    sitting = PracticeSitting(person_id=person.id, code=code, part=part, began_at=at)
    session.add(sitting)
    session.flush()
    record(session, sitting, "begin", by=person, at=at)
    return sitting


def rate(
    session: Session, sitting: PracticeSitting, standard: str, rating: int, reason: str
) -> None:
    if sitting.sent_at is not None:
        raise Refused([SENT])
    reading = next((r for r in sitting.readings if r.standard == standard), None)
    if reading is None:
        reading = PracticeReading(standard=standard)
        sitting.readings.append(reading)
    reading.rating, reading.reason = rating, reason
    session.flush()


def send(
    session: Session, sitting: PracticeSitting, wanted: set[str], *, by: Any, at: datetime
) -> None:
    if sitting.sent_at is not None:
        raise Refused([SENT])
    if wanted - {reading.standard for reading in sitting.readings}:
        raise Refused(["Rate all standards first."])
    sitting.sent_at = at
    session.flush()
    record(session, sitting, "send", by=by, at=at)
