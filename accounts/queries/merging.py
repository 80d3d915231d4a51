"""What two organisations have that are to become one."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.asking import WAITING
from accounts.models import (
    Invitation,
    LeadHandover,
    Membership,
    MembershipRequest,
    Merger,
    Organisation,
    OrganisationRename,
    Project,
)
from web.database import holding

MOST = 2000
"""Far more than one organisation has."""


def hold_both(session: Session, one: Organisation, other: Organisation) -> None:
    """In one order, whichever is to stay: two officers come one after the other."""
    ids = sorted((one.id, other.id))
    wanted = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.id)
    session.scalars(holding(wanted)).all()


def members(session: Session, organisation: Organisation) -> list[Membership]:
    wanted = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.ended_at.is_(None)
    )
    whole = wanted.order_by(Membership.id).options(joinedload(Membership.person))
    return list(session.scalars(whole.limit(MOST + 1)))


def invitations(session: Session, organisation: Organisation) -> list[Invitation]:
    wanted = select(Invitation).where(
        Invitation.organisation_id == organisation.id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    return list(session.scalars(wanted.order_by(Invitation.id).limit(MOST)))


def requests(session: Session, organisation: Organisation) -> list[MembershipRequest]:
    return list(session.scalars(_waiting(MembershipRequest, organisation)))


def handovers(session: Session, organisation: Organisation) -> list[LeadHandover]:
    return list(session.scalars(_waiting(LeadHandover, organisation)))


def _waiting(model: Any, organisation: Organisation) -> Select[Any]:
    wanted = select(model).where(model.organisation_id == organisation.id, model.state == WAITING)
    return wanted.order_by(model.id).limit(MOST)


def projects(session: Session, organisation: Organisation) -> list[Project]:
    wanted = select(Project).where(Project.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(Project.id).limit(MOST)))


def name_waits(session: Session, *organisations: Organisation) -> bool:
    wanted = select(OrganisationRename.id).where(
        OrganisationRename.organisation_id.in_([o.id for o in organisations]),
        OrganisationRename.state == WAITING,
    )
    return session.scalar(wanted.limit(1)) is not None


def merger_by_reference(session: Session, reference: str, *, lock: bool = False) -> Merger | None:
    wanted = select(Merger).where(Merger.reference == reference)
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def mergers_of(session: Session, organisation: Organisation) -> list[Merger]:
    """Of which it was one of the two, newest first."""
    wanted = select(Merger).where(
        or_(Merger.stays_id == organisation.id, Merger.goes_id == organisation.id)
    )
    whole = wanted.options(joinedload(Merger.stays), joinedload(Merger.goes))
    return list(session.scalars(whole.order_by(Merger.id.desc()).limit(20)))
