"""Finding seats, terms, assessors and ties: always ordered, always bounded."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Membership, Person
from steering.models import AssessorTerm, Chairing, Seat, SeatTerm, Tie
from steering.models.assessors import ADULT
from steering.ties import MEMBER, Bond, barring
from web import clock
from web.scheme import Scheme

MOST = 1000
"""Far more than a county's group has."""


# Ties


def bonds(
    session: Session,
    *,
    people: Collection[int] | None = None,
    organisations: Collection[int] | None = None,
) -> list[Bond]:
    """What ties these people to these organisations: what was noted, and memberships, ended ones
    too.  None stands for all.  Two statements."""
    noted = select(Tie.person_id, Tie.organisation_id, Tie.kind, Tie.over_on)
    noted = noted.where(Tie.taken_back_at.is_(None))
    belongs = select(Membership.person_id, Membership.organisation_id, Membership.ended_at)
    if people is not None:
        noted, belongs = (
            noted.where(Tie.person_id.in_(people)),
            belongs.where(Membership.person_id.in_(people)),
        )
    if organisations is not None:
        noted, belongs = (
            noted.where(Tie.organisation_id.in_(organisations)),
            belongs.where(Membership.organisation_id.in_(organisations)),
        )
    found = [Bond(*row) for row in session.execute(noted.order_by(Tie.id))]
    for person_id, organisation_id, ended_at in session.execute(belongs.order_by(Membership.id)):
        over = clock.london(ended_at).date() if ended_at else None
        found.append(Bond(person_id, organisation_id, MEMBER, over))
    return found


def barred_people(
    session: Session, organisation_id: int, people: Collection[int], day: date, years: int
) -> set[int]:
    """Those of them whom a tie bars from a case of this organisation."""
    found = bonds(session, people=people, organisations=(organisation_id,))
    return {bond.person_id for bond in barring(found, day, years)}


def is_barred(session: Session, person: Any, case: Any, at: datetime, scheme: Scheme) -> bool:
    """``case``: whatever is about one organisation."""
    day, years = clock.london(at).date(), scheme.clocks.endorsement.tie_years
    return bool(barred_people(session, case.organisation_id, (person.id,), day, years))


def organisations_barred(session: Session, person: Any, at: datetime, scheme: Scheme) -> set[int]:
    """Those of whose cases the person is not to know."""
    day, years = clock.london(at).date(), scheme.clocks.endorsement.tie_years
    found = bonds(session, people=(person.id,))
    return {bond.organisation_id for bond in barring(found, day, years)}


# Assessors


def assessors(session: Session, day: date) -> Sequence[AssessorTerm]:
    """Those who may be given a case on that day, by name."""
    wanted = (
        select(AssessorTerm)
        .join(AssessorTerm.person)
        .where(AssessorTerm.ended_at.is_(None), AssessorTerm.current_until >= day, Person.active)
        .options(joinedload(AssessorTerm.person))
        .order_by(Person.name, AssessorTerm.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def lead_assessors_without_a_tie(
    session: Session, case: Any, at: datetime, scheme: Scheme
) -> list[Person]:
    day = clock.london(at).date()
    leads = [term.person for term in assessors(session, day) if term.leads and term.kind == ADULT]
    years = scheme.clocks.endorsement.tie_years
    barred = barred_people(
        session, case.organisation_id, [person.id for person in leads], day, years
    )
    return [person for person in leads if person.id not in barred]


# Seats


def seats(session: Session) -> Sequence[Seat]:
    """Those that are not closed, by constituency and body, with all their terms."""
    wanted = (
        select(Seat)
        .where(Seat.closed_at.is_(None))
        .options(joinedload(Seat.terms).joinedload(SeatTerm.person))
        .order_by(Seat.constituency, Seat.body, Seat.id)
    )
    return session.scalars(wanted.limit(MOST)).unique().all()


def holders(session: Session, day: date) -> Sequence[SeatTerm]:
    """Members and deputies whose term stands on that day, by constituency and name."""
    wanted = (
        select(SeatTerm)
        .join(SeatTerm.seat)
        .join(SeatTerm.person)
        .where(
            SeatTerm.ended_at.is_(None),
            Seat.closed_at.is_(None),
            SeatTerm.began_on <= day,
            SeatTerm.ends_on >= day,
            Person.active,
        )
        .options(joinedload(SeatTerm.seat), joinedload(SeatTerm.person))
        .order_by(Seat.constituency, Person.name, SeatTerm.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def chairs(session: Session, day: date) -> Sequence[Chairing]:
    """The chair first, then the deputy; those whose time stands on that day."""
    wanted = (
        select(Chairing)
        .where(Chairing.ended_at.is_(None), Chairing.began_on <= day, Chairing.ends_on >= day)
        .options(joinedload(Chairing.person))
        .order_by(Chairing.part, Chairing.id)
    )
    return session.scalars(wanted.limit(10)).all()
