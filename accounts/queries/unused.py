"""Finding what is kept no longer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from accounts.models import Appointment, Invitation, Person
from web.database import holding

last_used = func.coalesce(Person.last_used_at, Person.created_at)


def _nobody_s(*more: ColumnElement[bool]) -> Any:
    """Whoever has a role in the programme keeps the account, used or not."""
    standing = select(Appointment.person_id).where(Appointment.ended_at.is_(None))
    return select(Person).where(Person.erased_at.is_(None), Person.id.not_in(standing), *more)


def _unused(last_used_before: datetime, told_before: datetime) -> Any:
    return _nobody_s(
        Person.confirmed_at.is_not(None),
        last_used < last_used_before,
        Person.download_offered_at <= told_before,
        Person.download_offered_at >= last_used,
    )


def _unconfirmed(before: datetime) -> Any:
    return _nobody_s(Person.confirmed_at.is_(None), Person.created_at < before)


def unused_accounts(
    session: Session, last_used_before: datetime, told_before: datetime, *, most: int
) -> Sequence[int]:
    wanted = _unused(last_used_before, told_before).with_only_columns(Person.id)
    return session.scalars(wanted.order_by(Person.id).limit(most)).all()


def still_unused(
    session: Session, person_id: int, last_used_before: datetime, told_before: datetime
) -> Person | None:
    return _locked(session, _unused(last_used_before, told_before), person_id)


def unconfirmed_accounts(session: Session, before: datetime, *, most: int) -> Sequence[int]:
    wanted = _unconfirmed(before).with_only_columns(Person.id)
    return session.scalars(wanted.order_by(Person.id).limit(most)).all()


def still_unconfirmed(session: Session, person_id: int, before: datetime) -> Person | None:
    return _locked(session, _unconfirmed(before), person_id)


def _locked(session: Session, wanted: Any, person_id: int) -> Person | None:
    """Nothing when they came back a moment ago."""
    found: Person | None = session.scalar(holding(wanted.where(Person.id == person_id), Person))
    return found


def to_be_told(session: Session, last_used_before: datetime, *, most: int) -> Sequence[Person]:
    """Not told since they last used the account."""
    wanted = _nobody_s(
        Person.confirmed_at.is_not(None),
        last_used < last_used_before,
        or_(Person.download_offered_at.is_(None), Person.download_offered_at < last_used),
    )
    found: Sequence[Person] = session.scalars(
        holding(wanted.order_by(Person.id).limit(most), Person)
    ).all()
    return found


def _ended(before: datetime) -> ColumnElement[bool]:
    """Used, taken back or run out before then."""
    return or_(
        Invitation.accepted_at < before,
        Invitation.withdrawn_at < before,
        Invitation.expires_at < before,
    )


def ended_invitations(session: Session, before: datetime, *, most: int) -> Sequence[int]:
    wanted = select(Invitation.id).where(_ended(before)).order_by(Invitation.id)
    return session.scalars(wanted.limit(most)).all()


def still_ended(session: Session, invitation_id: int, before: datetime) -> Invitation | None:
    """Nothing when it was sent again a moment ago."""
    wanted = select(Invitation).where(Invitation.id == invitation_id, _ended(before))
    return session.scalar(holding(wanted))
