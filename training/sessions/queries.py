"""Finding training sessions and bookings: always ordered, always bounded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import CLOSED, Membership, Organisation
from accounts.rules import is_officer
from training.models import (
    Practitioner,
    PractitionerRole,
    TrainingBooking,
    TrainingSession,
)
from training.sessions.rules import organisations_led
from training.sessions.states import CANCELLED, OFFERED, TAKES_A_PLACE, WAITING
from web.database import hold as hold_row
from web.database import holding
from web.paging import Paged, paged

MOST = 300


def by_reference(session: Session, reference: str, *, lock: bool = False) -> TrainingSession | None:
    return _one(session, TrainingSession.reference == reference, lock=lock)


def by_code(session: Session, code: str, *, lock: bool = False) -> TrainingSession | None:
    return _one(session, TrainingSession.code == code.strip().upper(), lock=lock)


def _one(session: Session, which: ColumnElement[bool], *, lock: bool) -> TrainingSession | None:
    wanted = select(TrainingSession).where(which)
    return session.scalar(holding(wanted, TrainingSession) if lock else wanted)


def hold(session: Session, training_session: TrainingSession) -> None:
    """Whoever books, cancels or writes down waits for whoever does so now.

    Always before the practitioner's row, so that no two wait for each other.
    """
    hold_row(session, TrainingSession, training_session.id)


def taken(session: Session, training_session: TrainingSession) -> int:
    """How many places are gone."""
    return taken_of_each(session, [training_session]).get(training_session.id, 0)


def taken_of_each(session: Session, sessions: Iterable[TrainingSession]) -> dict[int, int]:
    """By the session's id: one statement."""
    wanted = (
        select(TrainingBooking.session_id, func.count())
        .where(TrainingBooking.session_id.in_([s.id for s in sessions]))
        .where(TrainingBooking.state.in_(TAKES_A_PLACE))
        .group_by(TrainingBooking.session_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def coming(session: Session, person: Any, at: datetime) -> list[TrainingSession]:
    """What somebody may book, the soonest first."""
    theirs = select(Membership.organisation_id).where(
        Membership.person_id == person.id, Membership.ended_at.is_(None)
    )
    wanted = (
        select(TrainingSession)
        .outerjoin(TrainingSession.organisation)
        .where(TrainingSession.state == OFFERED, TrainingSession.starts_at > at)
        .where(or_(Organisation.id.is_(None), Organisation.state != CLOSED))
        .options(contains_eager(TrainingSession.organisation))
    )
    if is_officer(person) is not True:
        shown = or_(TrainingSession.open_to_all, TrainingSession.organisation_id.in_(theirs))
        wanted = wanted.where(shown)
    order = (TrainingSession.starts_at, TrainingSession.id)
    return list(session.scalars(wanted.order_by(*order).limit(MOST)))


def run_by(session: Session, person: Any, page: int) -> Paged[Any]:
    """What somebody offers, the latest day first."""
    wanted = select(TrainingSession).options(joinedload(TrainingSession.organisation))
    if is_officer(person) is not True:
        led = [o.id for o in organisations_led(person)]
        wanted = wanted.where(TrainingSession.organisation_id.in_(led))
    order = (TrainingSession.starts_at.desc(), TrainingSession.id.desc())
    return paged(session, wanted.order_by(*order), page)


def of_closed(closed_before: datetime, at: datetime, soon: datetime) -> Select[Any]:
    """The ids of sessions to come that nobody is left to give: of organisations that were closed
    before then, or whose session begins too soon to wait for that."""
    settled = or_(Organisation.closed_at <= closed_before, TrainingSession.starts_at <= soon)
    return (
        select(TrainingSession.id)
        .join(Organisation, Organisation.id == TrainingSession.organisation_id)
        .where(TrainingSession.state == OFFERED, TrainingSession.starts_at > at)
        .where(Organisation.state == CLOSED, settled)
        .order_by(TrainingSession.id)
    )


# Bookings


def booking_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> TrainingBooking | None:
    """``lock``: its session's row first, as everywhere."""
    wanted = select(TrainingBooking).where(TrainingBooking.reference == reference)
    found = session.scalar(wanted)
    if found is None or not lock:
        return found
    hold(session, found.training_session)
    return session.scalar(holding(wanted, TrainingBooking))


def standing_booking(
    session: Session, training_session: TrainingSession, practitioner: Practitioner | None
) -> TrainingBooking | None:
    if practitioner is None:
        return None
    wanted = select(TrainingBooking).where(
        TrainingBooking.session_id == training_session.id,
        TrainingBooking.practitioner_id == practitioner.id,
        TrainingBooking.state != CANCELLED,
    )
    return session.scalar(wanted.execution_options(populate_existing=True))


def people_of(session: Session, training_session: TrainingSession) -> list[TrainingBooking]:
    """Who has a place or waits, in the order in which they asked."""
    wanted = (
        select(TrainingBooking)
        .where(TrainingBooking.session_id == training_session.id)
        .where(TrainingBooking.state != CANCELLED)
        .options(joinedload(TrainingBooking.practitioner).joinedload(Practitioner.person))
        .order_by(TrainingBooking.asked_at, TrainingBooking.id)
    )
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


def first_waiting(session: Session, training_session: TrainingSession) -> TrainingBooking | None:
    wanted = (
        select(TrainingBooking)
        .where(TrainingBooking.session_id == training_session.id)
        .where(TrainingBooking.state == WAITING)
        .order_by(TrainingBooking.asked_at, TrainingBooking.id)
    )
    return session.scalars(wanted.limit(1)).first()


def bookings_of(session: Session, practitioner: Practitioner | None) -> list[TrainingBooking]:
    """Somebody's own, the latest day first; also what is over."""
    if practitioner is None:
        return []
    wanted = (
        select(TrainingBooking)
        .join(TrainingBooking.training_session)
        .where(TrainingBooking.practitioner_id == practitioner.id)
        .options(joinedload(TrainingBooking.training_session))
        .order_by(TrainingSession.starts_at.desc(), TrainingBooking.id.desc())
    )
    return list(session.scalars(wanted.limit(MOST)))


def team_of(session: Session, person: Any) -> list[Practitioner]:
    """For whom a lead may book: who has a role today where they lead."""
    led = [o.id for o in organisations_led(person)]
    theirs = select(PractitionerRole.practitioner_id).where(
        PractitionerRole.organisation_id.in_(led), PractitionerRole.ended_at.is_(None)
    )
    roles = selectinload(Practitioner.roles)
    wanted = (
        select(Practitioner)
        .where(Practitioner.id.in_(theirs))
        .options(joinedload(Practitioner.person), roles.joinedload(PractitionerRole.membership))
        .options(roles.joinedload(PractitionerRole.organisation))
        .order_by(Practitioner.id)
    )
    return list(session.scalars(wanted.limit(MOST)))
