"""Offering a training session, changing it, calling it off."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import is_officer
from training.models import TrainingSession
from training.sessions import queries, rules
from training.sessions.booking import fill
from training.sessions.moving import begin, make
from training.sessions.states import BOOKED, OFFERED, WAITING
from training.sessions.telling import tell
from training.sessions.workflow import BOOKINGS, SESSIONS
from web.audit import record
from web.workflow import Refused, insist


@dataclass(frozen=True)
class Offer:
    """What is taught, when and where, and for how many."""

    title: str
    modules: list[str]
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    capacity: int
    access_notes: str = ""
    open_to_all: bool = True


def offer(
    session: Session, organisation: Organisation | None, given: Offer, *, by: Any, at: datetime
) -> TrainingSession:
    """By the programme where there is no organisation.  Raises Refused."""
    if organisation is None:
        insist(is_officer(by))
    made = TrainingSession(
        organisation=organisation,
        state=OFFERED,
        offered_at=at,
        offered_by_id=by.id,
        **asdict(given),
    )
    insist(rules.may_run(by, made))
    made.open_to_all = made.open_to_all or organisation is None
    begin(session, made, "offer", by=by, at=at)
    return made


def change(
    session: Session, training_session: TrainingSession, given: Offer, *, by: Any, at: datetime
) -> None:
    """Whoever is on the list is told of another day or place.  Raises Refused."""
    queries.hold(session, training_session)
    insist(rules.may_run(by, training_session))
    if training_session.state != OFFERED:
        raise Refused([_("This session is over or called off, so it cannot be changed.")])
    insist(rules.lies_ahead(training_session))
    if given.capacity < queries.taken(session, training_session):
        raise Refused([_("More people than that have a place already.")])
    before = _where_and_when(training_session)
    for name, value in asdict(given).items():
        setattr(training_session, name, value)
    training_session.open_to_all |= training_session.organisation_id is None
    session.flush()
    event = training_session.happened(
        verb="change", before=training_session.state, by=by, at=at, note=""
    )
    session.add(event)
    session.flush()
    record(session, training_session, "change", by=by, at=at)
    record(session, event, "change", by=by, at=at)
    if _where_and_when(training_session) != before:
        tell_all(session, training_session, "changed", at)
    fill(session, training_session, at=at)


def _where_and_when(it: TrainingSession) -> tuple[Any, ...]:
    return it.starts_at, it.ends_at, it.place, it.link


def tell_all(
    session: Session, training_session: TrainingSession, kind: str, at: datetime, note: str = ""
) -> None:
    for booking in queries.people_of(session, training_session):
        if booking.state in (BOOKED, WAITING):
            tell(session, kind, booking, at=at, note=note)


def call_off(
    session: Session, training_session: TrainingSession, note: str, *, by: Any, at: datetime
) -> None:
    """Everybody on the list is told why.  Raises Refused."""
    queries.hold(session, training_session)
    make(session, SESSIONS, "call off", training_session, by=by, at=at, note=note)
    for booking in queries.people_of(session, training_session):
        tell(session, "called-off", booking, at=at, note=note)
        make(session, BOOKINGS, "call off", booking, by=by, at=at)
