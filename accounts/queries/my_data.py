"""Finding what names one person.  Whole, not by the page: it is what we hold of them."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import (
    Appointment,
    DataRequest,
    DataRequestEvent,
    Invitation,
    Membership,
    Organisation,
    Person,
)
from web.audit import AuditEntry


def memberships(session: Session, person: Person) -> list[Membership]:
    wanted = select(Membership).where(Membership.person_id == person.id)
    whole = wanted.options(joinedload(Membership.organisation))
    return list(session.scalars(whole.order_by(Membership.id)))


def appointments(session: Session, person: Person) -> list[Appointment]:
    """Those of the person, and those that the person gave."""
    theirs = or_(Appointment.person_id == person.id, Appointment.appointed_by_id == person.id)
    return list(session.scalars(select(Appointment).where(theirs).order_by(Appointment.id)))


def invitations(session: Session, person: Person) -> list[Invitation]:
    """To their address, accepted by them, or sent by them."""
    theirs = or_(
        Invitation.email.in_(person.emails),
        Invitation.accepted_by_id == person.id,
        Invitation.invited_by_id == person.id,
    )
    wanted = select(Invitation).where(theirs).order_by(Invitation.id)
    whole = wanted.options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
    return list(session.scalars(whole))


def organisations(session: Session, person: Person) -> list[Organisation]:
    """Those they registered, checked or closed."""
    theirs = or_(
        Organisation.created_by_id == person.id,
        Organisation.checked_by_id == person.id,
        Organisation.closed_by_id == person.id,
    )
    return list(session.scalars(select(Organisation).where(theirs).order_by(Organisation.id)))


def requests(session: Session, person: Person) -> list[DataRequest]:
    """Sent while signed in, or from their address."""
    theirs = or_(DataRequest.person_id == person.id, DataRequest.email.in_(person.emails))
    return list(session.scalars(select(DataRequest).where(theirs).order_by(DataRequest.id)))


def request_steps(session: Session, person: Person) -> list[DataRequestEvent]:
    """What they did with others' requests."""
    wanted = select(DataRequestEvent).where(DataRequestEvent.by_id == person.id)
    whole = wanted.options(joinedload(DataRequestEvent.request))
    return list(session.scalars(whole.order_by(DataRequestEvent.id)))


def trail(actor: str, subject: str) -> Select[Any]:
    """What the chain says of a person's own acts, and of acts on their account."""
    theirs = or_(AuditEntry.actor == actor, AuditEntry.subject == subject)
    return select(AuditEntry).where(theirs).order_by(AuditEntry.number.desc())
