"""Who is asked to vote: when a case comes to the panel, and when somebody cannot.

Asking is the same each time: whoever is missing is added, and nobody is asked twice.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Person
from review import rules
from review.arriving import arriving
from review.models import Ballot, Case
from review.panel import telling
from review.panel.inviting import GUEST, Asked, Known, SeatHeld, first_round, reserves
from review.rules import FIRST, PORTAL
from review.states import PANEL, SECOND_APPEAL, WAITING
from steering import queries as steering
from steering.models.seats import MEMBER
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused

OPEN, ASIDE, RECUSED = "open", "aside", "recused"
VOTING = (PANEL, SECOND_APPEAL)


@arriving(*VOTING)
def ask(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> list[Ballot]:
    """Everybody who speaks for a seat, and is not asked yet."""
    seats = seats_held(session, at)
    known = known_of(session, case, seats, at, scheme)
    keep_back = rules.stage_of(case) == FIRST
    wanted = first_round(seats, quorum_of(scheme), known, keep_back=keep_back)
    return _ask_all(session, case, wanted, at)


@arriving(WAITING)
def open_again(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:  # noqa: ARG001
    """It was before the panel and others have to read it first: everybody votes afresh."""
    for vote in [vote for ballot in case.ballots for vote in ballot.votes]:
        if vote.replaced_at is None:
            vote.replaced_at = at
            session.flush()
            record(session, vote, "open again", by=PORTAL, at=at)


def ask_reserves(
    session: Session, case: Case, groups: Collection[str], *, at: datetime, scheme: Scheme
) -> list[Ballot]:
    seats = seats_held(session, at)
    wanted = reserves(seats, groups, known_of(session, case, seats, at, scheme))
    return _ask_all(session, case, wanted, at)


def ask_guest(
    session: Session,
    case: Case,
    person: Person,
    group: str,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Ballot:
    """Somebody who holds no seat, for this one case.  Raises Refused."""
    if case.state not in VOTING:
        raise Refused(["The panel is not voting on this."])
    if rules.ballot_of(person, case) is not None:
        raise Refused([f"{person.name} was asked already."])
    no_part = rules.stage_of(case) == FIRST or not rules.took_part(person, case)
    read_it = any(a.person_id == person.id for a in case.allocations)
    if not person.active or read_it or not no_part:
        raise Refused([f"{person.name} had a part in this case. Ask somebody else."])
    if steering.is_barred(session, person, case, at, scheme):
        raise Refused([f"{person.name} has a tie to this organisation. Ask somebody else."])
    return _ask(session, case, Asked(person.id, group, GUEST), by, at)


def can_vote(ballot: Ballot) -> bool:
    """Whether they can vote now: it stands, and it is this panel that votes."""
    case = ballot.case
    votes_now = case.state in VOTING and ballot.stage == rules.stage_of(case)
    return votes_now and ballot.standing == OPEN


def seats_held(session: Session, at: datetime) -> list[SeatHeld]:
    """The seats, and whose time in them stands today."""
    found: dict[int, dict[str, Any]] = {}
    for term in steering.holders(session, clock.london(at).date()):
        seat = found.setdefault(term.seat_id, {"group": term.seat.constituency})
        seat["member" if term.part == MEMBER else "deputy"] = term.person_id
    return [SeatHeld(id_, **held) for id_, held in sorted(found.items())]


def quorum_of(scheme: Scheme) -> dict[str, int]:
    """By group, how many must vote; never less than one."""
    return {group.key: max(1, group.quorum) for group in scheme.constituencies}


def known_of(
    session: Session, case: Case, seats: Iterable[SeatHeld], at: datetime, scheme: Scheme
) -> Known:
    people = {one for s in seats for one in (s.member, s.deputy) if one is not None}
    day = clock.london(at).date()
    barred = steering.barred_people(
        session, case.organisation_id, people, day, scheme.clocks.endorsement.tie_years
    )
    mine = [b for b in case.ballots if b.stage == rules.stage_of(case)]
    barred |= {b.person_id for b in mine if b.standing != OPEN}
    barred |= {a.person_id for a in case.allocations}  # who assesses does not decide
    if rules.stage_of(case) != FIRST:
        barred |= rules.participants(case)
    return Known(
        barred,
        {b.person_id: b.constituency for b in mine if b.standing == OPEN},
        {chairing.person_id for chairing in steering.chairs(session, day)},
        case.id,
    )


def _ask_all(session: Session, case: Case, wanted: Iterable[Asked], at: datetime) -> list[Ballot]:
    return [_ask(session, case, one, PORTAL, at) for one in wanted]


def _ask(session: Session, case: Case, one: Asked, by: Any, at: datetime) -> Ballot:
    made = Ballot(
        case=case,
        stage=rules.stage_of(case),
        person=session.get_one(Person, one.person),
        constituency=one.group,
        capacity=one.capacity,
        standing=OPEN,
        asked_at=at,
    )
    session.add(made)
    session.flush()
    record(session, made, "ask", by=by, at=at)
    telling.asked(session, made, at=at)
    return made
