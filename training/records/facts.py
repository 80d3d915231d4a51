"""From rows to the facts that training.status looks at."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row

from training import status
from training.models import PractitionerRole, TrainingBooking, TrainingRecord
from training.records.entered import chosen
from training.sessions.states import BOOKED
from training.states import CLAIMED, COUNTS, PRIOR
from web import clock


def of_records(records: Iterable[TrainingRecord | Row[Any]]) -> Iterator[status.Record]:
    """Whole rows, or what a statement read of their columns."""
    for record in records:
        if record.state in CLAIMED:
            yield status.Record(
                record.module, record.completed_on, _kind(record), record.state in COUNTS
            )


def of_bookings(bookings: Iterable[TrainingBooking]) -> Iterator[status.Record]:
    """A place that is booked, for each module of its session; to wait for one is none."""
    for booking in bookings:
        if booking.state == BOOKED:
            day = clock.london(booking.training_session.starts_at).date()
            for given in booking.training_session.modules:
                module, is_update = chosen(given)
                kind = status.Kind.UPDATE_BOOKED if is_update else status.Kind.BOOKED
                yield status.Record(module, day, kind)


def _kind(record: TrainingRecord | Row[Any]) -> status.Kind:
    if record.how == PRIOR:
        return status.Kind.PRIOR
    return status.Kind.UPDATE if record.is_update else status.Kind.COMPLETED


def of_roles(roles: Iterable[PractitionerRole]) -> set[str]:
    """The keys of those that stand."""
    return {role.role for role in roles if role.stands}
