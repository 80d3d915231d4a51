"""From an address to a session or a booking, or None where it is not the person's to know of."""

from typing import Any

from flask import request

from training.models import TrainingBooking, TrainingSession
from training.records.queries import practitioner_of
from training.rules import is_own
from training.sessions import queries, rules
from web.database import READING, db


def _changes() -> bool:
    return request.method not in READING


def shown(person: Any, reference: str) -> TrainingSession | None:
    """What is offered to them, or what they have booked."""
    if not person.is_authenticated:
        return None
    found = queries.by_reference(db(), reference, lock=_changes())
    if found is None or rules.may_know(person, found):
        return found
    mine = practitioner_of(db(), person)
    return found if queries.standing_booking(db(), found, mine) is not None else None


def by_code(person: Any, code: str) -> TrainingSession | None:
    """Whoever reads the code is in the room."""
    return queries.by_code(db(), code) if person.is_authenticated else None


def booking(person: Any, reference: str) -> TrainingBooking | None:
    """One's own, a member's, or one of a session that one gives."""
    found = queries.booking_by_reference(db(), reference, lock=_changes())
    return found if found is not None and rules.may_cancel(person, found) is True else None


def own_booking(person: Any, reference: str) -> TrainingBooking | None:
    found = queries.booking_by_reference(db(), reference)
    return found if found is not None and is_own(person, found.practitioner) else None
