"""Finding who belongs to an organisation and who is invited."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import CLOSED, LEAD, Invitation, Membership, Organisation, Person
from web.database import holding
from web.paging import PAGE, Paged, paged

MOST_SHOWN = 10


# Who belongs to it


def colleagues(
    session: Session, organisation: Organisation, page: int = 1, size: int = PAGE
) -> Paged[Membership]:
    """Leads first, then by name."""
    order = case({"lead": 0, "editor": 1}, value=Membership.role, else_=2)
    wanted = (
        _standing(organisation)
        .join(Membership.person)
        .order_by(order, Person.name, Membership.id)
        .options(joinedload(Membership.person))
    )
    return paged(session, wanted, page, size)


def people_by_organisation(
    session: Session, organisations: Collection[int], *roles: str
) -> dict[int, list[int]]:
    """Ids of those who have one of these roles there and can sign in, the longest there first.
    One statement."""
    wanted = (
        select(Membership.organisation_id, Membership.person_id)
        .join(Person)
        .where(
            Person.active,
            Membership.organisation_id.in_(organisations),
            Membership.role.in_(roles),
            Membership.ended_at.is_(None),
        )
    )
    found: dict[int, list[int]] = {}
    for organisation_id, person_id in session.execute(wanted.order_by(Membership.id)):
        found.setdefault(organisation_id, []).append(person_id)
    return found


def membership_by_reference(
    session: Session, organisation: Organisation, reference: str
) -> Membership | None:
    wanted = _standing(organisation).where(Membership.reference == reference)
    return session.scalar(wanted.options(joinedload(Membership.person)))


def standing_membership(
    session: Session, organisation: Organisation, person: Person
) -> Membership | None:
    return session.scalar(_standing(organisation).where(Membership.person_id == person.id))


def has_member(session: Session, organisation: Organisation, email: str) -> bool:
    """Whether somebody with this address belongs to it."""
    wanted = (
        _standing(organisation)
        .join(Membership.person)
        .where(or_(Person.email == email, Person.second_email == email))
    )
    return session.scalar(wanted.limit(1)) is not None


def how_many_colleagues(session: Session, organisation: Organisation) -> int:
    counted = _standing(organisation).with_only_columns(func.count())
    return session.scalar(counted) or 0


def other_leads(session: Session, membership: Membership) -> int:
    """How many lead the organisation besides this one, and can be written to."""
    wanted = select(func.count()).where(
        Membership.person_id == Person.id,
        Person.active,
        Membership.organisation_id == membership.organisation_id,
        Membership.ended_at.is_(None),
        Membership.role == LEAD,
        Membership.id != membership.id,
    )
    return session.scalar(wanted) or 0


def _standing(organisation: Organisation) -> Select[Any]:
    return select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.ended_at.is_(None)
    )


# Who is invited


def open_invitations(
    session: Session, organisation: Organisation, page: int = 1
) -> Paged[Invitation]:
    """Neither accepted nor withdrawn, newest first; run out ones are among them."""
    wanted = _open_invitations().where(Invitation.organisation_id == organisation.id)
    return paged(session, wanted.order_by(Invitation.id.desc()), page)


def open_invitation_to(
    session: Session, organisation: Organisation, email: str
) -> Invitation | None:
    wanted = _open_invitations().where(
        Invitation.organisation_id == organisation.id, Invitation.email == email
    )
    return session.scalars(wanted.order_by(Invitation.id.desc()).limit(1)).first()


def invitations_for(session: Session, person: Person, at: datetime) -> list[Invitation]:
    """What a person can accept now."""
    wanted = (
        _open_invitations()
        .join(Invitation.organisation)
        .where(
            Invitation.email.in_(person.emails),
            Invitation.expires_at > at,
            Organisation.state != CLOSED,
        )
        .order_by(Invitation.id.desc())
        .limit(MOST_SHOWN)
    )
    whole = wanted.options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
    return list(session.scalars(whole))


def invitation_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> Invitation | None:
    wanted = select(Invitation).where(Invitation.reference == reference)
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def sent_since(
    session: Session,
    since: datetime,
    *,
    organisation: Organisation | None = None,
    person: Person | None = None,
) -> int:
    """Invitations sent since then from an organisation, or by a person for any of theirs."""
    wanted = select(func.count()).select_from(Invitation).where(Invitation.sent_at > since)
    if organisation is not None:
        wanted = wanted.where(Invitation.organisation_id == organisation.id)
    if person is not None:
        wanted = wanted.where(Invitation.invited_by_id == person.id)
    return session.scalar(wanted) or 0


def _open_invitations() -> Select[Any]:
    return select(Invitation).where(
        Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
    )
