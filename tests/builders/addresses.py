"""Second addresses and lost mailboxes, by the real actions."""

from datetime import timedelta
from itertools import count

from sqlalchemy.orm import Session

from accounts.addresses import actions, mailboxes
from accounts.models import AddressChange, MailboxRequest, Person
from web import clock

WEEK = timedelta(days=7)
_number = count(1)


def adding(session: Session, person: Person, email: str = "") -> AddressChange:
    """Asked for, not confirmed yet."""
    change = actions.ask_to_add(
        session,
        person,
        email or f"second{next(_number)}@example.org",
        shared=person.shared,
        at=clock.now(),
        good_for=WEEK,
    )
    session.commit()
    return change


def with_second(session: Session, person: Person, email: str = "") -> Person:
    actions.say_yes(session, adding(session, person, email), actions.NEW, at=clock.now())
    session.commit()
    return person


def making_main(session: Session, person: Person) -> AddressChange:
    change = actions.ask_to_make_main(session, person, at=clock.now(), good_for=WEEK)
    session.commit()
    return change


def lost(session: Session, old: str, new: str) -> MailboxRequest:
    """Asked by the public form."""
    asked = mailboxes.Asked("Sam", "Kites Youth Club", old, new, "0115 496 0000")
    made = mailboxes.ask(session, asked, at=clock.now())
    session.commit()
    return made


def started(session: Session, request: MailboxRequest, officer: Person) -> MailboxRequest:
    mailboxes.start(
        session,
        request,
        how="Called the club on its own number.",
        by=officer,
        at=clock.now(),
        notice=timedelta(hours=72),
        good_for=WEEK,
    )
    session.commit()
    return request
