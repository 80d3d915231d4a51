"""Making seats, appointing and ending terms, noting ties.  Each raises Refused where it may not.

A term brings the role that opens the pages (accounts.Appointment), and its end takes it away.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.models import Organisation, Person
from accounts.models.people import (
    ASSESSOR,
    LEAD_ASSESSOR,
    STEERING_GROUP,
    YOUNG_ASSESSOR,
)
from accounts.models.people import CHAIR as CHAIR_ROLE
from accounts.queries.people import hold, person_by_email
from steering import queries
from steering.models import AssessorTerm, Chairing, Seat, SeatTerm, Tie
from steering.models.assessors import ADULT
from web.audit import record
from web.workflow import Refused


def make_seat(session: Session, constituency: str, body: str, *, by: Any, at: datetime) -> Seat:
    seat = Seat(constituency=constituency, body=body, made_at=at)
    return _added(session, seat, "make", by, at)


def close_seat(session: Session, seat: Seat, *, by: Any, at: datetime) -> None:
    if seat.closed_at is not None:
        raise Refused(["This seat is closed already."])
    if any(term.ended_at is None for term in seat.terms):
        raise Refused(["Somebody holds this seat. End their time first."])
    seat.closed_at = at
    record(session, seat, "close", by=by, at=at)


def found_or_invited(session: Session, email: str, name: str, *, at: datetime) -> Person:
    """The account of this address, or a new one without a password: the mail that tells them of
    the appointment has a link to choose one."""
    person = person_by_email(session, email)
    if person is not None:
        return person
    if not name:
        raise Refused(
            ["Nobody has an account with this address. Write their name too, and we invite them."]
        )
    return people.register(session, name=name, email=email, password=None, at=at)


def appoint(
    session: Session,
    seat: Seat,
    person: Person,
    part: str,
    *,
    began_on: date,
    ends_on: date,
    decision: str,
    by: Any,
    at: datetime,
) -> SeatTerm:
    """Give somebody the seat, or make them its deputy."""
    _not_oneself(person, by)
    if seat.closed_at is not None:
        raise Refused(["This seat is closed."])
    if any(term.part == part and term.ended_at is None for term in seat.terms):
        raise Refused(["Somebody holds this already. End their time first."])
    if queries.term_of(session, _held(session, person)) is not None:
        raise Refused(["They hold a seat already. Nobody holds two."])
    term = SeatTerm(
        seat=seat,
        person=person,
        part=part,
        began_on=began_on,
        ends_on=ends_on,
        decision=decision,
        appointed_by_id=getattr(by, "id", None),
    )
    _added(session, term, "appoint", by, at)
    _give(session, person, STEERING_GROUP, by, at)
    return term


def end_term(session: Session, term: SeatTerm, why: str, *, by: Any, at: datetime) -> None:
    """Whoever holds no seat does not chair."""
    _end(session, term, why, by, at)
    _take(session, term.person, STEERING_GROUP, by, at)
    for chairing in queries.chairings_of(session, term.person):
        end_chairing(session, chairing, why, by=by, at=at)


def make_chair(
    session: Session,
    person: Person,
    part: str,
    *,
    began_on: date,
    ends_on: date,
    decision: str,
    by: Any,
    at: datetime,
) -> Chairing:
    if not person.has_role(STEERING_GROUP):
        raise Refused(["Only somebody who holds a seat can chair."])
    _not_oneself(person, by)
    _held(session, person)
    standing = queries.standing_chairs(session)
    if any(chairing.part == part for chairing in standing):
        raise Refused(["Somebody does this already. End their time first."])
    if any(chairing.person_id == person.id for chairing in standing):
        raise Refused(["One person cannot be the chair and the deputy chair."])
    chairing = Chairing(
        person=person,
        part=part,
        began_on=began_on,
        ends_on=ends_on,
        decision=decision,
        appointed_by_id=getattr(by, "id", None),
    )
    _added(session, chairing, "appoint", by, at)
    _give(session, person, CHAIR_ROLE, by, at)
    return chairing


def end_chairing(session: Session, chairing: Chairing, why: str, *, by: Any, at: datetime) -> None:
    _end(session, chairing, why, by, at)
    _take(session, chairing.person, CHAIR_ROLE, by, at)


def appoint_assessor(
    session: Session,
    person: Person,
    kind: str,
    *,
    until: date,
    decision: str,
    leads: bool = False,
    most_open: int | None = None,
    by: Any,
    at: datetime,
) -> AssessorTerm:
    _not_oneself(person, by)
    if queries.assessor_term_of(session, _held(session, person)) is not None:
        raise Refused(["They are an assessor already. End that first."])
    if leads and kind != ADULT:
        raise Refused(["A young assessor does not lead."])
    term = AssessorTerm(
        person=person,
        kind=kind,
        leads=leads,
        most_open=most_open,
        appointed_at=at,
        appointed_by_id=getattr(by, "id", None),
        decision=decision,
        current_until=until,
    )
    _added(session, term, "appoint", by, at)
    for role in roles_of(term):
        _give(session, person, role, by, at)
    return term


def end_assessor(session: Session, term: AssessorTerm, why: str, *, by: Any, at: datetime) -> None:
    _end(session, term, why, by, at)
    for role in roles_of(term):
        _take(session, term.person, role, by, at)


def roles_of(term: AssessorTerm) -> tuple[str, ...]:
    if term.kind != ADULT:
        return (YOUNG_ASSESSOR,)
    return (ASSESSOR, LEAD_ASSESSOR) if term.leads else (ASSESSOR,)


def note_tie(
    session: Session,
    person: Person,
    organisation: Organisation,
    kind: str,
    *,
    over_on: date | None = None,
    by: Any,
    at: datetime,
) -> Tie:
    _held(session, person)
    if queries.same_tie(session, person, organisation, kind) is not None:
        raise Refused(["This is noted already."])
    tie = Tie(
        person=person,
        organisation=organisation,
        kind=kind,
        over_on=over_on,
        noted_at=at,
        noted_by_id=getattr(by, "id", None),
    )
    return _added(session, tie, "note", by, at)


def take_back_tie(session: Session, tie: Tie, *, by: Any, at: datetime) -> None:
    if tie.taken_back_at is not None:
        raise Refused(["This was taken back already."])
    tie.taken_back_at = at
    record(session, tie, "take back", by=by, at=at)


def end_tie(session: Session, tie: Tie, over_on: date, *, by: Any, at: datetime) -> None:
    """What ties them is over; it bars for some years more (steering.ties)."""
    if tie.taken_back_at is not None:
        raise Refused(["This was taken back already."])
    tie.over_on = over_on
    record(session, tie, "end", by=by, at=at)


def _held(session: Session, person: Person) -> Person:
    """Two requests for one person wait in line.  Flushed first: what is read anew is what stands
    in the database, and a change that was not written yet would be lost."""
    session.flush()
    return hold(session, person)


def _not_oneself(person: Person, by: Any) -> None:
    if person is by:
        raise Refused(["Somebody else on the Charter team appoints you."])


def _added(session: Session, thing: Any, verb: str, by: Any, at: datetime) -> Any:
    session.add(thing)
    session.flush()
    record(session, thing, verb, by=by, at=at)
    return thing


def _end(session: Session, term: Any, why: str, by: Any, at: datetime) -> None:
    if term.ended_at is not None:
        raise Refused(["This has ended already."])
    term.ended_at, term.ended_why = at, why.strip()
    record(session, term, "end", by=by, at=at)


def _give(session: Session, person: Person, role: str, by: Any, at: datetime) -> None:
    if not person.has_role(role):
        people.appoint(session, person, role, by=by, at=at)


def _take(session: Session, person: Person, role: str, by: Any, at: datetime) -> None:
    if person.has_role(role):
        people.end_appointment(session, person, role, by=by, at=at)
