"""A pledge that was made without an account becomes part of one.

As soon as an account's address is confirmed, or a confirmed account gets another address, the
pledge that stands for it joins; and a pledge that has joined never stays behind at an address its
account has left.  In the same transaction, whichever action it was.
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from accounts.models import Person
from charter.workers import actions, queries
from charter.workers.words import UNCONFIRMED
from web import clock
from web.audit import record

DUE = "workers_to_join"
FACTS = ("confirmed_at", "email", "second_email")


def join(session: Session, person: Person) -> None:
    """At most one: whoever has a pledge may have got the address from somebody else who had."""
    if queries.has_joined(session, person):
        return
    for email in person.emails:
        pledge = queries.standing(session, email, lock=True)
        if pledge is not None and pledge.person_id is None and pledge.state != UNCONFIRMED:
            pledge.person_id = person.id
            record(session, pledge, "join", by=person, at=clock.now())
            return


def follow(session: Session, person: Person) -> None:
    for pledge in queries.joined(session, person):
        if pledge.email not in person.emails:
            actions.follow(session, pledge, by=person, at=clock.now())


def _see(session: Session, _context: UOWTransaction) -> None:
    due: list[Person] = session.info.setdefault(DUE, [])
    people = (thing for thing in (*session.new, *session.dirty) if isinstance(thing, Person))
    due += [person for person in people if person.confirmed_at is not None and _is_news(person)]


def _is_news(person: Any) -> bool:
    attributes = inspect(person).attrs
    return any(attributes[name].history.has_changes() for name in FACTS)


def _join_who_is_due(session: Session) -> None:
    session.flush()
    for person in session.info.pop(DUE, []):
        join(session, person)
        follow(session, person)


def _forget(session: Session, *_: object) -> None:
    session.info.pop(DUE, None)


event.listen(Session, "after_flush", _see)
event.listen(Session, "before_commit", _join_who_is_due, insert=True)
event.listen(Session, "after_soft_rollback", _forget)
