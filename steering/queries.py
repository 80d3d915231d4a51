"""Finding seats, terms, assessors and ties: always ordered, always bounded."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Membership, Merger, Organisation, Person
from steering import current
from steering import gaps as pure
from steering.models import AssessorTerm, Chairing, Seat, SeatTerm, Tie
from steering.models.assessors import ADULT, YOUNG
from steering.models.seats import YOUTH
from steering.ties import MEMBER, Bond, barring
from web import clock
from web.database import holding
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
    too.  None stands for all.  A tie to what became part of another is one to that.  Three
    statements."""
    became = _became(session)
    if organisations is not None:
        organisations = {*organisations, *(o for o in became if became[o] in organisations)}
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
    return [replace(b, organisation_id=became.get(b.organisation_id, b.organisation_id))
            for b in found]  # fmt: skip


def _became(session: Session) -> dict[int, int]:
    """Of each organisation that was merged, the one that stands today."""
    wanted = select(Merger.goes_id, Merger.stays_id).where(Merger.state == "done")
    into = {merger.goes_id: merger.stays_id for merger in session.execute(wanted)}
    return {goes: _last(into, goes) for goes in into}


def _last(into: dict[int, int], organisation_id: int) -> int:
    while organisation_id in into:
        organisation_id = into[organisation_id]
    return organisation_id


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
    """Those of whose cases the person is not to know.  Three statements."""
    day, years = clock.london(at).date(), scheme.clocks.endorsement.tie_years
    found = bonds(session, people=(person.id,))
    return {bond.organisation_id for bond in barring(found, day, years)}


def same_tie(session: Session, person: Any, organisation: Any, kind: str) -> Tie | None:
    wanted = select(Tie).where(
        Tie.person_id == person.id,
        Tie.organisation_id == organisation.id,
        Tie.kind == kind,
        Tie.taken_back_at.is_(None),
    )
    return session.scalar(wanted)


def ties_of(session: Session, person: Any) -> Sequence[Tie]:
    """What stands, the newest first."""
    wanted = (
        select(Tie)
        .where(Tie.person_id == person.id, Tie.taken_back_at.is_(None))
        .options(joinedload(Tie.organisation))
        .order_by(Tie.id.desc())
    )
    return session.scalars(wanted.limit(MOST)).all()


def standing_ties(session: Session, people: Collection[int]) -> Sequence[Tie]:
    """Of these people, by name and organisation."""
    wanted = (
        select(Tie)
        .join(Tie.person)
        .join(Tie.organisation)
        .where(Tie.person_id.in_(people), Tie.taken_back_at.is_(None))
        .options(joinedload(Tie.person), joinedload(Tie.organisation))
        .order_by(Person.name, Organisation.sort_key, Tie.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def tie(session: Session, reference: str, *, lock: bool = False) -> Tie | None:
    return _one(session, Tie, reference, lock)


# Assessors


def assessors(session: Session, day: date) -> Sequence[AssessorTerm]:
    """Those who may be given a case on that day, by name."""
    return [term for term, why in assessors_by(session, day) if why]


def assessors_by(session: Session, day: date) -> list[tuple[AssessorTerm, str]]:
    """All whose term stands, by name, each with what they are current by (``steering.current``)."""
    standing = [term for term in standing_assessors(session) if term.person.active]
    said = current.routes(session, standing, day)
    return [(term, current.basis(term, day, said)) for term in standing]


def standing_assessors(session: Session) -> Sequence[AssessorTerm]:
    """Those whose term was not ended, whether or not their day has passed; by name."""
    wanted = (
        select(AssessorTerm)
        .join(AssessorTerm.person)
        .where(AssessorTerm.ended_at.is_(None))
        .options(joinedload(AssessorTerm.person))
        .order_by(Person.name, AssessorTerm.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def assessor_term_of(session: Session, person: Any) -> AssessorTerm | None:
    wanted = select(AssessorTerm).where(
        AssessorTerm.person_id == person.id, AssessorTerm.ended_at.is_(None)
    )
    return session.scalar(wanted)


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


def standing_chairs(session: Session) -> Sequence[Chairing]:
    """The chair first; those that were not ended."""
    wanted = (
        select(Chairing)
        .where(Chairing.ended_at.is_(None))
        .options(joinedload(Chairing.person))
        .order_by(Chairing.part, Chairing.id)
    )
    return session.scalars(wanted.limit(10)).all()


def chairings_of(session: Session, person: Any) -> list[Chairing]:
    return [chairing for chairing in standing_chairs(session) if chairing.person_id == person.id]


def term_of(session: Session, person: Any) -> SeatTerm | None:
    """The one that stands."""
    wanted = select(SeatTerm).where(SeatTerm.person_id == person.id, SeatTerm.ended_at.is_(None))
    return session.scalar(wanted)


def terms_of(session: Session, person: Any) -> list[Any]:
    """Every time of theirs in a seat, as chair and as assessor, the newest of each first."""
    return [
        term
        for kind in (SeatTerm, Chairing, AssessorTerm)
        for term in session.scalars(
            select(kind).where(kind.person_id == person.id).order_by(kind.id.desc()).limit(MOST)
        )
    ]


def is_young(session: Session, person: Any) -> bool:
    """Speaks for young people, or is a young assessor."""
    return any(
        getattr(term, "constituency", None) == YOUTH or getattr(term, "kind", None) == YOUNG
        for term in terms_of(session, person)
        if term.ended_at is None
    )


def seat(session: Session, reference: str, *, lock: bool = False) -> Seat | None:
    return _one(session, Seat, reference, lock)


def term(session: Session, reference: str, *, lock: bool = False) -> Any:
    """A time in a seat, as chair or as assessor."""
    for kind in (SeatTerm, Chairing, AssessorTerm):
        found = _one(session, kind, reference, lock)
        if found is not None:
            return found
    return None


def _one(session: Session, kind: Any, reference: str, lock: bool) -> Any:
    wanted = select(kind).where(kind.reference == reference)
    return session.scalar(holding(wanted, kind) if lock else wanted)


# Gaps


def gaps(session: Session, at: datetime, scheme: Scheme) -> list[pure.Gap]:
    """What is missing or soon will be.  Five statements."""
    found, today = seats(session), clock.london(at).date()
    people = [term.person_id for one in found for term in one.terms if term.ended_at is None]
    assessors = [t for t, why in assessors_by(session, today) if why != current.BY_TRAINING]
    return pure.gaps(
        found,
        standing_chairs(session),
        assessors,
        bonds(session, people=people),
        today=today,
        quorums={group.key: group.quorum for group in scheme.constituencies},
        tie_years=scheme.clocks.endorsement.tie_years,
    )


def organisations_named(session: Session, ids: Collection[int]) -> dict[int, str]:
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return dict(row for row in session.execute(wanted.order_by(Organisation.id)))
