"""Training sessions and bookings, made by the real actions."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from tests.builders import people, training
from training.models import TrainingBooking, TrainingSession
from training.sessions import booking, offering
from web import clock

HOURS = timedelta(hours=2)


def offer(**changed: Any) -> offering.Offer:
    """In two weeks, unless told."""
    starts_at: datetime = changed.pop("starts_at", clock.now() + timedelta(days=14))
    given: dict[str, Any] = {
        "title": "Safeguarding basics",
        "modules": ["W2"],
        "starts_at": starts_at,
        "ends_at": starts_at + HOURS,
        "place": "The library, room 2",
        "link": "https://meet.example/w2",
        "capacity": 5,
        "access_notes": "Step-free",
    }
    return offering.Offer(**{**given, **changed})


def offered(
    session: Session,
    organisation: Organisation | None = None,
    *,
    by: Person | None = None,
    **changed: Any,
) -> TrainingSession:
    """By the programme, unless told."""
    by = by or people.officer(session)
    made = offering.offer(session, organisation, offer(**changed), by=by, at=clock.now())
    session.commit()
    return made


def booked(
    session: Session, it: TrainingSession, person: Person | None = None, *, by: Person | None = None
) -> TrainingBooking:
    """A place, or a turn in the waiting list when there is none."""
    person = person or people.person(session)
    mine = training.practitioner(session, person)
    made = booking.book(session, it, mine, wait=True, by=by or person, at=clock.now())
    session.commit()
    return made
