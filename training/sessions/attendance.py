"""Who came, and writing it into their training records."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from training.models import TrainingBooking, TrainingSession
from training.records import writing
from training.records.entered import Entered, chosen
from training.records.writing import EnteredAlready
from training.rules import is_own
from training.sessions import queries, rules
from training.sessions.moving import make
from training.sessions.states import ABSENT, ON_THE_LIST, PRESENT
from training.sessions.workflow import BOOKINGS, SEEN, SESSIONS
from training.states import AWAITING, COURSE, ONLINE
from web import clock
from web.workflow import insist


def confirm(session: Session, booking: TrainingBooking, *, by: Any, at: datetime) -> None:
    """By who is there, with the code that is shown in the room.  Raises Refused."""
    queries.hold(session, booking.training_session)
    session.refresh(booking)
    if booking.state != PRESENT:  # pressed twice
        make(session, BOOKINGS, "confirm", booking, by=by, at=at)


def mark(
    session: Session,
    training_session: TrainingSession,
    present: Collection[str],
    *,
    by: Any,
    at: datetime,
) -> None:
    """``present``: the references of those who came; all others did not.  Raises Refused."""
    queries.hold(session, training_session)
    insist(rules.may_run(by, training_session))
    insist(rules.has_begun(training_session))
    for booking in queries.people_of(session, training_session):
        wanted = PRESENT if booking.reference in present else ABSENT
        if booking.state in ON_THE_LIST and booking.state != wanted:
            make(session, BOOKINGS, wanted, booking, by=by, at=at)


def write_down(
    session: Session, training_session: TrainingSession, *, by: Any, at: datetime
) -> int:
    """All that it gives, for everybody who was there, as records that count.  Raises Refused."""
    queries.hold(session, training_session)
    make(session, SESSIONS, "record", training_session, by=by, at=at)
    came = [b for b in queries.people_of(session, training_session) if b.state == PRESENT]
    for booking in sorted(came, key=lambda b: b.practitioner_id):  # all lock in this order
        for module in training_session.modules:
            _learned(session, booking, module, by, at)
        make(session, BOOKINGS, "record", booking, by=by, at=at)
    return len(came)


def _learned(
    session: Session, booking: TrainingBooking, module: str, by: Any, at: datetime
) -> None:
    """Nobody checks their own: who taught and is on the list waits for somebody else's check."""
    given = booking.training_session
    key, is_update = chosen(module)
    entered = Entered(
        module=key,
        is_update=is_update,
        completed_on=clock.london(given.starts_at).date(),
        how=COURSE if given.place else ONLINE,
        provider=_provider(given),
    )
    own = is_own(by, booking.practitioner)
    try:
        if own:
            writing.enter(session, booking.practitioner, entered, by=by, at=at)
        else:
            writing.seen(session, booking.practitioner, entered, given.organisation, by=by, at=at)
    except EnteredAlready as there:
        if not own and there.there.state == AWAITING:
            there.there.checked_at, there.there.checked_by_id = at, by.id
            there.there.checked_for_id = given.organisation_id
            make(session, SEEN, "see", there.there, by=by, at=at)


def _provider(given: TrainingSession) -> str:
    return given.organisation.name if given.organisation is not None else _("The programme")
