"""Who leads an organisation, which one nobody leads, and who asks to join or to lead."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.asking import WAITING
from accounts.models import (
    CHECKED,
    CLOSED,
    LEAD,
    LeadHandover,
    Membership,
    MembershipRequest,
    Organisation,
    Person,
)
from web.contributions import Waiting
from web.database import holding
from web.folding import fold
from web.paging import PAGE, Paged, paged

MOST_TOLD = 200
MOST_DUE = 200


def people_of(session: Session, organisation: Organisation, role: str = "") -> list[Person]:
    """Who belongs to it and can be written to; with a role, only those."""
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.ended_at.is_(None),
            Person.active,
        )
    )
    if role:
        wanted = wanted.where(Membership.role == role)
    return list(session.scalars(wanted.order_by(Person.id).limit(MOST_TOLD)))


def leads_of(session: Session, organisation: Organisation) -> list[Person]:
    return people_of(session, organisation, LEAD)


def _has_lead() -> ColumnElement[bool]:
    """A lead whose account does not work any more counts as none."""
    return exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.role == LEAD,
        Membership.ended_at.is_(None),
        Person.id == Membership.person_id,
        Person.active,
    )


def organisations_without_lead(session: Session, page: int = 1) -> Paged[Organisation]:
    """Those that are flagged, the one that waits longest on top."""
    wanted = _flagged(select(Organisation))
    return paged(session, wanted.order_by(Organisation.without_lead_since, Organisation.id), page)


def without_lead_waiting(session: Session, _at: datetime) -> Waiting:
    counted: Any = select(func.count(), func.min(Organisation.without_lead_since))
    count, since = session.execute(_flagged(counted)).one()
    return Waiting(count, since)


def _flagged(wanted: Select[Any]) -> Select[Any]:
    return wanted.where(Organisation.without_lead_since.is_not(None), Organisation.state != CLOSED)


def wrongly_flagged(session: Session) -> list[Organisation]:
    """Those whose flag is not what is so: an account ended, or works again."""
    flagged = Organisation.without_lead_since.is_not(None)
    wrong = or_(flagged & _has_lead(), ~flagged & ~_has_lead())
    wanted = select(Organisation).where(Organisation.state != CLOSED, wrong)
    return list(session.scalars(wanted.order_by(Organisation.id).limit(MOST_DUE)))


# Asking to join


def joinable(session: Session, words: str, page: int = 1) -> Paged[Organisation]:
    """Checked ones by their public names; of the others nobody is to know."""
    wanted = select(Organisation).where(Organisation.state == CHECKED)
    for word in fold(words).split()[:8]:
        wanted = wanted.where(Organisation.search_key.contains(word, autoescape=True))
    return paged(session, wanted.order_by(Organisation.sort_key, Organisation.id), page, 20)


def request_waiting(
    session: Session, organisation: Organisation, person: Person
) -> MembershipRequest | None:
    wanted = _waiting().where(
        MembershipRequest.organisation_id == organisation.id,
        MembershipRequest.person_id == person.id,
    )
    return session.scalar(wanted)


def last_request(
    session: Session, organisation: Organisation, person: Person
) -> MembershipRequest | None:
    wanted = select(MembershipRequest).where(
        MembershipRequest.organisation_id == organisation.id,
        MembershipRequest.person_id == person.id,
    )
    return session.scalars(wanted.order_by(MembershipRequest.id.desc()).limit(1)).first()


def request_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> MembershipRequest | None:
    wanted = select(MembershipRequest).where(MembershipRequest.reference == reference)
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def requests_to(session: Session, organisation: Organisation) -> list[MembershipRequest]:
    """Those that wait, oldest first."""
    wanted = _waiting().where(MembershipRequest.organisation_id == organisation.id)
    return list(session.scalars(_whole(wanted).limit(PAGE)))


def requests_by(session: Session, person: Person) -> list[MembershipRequest]:
    wanted = _waiting().where(MembershipRequest.person_id == person.id)
    return list(session.scalars(_whole(wanted).limit(PAGE)))


def how_many_ask(session: Session, ids: list[int]) -> dict[int, int]:
    """By organisation, how many requests wait: one statement."""
    wanted = (
        select(MembershipRequest.organisation_id, func.count())
        .where(
            MembershipRequest.state == WAITING,
            MembershipRequest.organisation_id.in_(ids),
        )
        .group_by(MembershipRequest.organisation_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def requests_for_team(session: Session, page: int = 1) -> Paged[MembershipRequest]:
    """To organisations that nobody leads."""
    wanted = _whole(_for_team(_waiting()))
    return paged(session, wanted, page)


def team_requests_waiting(session: Session, _at: datetime) -> Waiting:
    counted: Any = select(func.count(), func.min(MembershipRequest.asked_at))
    counted = counted.where(MembershipRequest.state == WAITING)
    count, since = session.execute(_for_team(counted)).one()
    return Waiting(count, since)


def requests_run_out(session: Session, at: datetime) -> list[MembershipRequest]:
    wanted = _waiting().where(MembershipRequest.expires_at <= at)
    return list(session.scalars(_whole(wanted).limit(MOST_DUE)))


def _waiting() -> Select[Any]:
    return select(MembershipRequest).where(MembershipRequest.state == WAITING)


def _for_team(wanted: Select[Any]) -> Select[Any]:
    return wanted.where(MembershipRequest.organisation_id.in_(_flagged(select(Organisation.id))))


def _whole(wanted: Select[Any]) -> Select[Any]:
    return wanted.order_by(MembershipRequest.asked_at, MembershipRequest.id).options(
        joinedload(MembershipRequest.person), joinedload(MembershipRequest.organisation)
    )


# Handing over


def handover_waiting(
    session: Session, organisation: Organisation, *, lock: bool = False
) -> LeadHandover | None:
    wanted = select(LeadHandover).where(
        LeadHandover.organisation_id == organisation.id, LeadHandover.state == WAITING
    )
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def handovers_to(session: Session, person: Person) -> list[LeadHandover]:
    """What a person is offered, with the organisations."""
    wanted = (
        select(LeadHandover)
        .where(LeadHandover.to_id == person.id, LeadHandover.state == WAITING)
        .order_by(LeadHandover.id)
        .options(joinedload(LeadHandover.organisation), joinedload(LeadHandover.offered_by))
    )
    return list(session.scalars(wanted.limit(PAGE)))


def handovers_run_out(session: Session, at: datetime) -> list[LeadHandover]:
    wanted = select(LeadHandover).where(
        LeadHandover.state == WAITING, LeadHandover.expires_at <= at
    )
    return list(session.scalars(wanted.order_by(LeadHandover.id).limit(MOST_DUE)))
