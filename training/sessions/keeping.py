"""What is kept of training sessions about a person, for how long, and what merging does."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from training.models import (
    TrainingBooking,
    TrainingBookingEvent,
    TrainingSession,
    TrainingSessionEvent,
)
from training.records.queries import practitioner_of
from training.sessions import booking as bookings
from training.sessions import offering, queries, rules
from training.sessions.states import BOOKED, BOOKING_WORDS, HAPPENED, OFFERED, WAITING
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, MergePart, RetentionRule
from web.database import holding
from web.months import months_before

BY = "system:retention"
MOST = 500
Row = dict[str, Any]

THINGS = {
    "training_session": _l("a training session"),
    "training_session_event": _l("a step of a training session"),
    "training_booking": _l("somebody’s booking of a training session"),
    "training_booking_event": _l("a step of a booking of a training session"),
}

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "training-sessions",
        _("Your training sessions"),
        _(
            "So that you have a place and it is known who came. Who gives the session sees it. "
            "Who came is forgotten %(years)s years after the day; your training record stays.",
            years=_years(),
        ),
        [*_booked(session, person), *_did(session, person)],
    )


def _booked(session: Session, person: Any) -> Iterable[Row]:
    for mine in queries.bookings_of(session, practitioner_of(session, person)):
        yield {
            _("Session"): mine.training_session.title,
            _("Day"): mine.training_session.starts_at,
            _("How it stands"): str(BOOKING_WORDS[mine.state]),
            _("Asked for"): mine.asked_at,
            _("What happened"): [str(HAPPENED[event.verb]) for event in mine.events],
        }


def _did(session: Session, person: Any) -> Iterable[Row]:
    """What they offered, and what they did with bookings, their own or others'."""
    given = select(TrainingSessionEvent).where(TrainingSessionEvent.by_id == person.id)
    given = given.options(joinedload(TrainingSessionEvent.training_session))
    for event in session.scalars(given.order_by(TrainingSessionEvent.id).limit(MOST)):
        yield _row(event, event.training_session, event.note)
    done = select(TrainingBookingEvent).where(TrainingBookingEvent.by_id == person.id)
    whole = joinedload(TrainingBookingEvent.booking).joinedload(TrainingBooking.training_session)
    for step in session.scalars(done.options(whole).order_by(TrainingBookingEvent.id).limit(MOST)):
        yield _row(step, step.booking.training_session, step.note)


def _row(event: Any, it: TrainingSession, note: str) -> Row:
    return {
        _("What you did"): str(HAPPENED[event.verb]),
        _("When"): event.at,
        _("Session"): it.title,
        _("Text"): note or None,
    }


def _erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """Their places go to who waits; the rows go with their training (training.records)."""
    for mine in queries.bookings_of(session, practitioner_of(session, person)):
        if mine.state in (BOOKED, WAITING) and not rules.begun(mine.training_session):
            bookings.cancel(session, mine, by=person, at=at)


def _keeps(session: Session, person: Any) -> Sequence[str]:
    given = select(TrainingSession.id).where(TrainingSession.offered_by_id == person.id)
    booked = select(TrainingBooking.id).where(TrainingBooking.asked_by_id == person.id)
    others = booked.where(TrainingBooking.practitioner.has(person_id=None))
    if session.scalar(given.limit(1)) is None and session.scalar(others.limit(1)) is None:
        return []
    return [_("The training sessions you offered or booked for others, without your name.")]


erasure = Erasure(erase=_erase, keeps=_keeps)

# Forgetting


def _over(at: datetime) -> Any:
    before = months_before(at, 12 * _years())
    return select(TrainingSession).where(
        TrainingSession.ends_at < before, TrainingSession.cleared_at.is_(None)
    )


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _over(at).with_only_columns(TrainingSession.id).order_by(TrainingSession.id)
    return session.scalars(wanted.limit(100)).all()


def _clear(session: Session, session_id: int, at: datetime) -> None:
    """That it took place stays; who came and who waited goes."""
    wanted = _over(at).where(TrainingSession.id == session_id)
    it = session.scalar(holding(wanted, TrainingSession))
    if it is None:
        return
    for booked in list(it.bookings):
        for event in list(booked.events):
            _gone(session, event, at)
        _gone(session, booked, at)
    it.link = it.access_notes = ""
    it.cleared_at = at
    record(session, it, "forget", by=BY, at=at)
    for step in it.events:
        if step.note:
            step.note = ""
            record(session, step, "forget", by=BY, at=at)


def _gone(session: Session, thing: Any, at: datetime) -> None:
    forget_values(session, thing)
    record(session, thing, "forget", by=BY, at=at)
    session.delete(thing)
    session.flush()


def _years() -> int:
    return int(current_app.extensions["scheme"].retention.sessions_years)


retention = RetentionRule(
    "training sessions",
    _l("Who booked a training session, and who came"),
    _due,
    _clear,
    kept=lambda kept: _("%(n)s years after the day", n=kept.sessions_years),
)

# Merging two organisations


def _given_by(session: Session, organisation: Organisation) -> list[TrainingSession]:
    wanted = select(TrainingSession).where(TrainingSession.organisation_id == organisation.id)
    return list(session.scalars(holding(wanted.order_by(TrainingSession.id), TrainingSession)))


def _obstacles(_session: Session, _stays: Organisation, _goes: Organisation) -> Sequence[str]:
    return []


def _preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    wanted = select(TrainingSession.id).where(TrainingSession.organisation_id == goes.id)
    count = len(session.scalars(wanted).all())
    if not count:
        return []
    return [
        ngettext(
            "One training session goes to %(stays)s. Whoever has booked it is told.",
            "%(num)d training sessions go to %(stays)s. Whoever has booked one is told.",
            count,
            stays=stays.name,
        )
    ]


def _merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> Row:
    moved = _given_by(session, goes)
    for it in moved:
        _move(session, it, stays, "merge", by, at)
    return {"training sessions": [it.id for it in moved]}


def _undo(
    session: Session, stays: Organisation, goes: Organisation, memo: Row, *, by: Any, at: datetime
) -> None:
    for it in _given_by(session, stays):
        if it.id in memo["training sessions"]:
            _move(session, it, goes, "undo merge", by, at)


def _move(
    session: Session, it: TrainingSession, to: Organisation, verb: str, by: Any, at: datetime
) -> None:
    """Whoever is on the list of one to come is told who gives it from now on."""
    it.organisation = to
    session.flush()
    record(session, it, verb, by=by, at=at)
    if it.state == OFFERED and it.starts_at > at:
        offering.tell_all(session, it, "given-by", at)


merging = MergePart("training sessions", _obstacles, _preview, _merge, _undo)
