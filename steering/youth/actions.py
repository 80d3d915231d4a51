"""What happens to a young person's seat.  Each raises Refused where it may not.

A passphrase comes here hashed; a code comes as its digest, made with the portal's key.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.models import Person
from accounts.models.people import NOBODYS
from steering import actions, queries
from steering.models import Seat, YouthSeat
from steering.models.assessors import YOUNG
from steering.models.seats import YOUTH
from steering.models.youth import JOINED, OPEN
from steering.youth.names import key_of
from steering.youth.queries import named
from web import clock
from web.audit import record
from web.references import new_salt
from web.workflow import Refused

Digest = Callable[[str], str]
"""Of the code that a salt gives."""


def make(
    session: Session,
    part: str,
    seat: Seat | None,
    supporter: Person,
    *,
    ends_on: date,
    decision: str,
    by: Any,
    at: datetime,
) -> YouthSeat:
    """A place for a young person, and whom they can turn to."""
    if seat is not None and seat.constituency != YOUTH:
        raise Refused(["This is not a youth seat."])
    _may_support(supporter)
    youth = YouthSeat(
        part=part, seat=seat, supporter=supporter, ends_on=ends_on, decision=decision,
        made_at=at, made_by_id=getattr(by, "id", None),
    )  # fmt: skip
    session.add(youth)
    session.flush()
    record(session, youth, "make", by=by, at=at)
    return youth


def give_code(
    session: Session,
    youth: YouthSeat,
    digest: Digest,
    *,
    good_for: timedelta,
    by: Any,
    at: datetime,
) -> None:
    """A new code; an earlier one opens nothing any more."""
    if youth.ended_at is not None:
        raise Refused(["This seat has ended."])
    if youth.joined_at is not None and not youth.reset_agreed:
        raise Refused(["They have joined. A new passphrase needs their supporter and you."])
    youth.code_salt = new_salt()
    youth.code_digest, youth.code_expires_at = digest(youth.code_salt), at + good_for
    record(session, youth, "give a code", by=by, at=at)


def join(session: Session, youth: YouthSeat, name: str, password: str, *, at: datetime) -> Person:
    """They choose a name and a passphrase; the seat opens once an officer says so."""
    if youth.joined_at is not None:
        raise Refused(["Somebody has joined with this code."])
    if named(session, name) is not None:
        raise Refused(["Somebody has this name. Choose another one."])
    person = people.register(
        session, name=name, email=f"{new_salt()}{NOBODYS}", password=password, at=at
    )
    person.active = False
    youth.person, youth.name_key, youth.joined_at = person, key_of(name), at
    _use_code(youth)
    session.flush()
    record(session, youth, "join", by=person, at=at)
    return person


def activate(session: Session, youth: YouthSeat, *, by: Any, at: datetime) -> None:
    """From now on they can sign in, read and vote."""
    person = youth.person
    if youth.state != JOINED or person is None or person.erased_at is not None:
        raise Refused(["There is nobody to open it for."])
    person.active, person.confirmed_at = True, at
    record(session, person, "activate", by=by, at=at)
    youth.activated_at, youth.activated_by_id = at, getattr(by, "id", None)
    record(session, youth, "activate", by=by, at=at)
    if youth.seat is None:
        actions.appoint_assessor(
            session, person, YOUNG, until=youth.ends_on, decision=youth.decision, by=by, at=at
        )
        return
    actions.appoint(
        session, youth.seat, person, youth.part, began_on=clock.london(at).date(),
        ends_on=youth.ends_on, decision=youth.decision, by=by, at=at,
    )  # fmt: skip


def change_supporter(
    session: Session, youth: YouthSeat, supporter: Person, *, by: Any, at: datetime
) -> None:
    _may_support(supporter)
    youth.supporter, youth.reset_supporter_at = supporter, None
    record(session, youth, "change supporter", by=by, at=at)


def ask_for_help(session: Session, youth: YouthSeat, *, by: Any, at: datetime) -> None:
    if youth.ended_at is not None:
        raise Refused(["This seat has ended."])
    if youth.help_asked_at is None:
        youth.help_asked_at = at
        record(session, youth, "ask for help", by=by, at=at)


def help_given(session: Session, youth: YouthSeat, *, by: Any, at: datetime) -> None:
    youth.help_asked_at = None
    record(session, youth, "help", by=by, at=at)


def agree_to_reset(
    session: Session, youth: YouthSeat, *, as_supporter: bool, by: Any, at: datetime
) -> None:
    """The supporter and an officer, in either order, and never one person as both."""
    if youth.state != OPEN:
        raise Refused(["Nobody signs in to this seat."])
    if not as_supporter and by is youth.supporter:
        raise Refused(["You are their supporter, so somebody else on the Charter team says yes."])
    if as_supporter:
        youth.reset_supporter_at = at
    else:
        youth.reset_officer_at = at
    record(session, youth, "agree to a reset", by=by, at=at)


def reset(session: Session, youth: YouthSeat, password: str, *, at: datetime) -> None:
    """Ends every session.  They read of it when they sign in next."""
    person = youth.person
    if youth.state != OPEN or person is None or not youth.reset_agreed:
        raise Refused(["This code opens nothing any more."])
    people.reset_password(session, person, password=password, at=at)
    youth.reset_supporter_at = youth.reset_officer_at = youth.reset_seen_at = None
    youth.reset_at = at
    _use_code(youth)
    record(session, youth, "reset", by=person, at=at)


def see_reset(session: Session, youth: YouthSeat, *, by: Any, at: datetime) -> None:
    youth.reset_seen_at = at
    record(session, youth, "read of the reset", by=by, at=at)


def end(session: Session, youth: YouthSeat, why: str, *, by: Any, at: datetime) -> None:
    """They sign in no more.  Name, passphrase and ties go some months later."""
    if youth.ended_at is not None:
        raise Refused(["This has ended already."])
    youth.ended_at, youth.ended_why = at, why.strip()
    _use_code(youth)
    record(session, youth, "end", by=by, at=at)
    if youth.person is None:
        return
    _end_terms(session, youth.person, why, by, at)
    people.end_sessions(session, youth.person)
    youth.person.active = False
    record(session, youth.person, "end", by=by, at=at)


def _end_terms(session: Session, person: Person, why: str, by: Any, at: datetime) -> None:
    if term := queries.term_of(session, person):
        actions.end_term(session, term, why, by=by, at=at)
    if assessor := queries.assessor_term_of(session, person):
        actions.end_assessor(session, assessor, why, by=by, at=at)


def _may_support(person: Person) -> None:
    if not person.has_mailbox or not person.active:
        raise Refused(["A supporter is an adult with an account."])


def _use_code(youth: YouthSeat) -> None:
    youth.code_digest = youth.code_expires_at = None
