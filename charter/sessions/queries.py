"""Finding charter sessions: always ordered, always bounded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import CLOSED, LEAD, Membership, Organisation, Person
from charter.models import CharterSession, CharterSessionEvent
from charter.sessions.states import BOOKED, CANCELLED, DONE, INTERESTED, MISSED, OFFERED
from web.contributions import Waiting
from web.database import holding
from web.paging import PAGE, Paged, paged

WHOLE = (
    joinedload(CharterSession.organisation),
    joinedload(CharterSession.asked_by),
    selectinload(CharterSession.events).joinedload(CharterSessionEvent.by),
)


def newest(
    session: Session, organisation: Organisation, *, lock: bool = False
) -> CharterSession | None:
    """What the organisation asked for last, whole.  ``lock``: nobody else changes it meanwhile."""
    wanted = _of(organisation).options(*WHOLE).order_by(CharterSession.id.desc()).limit(1)
    return session.scalars(_locked(wanted) if lock else wanted).first()


def by_reference(session: Session, reference: str, *, lock: bool = False) -> CharterSession | None:
    wanted = select(CharterSession).where(CharterSession.reference == reference).options(*WHOLE)
    return session.scalars(_locked(wanted) if lock else wanted).first()


def bookings_of(session: Session, organisation: Organisation, most: int = 50) -> list[Any]:
    """An organisation's, newest first."""
    return list(session.scalars(_of(organisation).order_by(CharterSession.id.desc()).limit(most)))


def newest_of_each(
    session: Session, organisations: Iterable[Organisation]
) -> dict[int, CharterSession]:
    """By the organisation's id: one statement."""
    ids = [o.id for o in organisations]
    latest = select(func.max(CharterSession.id)).where(CharterSession.organisation_id.in_(ids))
    wanted = select(CharterSession).where(
        CharterSession.id.in_(latest.group_by(CharterSession.organisation_id))
    )
    return {b.organisation_id: b for b in session.scalars(wanted.order_by(CharterSession.id))}


def _of(organisation: Organisation) -> Select[Any]:
    return select(CharterSession).where(CharterSession.organisation_id == organisation.id)


def _locked(wanted: Select[Any]) -> Select[Any]:
    return holding(wanted, CharterSession)


# The Charter team's lists


def to_arrange(session: Session, page: int = 1) -> Paged[Any]:
    """What waits for a date: who wants a session before who is only interested, oldest first."""
    wanted = _open(CharterSession.state.in_((INTERESTED, MISSED)))
    order = (CharterSession.wants_session.desc(), CharterSession.asked_at, CharterSession.id)
    return paged(session, wanted.order_by(*order), page)


def to_write_down(session: Session, at: datetime) -> list[CharterSession]:
    """Booked ones that are over: how did they go?"""
    wanted = _open(CharterSession.state == BOOKED, CharterSession.starts_at <= at)
    return list(session.scalars(_by_day(wanted)))


def coming(session: Session, at: datetime) -> list[CharterSession]:
    wanted = _open(CharterSession.state == BOOKED, CharterSession.starts_at > at)
    return list(session.scalars(_by_day(wanted)))


def unanswered(session: Session) -> list[CharterSession]:
    return list(session.scalars(_by_day(_open(CharterSession.state == OFFERED))))


def over(session: Session, page: int = 1) -> Paged[Any]:
    """Done and called off, newest first."""
    wanted = select(CharterSession).where(CharterSession.state.in_((DONE, CANCELLED)))
    wanted = wanted.options(joinedload(CharterSession.organisation))
    return paged(session, wanted.order_by(CharterSession.id.desc()), page)


def waiting(session: Session, at: datetime) -> Waiting:
    """What the team has to do: find a date, or write down how it went."""
    wanted = (
        select(func.count(), func.min(CharterSession.asked_at))
        .join(CharterSession.organisation)
        .where(_for_the_team(at), Organisation.state != CLOSED)
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, since)


def _for_the_team(at: datetime) -> Any:
    return or_(
        CharterSession.state.in_((INTERESTED, MISSED)),
        and_(CharterSession.state == BOOKED, CharterSession.starts_at <= at),
    )


def _open(*where: Any) -> Select[Any]:
    """A closed organisation waits for nobody."""
    return (
        select(CharterSession)
        .join(CharterSession.organisation)
        .where(*where, Organisation.state != CLOSED)
        .options(joinedload(CharterSession.organisation))
    )


def _by_day(wanted: Select[Any]) -> Select[Any]:
    return wanted.order_by(CharterSession.starts_at, CharterSession.id).limit(PAGE)


# Whom to tell


def people_of(session: Session, booking: CharterSession) -> list[Person]:
    """The organisation's leads, and whoever asked while they belong to it; each once."""
    return [person for _, person in _concerned(session, [booking])]


def to_remind(
    session: Session, at: datetime, *, soon: datetime, long_offered: datetime
) -> list[tuple[CharterSession, int]]:
    """Dates that lie ahead, booked and coming ``soon`` or offered before ``long_offered``, with
    each person to be told: two statements."""
    wanted = _open(
        CharterSession.starts_at > at,
        or_(
            and_(CharterSession.state == OFFERED, CharterSession.offered_at <= long_offered),
            and_(CharterSession.state == BOOKED, CharterSession.starts_at <= soon),
        ),
    )
    bookings = list(session.scalars(wanted.order_by(CharterSession.id).limit(1000)))
    return [(booking, person.id) for booking, person in _concerned(session, bookings)]


def _concerned(
    session: Session, bookings: list[CharterSession]
) -> list[tuple[CharterSession, Person]]:
    """Leads and askers, who still belong to it and have an account in use."""
    by_organisation = {b.organisation_id: b for b in bookings}
    askers = {b.asked_by_id for b in bookings}
    wanted = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(by_organisation),
            Membership.ended_at.is_(None),
            Person.active,
            or_(Membership.role == LEAD, Person.id.in_(askers)),
        )
        .order_by(Membership.id)
    )
    found = ((by_organisation[m.organisation_id], m, p) for m, p in session.execute(wanted))
    return [
        (booking, person)
        for booking, member, person in found
        if member.role == LEAD or person.id == booking.asked_by_id
    ]
