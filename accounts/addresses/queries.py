"""Finding addresses and what is under way with them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import (
    LEAD,
    AddressChange,
    MailboxRequest,
    Membership,
    Person,
    TakenAddress,
)
from accounts.models.addresses import WAITING
from web.database import holding

MOST_AT_ONCE = 200


def hold_person(session: Session, person_id: int) -> Person:
    """Lock the account: what changes its addresses comes one after the other."""
    return session.scalars(holding(select(Person).where(Person.id == person_id))).one()


def is_taken(session: Session, email: str) -> bool:
    """Whether it opens any account, as its main or its second address."""
    return session.get(TakenAddress, email) is not None


def waiting_change(session: Session, person: Person) -> AddressChange | None:
    wanted = select(AddressChange).where(
        AddressChange.person_id == person.id, AddressChange.state == WAITING
    )
    return session.scalar(wanted)


def change_by_reference(session: Session, reference: str, *, lock: bool) -> AddressChange | None:
    """``lock``: the person first, as everything does that changes their addresses."""
    wanted = select(AddressChange).where(AddressChange.reference == reference)
    found = session.scalar(wanted)
    if found is not None and lock:
        hold_person(session, found.person_id)
        session.refresh(found, with_for_update=True)
    return found


def leads_beside(session: Session, person: Person) -> list[Person]:
    """The other leads of the organisations a person belongs to."""
    theirs = select(Membership.organisation_id).where(
        Membership.person_id == person.id, Membership.ended_at.is_(None)
    )
    leading = select(Membership.person_id).where(
        Membership.organisation_id.in_(theirs),
        Membership.role == LEAD,
        Membership.ended_at.is_(None),
        Membership.person_id != person.id,
    )
    wanted = select(Person).where(Person.id.in_(leading), Person.active).order_by(Person.id)
    return list(session.scalars(wanted.limit(MOST_AT_ONCE)))


def with_this_domain(
    session: Session, person: Person, domain: str, organisations: list[int]
) -> set[int]:
    """Those of the organisations where somebody else has an address there too."""
    wanted = (
        select(Membership.organisation_id)
        .join(Membership.person)
        .where(
            Membership.organisation_id.in_(organisations),
            Membership.ended_at.is_(None),
            Membership.person_id != person.id,
            Person.email.endswith(f"@{domain}", autoescape=True),
        )
        .order_by(Membership.organisation_id)
    )
    return set(session.scalars(wanted.distinct()))


def run_out(session: Session, at: datetime) -> list[AddressChange]:
    wanted = select(AddressChange).where(
        AddressChange.state == WAITING, AddressChange.expires_at <= at
    )
    return list(session.scalars(wanted.order_by(AddressChange.id).limit(MOST_AT_ONCE)))


def ended_before(
    session: Session, model: type[AddressChange | MailboxRequest], moment: datetime
) -> list[int]:
    wanted = select(model.id).where(model.ended_at <= moment)
    return list(session.scalars(wanted.order_by(model.id).limit(MOST_AT_ONCE)))
