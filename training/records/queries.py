"""Finding practitioners, what they do and what they learned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Membership, Organisation
from charter.models import CharterVersion
from training.models import (
    Practitioner,
    PractitionerRole,
    ShownModule,
    TrainingBooking,
    TrainingRecord,
)
from training.sessions.states import BOOKED
from web import clock
from web.database import holding

MOST = 500
"""Records or organisations of one person."""


def practitioner_of(session: Session, person: Any, *, lock: bool = False) -> Practitioner | None:
    """Somebody's own, with their roles; locked, it stands for all that is theirs."""
    wanted = select(Practitioner).where(Practitioner.person_id == person.id)
    if lock:
        return session.scalar(holding(wanted, Practitioner))
    whole = selectinload(Practitioner.roles)
    return session.scalar(
        wanted.options(
            whole.joinedload(PractitionerRole.organisation),
            whole.joinedload(PractitionerRole.membership),
            selectinload(Practitioner.shown),
        )
    )


def hold(session: Session, practitioner: Practitioner) -> None:
    """Whoever changes what is theirs waits for whoever does so now."""
    session.scalar(
        holding(select(Practitioner).where(Practitioner.id == practitioner.id), Practitioner)
    )


def records_of(session: Session, practitioner: Practitioner) -> list[TrainingRecord]:
    """All of them, the newest first."""
    wanted = (
        select(TrainingRecord)
        .where(TrainingRecord.practitioner_id == practitioner.id)
        .options(joinedload(TrainingRecord.file))
        .order_by(TrainingRecord.completed_on.desc(), TrainingRecord.id.desc())
    )
    return list(session.scalars(wanted.limit(MOST)))


def by_reference(session: Session, reference: str, *, lock: bool = False) -> TrainingRecord | None:
    wanted = select(TrainingRecord).where(TrainingRecord.reference == reference)
    if lock:
        return session.scalar(holding(wanted, TrainingRecord))
    whole = joinedload(TrainingRecord.practitioner)
    return session.scalar(wanted.options(whole, selectinload(TrainingRecord.events)))


def standing_record(
    session: Session, practitioner: Practitioner, module: str, day: date, *, is_update: bool
) -> TrainingRecord | None:
    """The same module of the same day, that was not taken back."""
    wanted = select(TrainingRecord).where(
        TrainingRecord.practitioner_id == practitioner.id,
        TrainingRecord.module == module,
        TrainingRecord.completed_on == day,
        TrainingRecord.is_update == is_update,
        TrainingRecord.state != "withdrawn",
    )
    return session.scalar(wanted.order_by(TrainingRecord.id).limit(1))


def memberships_of(session: Session, person: Any) -> Sequence[Membership]:
    """Where somebody belongs today."""
    wanted = (
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .where(Organisation.state != "closed")
        .options(joinedload(Membership.organisation))
        .order_by(Organisation.sort_key, Membership.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def shown_to(
    session: Session, practitioner: Practitioner, organisation: Organisation
) -> list[ShownModule]:
    wanted = select(ShownModule).where(
        ShownModule.practitioner_id == practitioner.id,
        ShownModule.organisation_id == organisation.id,
    )
    return list(session.scalars(wanted.order_by(ShownModule.module)))


def booked(session: Session, owners: Any) -> dict[int, list[TrainingBooking]]:
    """The places that people have, by the practitioner's id: one statement.  ``owners``: the ids
    of practitioners, or a select of them."""
    wanted = (
        select(TrainingBooking)
        .where(TrainingBooking.practitioner_id.in_(owners), TrainingBooking.state == BOOKED)
        .options(joinedload(TrainingBooking.training_session))
        .order_by(TrainingBooking.id)
    )
    found: dict[int, list[TrainingBooking]] = defaultdict(list)
    for booking in session.scalars(wanted):
        found[booking.practitioner_id].append(booking)
    return found


def charters(session: Session) -> list[date]:
    """The days, in London, on which versions of the charter were published."""
    wanted = select(CharterVersion.published_at).order_by(CharterVersion.published_at)
    return [clock.london(moment).date() for moment in session.scalars(wanted.limit(200))]
