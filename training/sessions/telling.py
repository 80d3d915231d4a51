"""The mails about a training session."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from training.models import TrainingBooking, TrainingSession
from web.mail import post


def tell(
    session: Session, kind: str, booking: TrainingBooking, *, at: datetime, note: str = ""
) -> None:
    """Whose booking it is; of somebody without an account, who asked for it."""
    person = booking.practitioner.person or booking.asked_by
    post(
        session,
        f"training/session-{kind}",
        to=person.email,
        at=at,
        person_id=person.id,
        name=person.name,
        who=booking.practitioner.called if booking.practitioner.person is None else "",
        note=note,
        **_facts(booking.training_session),
    )


def _facts(training_session: TrainingSession) -> dict[str, Any]:
    giver = training_session.organisation
    return {
        "title": training_session.title,
        "giver": giver.name if giver is not None else "",
        "reference": training_session.reference,
        "starts_at": training_session.starts_at.isoformat(),
        "ends_at": training_session.ends_at.isoformat(),
        "place": training_session.place,
        "link": training_session.link,
    }
