"""Booking, waiting, cancelling, and who comes next.

Every change holds the session's row and then counts, so no place is given twice.
"""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.models import Practitioner, TrainingBooking, TrainingSession
from training.sessions import queries, rules
from training.sessions.moving import begin, make
from training.sessions.states import BOOKED, OFFERED, WAITING
from training.sessions.telling import tell
from training.sessions.workflow import BOOKINGS
from web.audit import record
from web.workflow import Refused, insist


def book(
    session: Session,
    training_session: TrainingSession,
    practitioner: Practitioner,
    *,
    wait: bool,
    by: Any,
    at: datetime,
) -> TrainingBooking:
    """A place; where there is none, and they would ``wait``, the next turn.  Raises Refused."""
    queries.hold(session, training_session)
    insist(rules.may_book_for(by, practitioner))
    _insist_open(training_session)
    if queries.standing_booking(session, training_session, practitioner) is not None:
        raise Refused([_("%(name)s is on the list already.", name=practitioner.called)])
    full = free(session, training_session) < 1
    if full and not wait:
        raise Refused([_("All places have gone. You can join the waiting list.")])
    made = TrainingBooking(
        training_session=training_session,
        practitioner=practitioner,
        state=WAITING if full else BOOKED,
        asked_at=at,
        asked_by_id=by.id,
    )
    begin(session, made, "wait" if full else "book", by=by, at=at)
    session.refresh(made, ["asked_by"])
    tell(session, "waiting" if full else "booked", made, at=at)
    return made


def free(session: Session, training_session: TrainingSession) -> int:
    """How many places can be booked: none while somebody waits, whose turn it is."""
    if queries.first_waiting(session, training_session) is not None:
        return 0
    return places_left(session, training_session)


def places_left(session: Session, training_session: TrainingSession) -> int:
    return max(training_session.capacity - queries.taken(session, training_session), 0)


def _insist_open(training_session: TrainingSession) -> None:
    if training_session.state != OFFERED:
        raise Refused([_("This session is not open for booking any more.")])
    insist(rules.lies_ahead(training_session))
    insist(rules.is_given(training_session))


def cancel(session: Session, booking: TrainingBooking, *, by: Any, at: datetime) -> None:
    """The place goes to whoever waits longest.  Raises Refused."""
    queries.hold(session, booking.training_session)
    session.refresh(booking)
    make(session, BOOKINGS, "cancel", booking, by=by, at=at)
    if not rules.is_own(by, booking.practitioner):
        tell(session, "cancelled", booking, at=at)
    fill(session, booking.training_session, at=at)


def hand_over(
    session: Session, entered: Practitioner, own: Practitioner, *, by: Any, at: datetime
) -> None:
    """Two turn out to be one person: their places are one's.  A second place goes to who waits."""
    for booking in list(entered.bookings):
        queries.hold(session, booking.training_session)
        session.refresh(booking)
        if queries.standing_booking(session, booking.training_session, own) is not None:
            if booking.state not in (BOOKED, WAITING):
                continue  # it was: the other one says so too
            make(session, BOOKINGS, "give back the second", booking, by=rules.PORTAL, at=at)
            fill(session, booking.training_session, at=at)
        booking.practitioner = own
        session.flush()
        record(session, booking, "claim", by=by, at=at)


def promote(session: Session, booking: TrainingBooking, *, by: Any, at: datetime) -> None:
    """A place by hand, also on the last day.  Raises Refused."""
    queries.hold(session, booking.training_session)
    session.refresh(booking)
    if places_left(session, booking.training_session) < 1:
        raise Refused([_("All places have gone.")])
    _give_place(session, booking, by, at)


def fill(session: Session, training_session: TrainingSession, *, at: datetime) -> None:
    """Free places go to those who wait, in their order; on the last day only by hand."""
    if training_session.state != OFFERED or rules.is_given(training_session) is not True:
        return
    if training_session.starts_at - at < rules.BY_HAND_FROM:
        return
    for _place in range(places_left(session, training_session)):
        following = queries.first_waiting(session, training_session)
        if following is None:
            return
        _give_place(session, following, rules.PORTAL, at)


def _give_place(session: Session, booking: TrainingBooking, by: Any, at: datetime) -> None:
    make(session, BOOKINGS, "promote", booking, by=by, at=at)
    tell(session, "promoted", booking, at=at)
