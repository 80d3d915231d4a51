"""Who can be given cases, which cases look for somebody, and who is tied: a fixed number of
statements, however many there are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from accounts.models import Membership, Person
from endorsement.models import Submission
from review.allocation.parts import Candidate, Wanted
from review.allocation.rules import still_needed
from review.models import Allocation, Case
from review.parts import ACCEPTED, SENT, STANDING
from review.practice.queries import practised
from review.states import WAITING, WITH_ASSESSORS
from steering import queries as steering
from steering.current import BY_TRAINING
from steering.models import AssessorTerm
from steering.models.assessors import ADULT
from steering.ties import DECLARED, Bond, barring, domain_of
from web import clock
from web.database import holding
from web.scheme import Scheme

MOST = 1000


@dataclass(frozen=True)
class Pool:
    """Those who are current as assessors on a day, and how much each has."""

    terms: Sequence[AssessorTerm]
    held: dict[int, int]
    read: dict[int, int]
    usual: int
    """Cases at once, where they offered neither more nor fewer."""
    by_training: frozenset[int] = frozenset()
    """Those of them who are current by their training; the others by the day they were given."""
    practised: Collection[int] = ()
    """Those of them who have sent a practice case."""
    resting: Sequence[AssessorTerm] = ()
    """Whose time stands, and who may be given no case."""

    def candidate(self, term: AssessorTerm) -> Candidate:
        most = self.usual if term.most_open is None else term.most_open
        key = term.person_id
        return Candidate(
            key,
            term.kind,
            self.held.get(key, 0),
            most,
            self.read.get(key, 0),
            practised=key in self.practised,
            by_training=key in self.by_training,
        )

    @cached_property
    def people(self) -> list[int]:
        return [term.person_id for term in self.terms]

    @cached_property
    def proposed(self) -> list[Candidate]:
        """Those a proposal gives cases to.  Lead assessors check cases together and hear appeals,
        where they must not have read: they are given one by hand."""
        return [self.candidate(term) for term in self.terms if not term.leads]

    @cached_property
    def names(self) -> dict[int, str]:
        return {term.person_id: term.person.name for term in self.terms}


def pool(session: Session, at: datetime, scheme: Scheme) -> Pool:
    known = steering.assessors_by(session, clock.london(at).date())
    terms = [term for term, why in known if why]
    people = [term.person_id for term in terms]
    return Pool(
        terms,
        held(session, people),
        read(session, people),
        scheme.clocks.endorsement.open_cases_per_assessor,
        by_training=frozenset(t.person_id for t, why in known if why == BY_TRAINING),
        practised=practised(session, people),
        resting=[term for term, why in known if not why],
    )


def hold_assessors(session: Session) -> None:
    """Until the commit nobody else gives any of them a case.  After the cases, always."""
    wanted = select(AssessorTerm).where(AssessorTerm.ended_at.is_(None)).order_by(AssessorTerm.id)
    session.scalars(holding(wanted)).all()


def held(session: Session, people: Collection[int]) -> dict[int, int]:
    """Open cases, by person."""
    wanted = (
        select(Allocation.person_id, func.count())
        .join(Allocation.case)
        .where(
            Allocation.person_id.in_(people),
            Allocation.state.in_(STANDING),
            Case.state.in_(WITH_ASSESSORS),
        )
        .group_by(Allocation.person_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def read(session: Session, people: Collection[int]) -> dict[int, int]:
    """Cases they have sent a reading of, by person."""
    wanted = (
        select(Allocation.person_id, func.count())
        .where(Allocation.person_id.in_(people), Allocation.sent_at.is_not(None))
        .group_by(Allocation.person_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def together(session: Session, people: Collection[int]) -> dict[frozenset[int], int]:
    """How often two adults read a case together, or are reading one."""
    one, other = aliased(Allocation), aliased(Allocation)
    met = and_(one.case_id == other.case_id, one.person_id < other.person_id)
    wanted = (
        select(one.person_id, other.person_id, func.count())
        .join(other, met)
        .where(
            *(part.state.in_((ACCEPTED, SENT)) for part in (one, other)),
            *(part.part == ADULT for part in (one, other)),
            one.person_id.in_(people),
            other.person_id.in_(people),
        )
        .group_by(one.person_id, other.person_id)
    )
    return {frozenset((a, b)): times for a, b, times in session.execute(wanted)}


# Cases


def waiting(session: Session, *, lock: bool = False) -> Sequence[Case]:
    """Those that look for assessors, the longest waiting first."""
    wanted = select(Case).where(Case.state == WAITING).options(*PARTS).limit(MOST)
    if lock:
        wanted = holding(wanted.order_by(Case.id), Case)
        return sorted(session.scalars(wanted), key=lambda case: (case.since, case.id))
    return session.scalars(wanted.order_by(Case.since, Case.id)).all()


PARTS = (
    joinedload(Case.organisation),
    joinedload(Case.submission).joinedload(Submission.framework_version),
    selectinload(Case.allocations).joinedload(Allocation.person),
    selectinload(Case.ballots),
)


# Ties


@dataclass(frozen=True)
class Ties:
    """What ties some people to some organisations, on a day."""

    bonds: Sequence[Bond]
    day: date
    years: int

    @cached_property
    def bars(self) -> dict[int, set[int]]:
        """By organisation, who is barred."""
        found: dict[int, set[int]] = {}
        for bond in barring(self.bonds, self.day, self.years):
            found.setdefault(bond.organisation_id, set()).add(bond.person_id)
        return found

    def barred(self, organisation_id: int) -> set[int]:
        return self.bars.get(organisation_id, set())

    def between(self, person_id: int, organisation_id: int) -> list[Bond]:
        return [
            bond
            for bond in self.bonds
            if (bond.person_id, bond.organisation_id) == (person_id, organisation_id)
            and (bond.bars_on(self.day, self.years) or bond.kind in DECLARED)
        ]


def ties(
    session: Session, people: Collection[int], cases: Iterable[Case], at: datetime, scheme: Scheme
) -> Ties:
    organisations = {case.organisation_id for case in cases}
    bonds = steering.bonds(session, people=people, organisations=organisations)
    return Ties(bonds, clock.london(at).date(), scheme.clocks.endorsement.tie_years)


def as_wanted(case: Case, tied: set[int]) -> Wanted:
    """A case as the proposal sees it; who had a part in it before is not given it again."""
    parts = case.allocations
    return Wanted(
        case.id,
        still_needed(case),
        barred=frozenset(tied | {a.person_id for a in (*parts, *case.ballots)}),
        staying=tuple(a.person_id for a in parts if a.part == ADULT and a.state in STANDING),
    )


def domains(session: Session, organisations: Collection[int]) -> dict[int, set[str]]:
    """Where the addresses of an organisation and of its people are kept, by organisation."""
    belongs = (
        select(Membership.organisation_id, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisations), Membership.ended_at.is_(None))
    )
    found: dict[int, set[str]] = {}
    for organisation_id, email in session.execute(belongs.order_by(Membership.id)):
        found.setdefault(organisation_id, set()).add(domain_of(email))
    return found
