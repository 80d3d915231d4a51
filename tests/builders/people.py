"""People, made by the real actions."""

from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from accounts.actions import data_requests, people
from accounts.models import DataRequest, Person
from accounts.models.people import DATA_PROTECTION, OFFICER, SAFEGUARDING
from accounts.sign_in.passwords import hashed
from web import clock

PASSWORD = "three red kites"
_number = count(1)


def person(
    session: Session,
    name: str = "Amina Khan",
    email: str | None = None,
    *,
    password: str | None = None,
    confirmed: bool = True,
    at: datetime | None = None,
) -> Person:
    """Somebody with an account.  A password takes time, so nobody has one unless a test says so."""
    at = at or clock.now()
    made = people.register(
        session,
        name=name,
        email=email or f"person{next(_number)}@example.org",
        password=hashed(password) if password else None,
        at=at,
    )
    if confirmed:
        people.confirm(session, made, at=at)
    session.commit()
    return made


def officer(session: Session, name: str = "Olu Officer", **more: object) -> Person:
    made = person(session, name, **more)  # type: ignore[arg-type]
    people.appoint(session, made, OFFICER, by="system:test", at=clock.now())
    session.commit()
    return made


def data_protection_lead(session: Session, name: str = "Dana Protect", **more: object) -> Person:
    made = person(session, name, **more)  # type: ignore[arg-type]
    people.appoint(session, made, DATA_PROTECTION, by="system:test", at=clock.now())
    session.commit()
    return made


def safeguarding_lead(session: Session, name: str = "Saba Safe", **more: object) -> Person:
    made = person(session, name, **more)  # type: ignore[arg-type]
    people.appoint(session, made, SAFEGUARDING, by="system:test", at=clock.now())
    session.commit()
    return made


def data_request(
    session: Session,
    by: Person | None = None,
    kind: str = "see",
    email: str = "nobody.here@example.org",
    words: str = "What do you know about me?",
) -> DataRequest:
    """Sent by somebody with an account, or by anybody."""
    made = data_requests.ask(
        session,
        kind=kind,
        name=by.name if by else "Ann Onymous",
        email=by.email if by else email,
        words=words,
        by=by,
        at=clock.now(),
        days=30,
    )
    session.commit()
    return made
