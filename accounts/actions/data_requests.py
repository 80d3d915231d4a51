"""Asking about one's data, complaining, and answering."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import rules
from accounts.models import DATA_PROTECTION, DataRequest, DataRequestEvent, Person
from accounts.models.data_requests import OPEN_REQUESTS
from accounts.queries import data_requests as queries
from accounts.queries.people import people_with_role
from accounts.request_moves import ASKER, TRANSITIONS
from web import clock, erasing
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform

TWICE = timedelta(minutes=2)
LOOKED, ERASED = "look", "erase the account"


def ask(
    session: Session,
    *,
    kind: str,
    name: str,
    email: str,
    words: str,
    by: Person | None,
    at: datetime,
    days: int,
) -> DataRequest:
    """A new request.  One that is the same as one of a moment ago is the button pressed twice."""
    if twin := queries.just_asked(session, email, kind, words, at - TWICE):
        return twin
    request = DataRequest(
        kind=kind, name=name, email=email, words=words, received_at=at,
        acknowledge_by=clock.london(at).date() + timedelta(days=days),
        person_id=by.id if by else None, confirmed_at=at if by else None,
    )  # fmt: skip
    session.add(request)
    session.flush()
    record(session, request, "ask", by=by or ASKER, at=at)
    _tell_asker(session, request, "received", at)
    for lead in people_with_role(session, DATA_PROTECTION):
        post(
            session, "accounts/request_waits", to=lead.email, at=at, person_id=lead.id,
            reference=request.reference, until=request.acknowledge_by.isoformat(),
        )  # fmt: skip
    return request


def confirm(session: Session, request: DataRequest, *, at: datetime) -> None:
    """Whoever reads the mailbox says that the request is theirs."""
    if request.confirmed_at is None and request.state in OPEN_REQUESTS:
        request.confirmed_at = at
        record(session, request, "confirm", by=ASKER, at=at)


def take_back(session: Session, request: DataRequest, *, at: datetime) -> None:
    _move(session, request, "take back", by=ASKER, at=at)


def acknowledge(session: Session, request: DataRequest, *, by: Person, at: datetime) -> None:
    _move(session, request, "acknowledge", by=by, at=at)


def answer(session: Session, request: DataRequest, *, by: Person, at: datetime, note: str) -> None:
    _move(session, request, "answer", by=by, at=at, note=note)


def refuse(session: Session, request: DataRequest, *, by: Person, at: datetime, note: str) -> None:
    _move(session, request, "refuse", by=by, at=at, note=note)


def look(session: Session, request: DataRequest, *, by: Person, at: datetime) -> None:
    """Whoever looks at somebody's data leaves word of it."""
    insist(rules.may_handle_account(by, request))
    _note(session, request, LOOKED, by, at, "")


def erase_account(
    session: Session,
    request: DataRequest,
    person: Person,
    *,
    by: Person,
    at: datetime,
    reason: str,
) -> None:
    """Erase the account the request is about.  Raises Refused."""
    insist(rules.may_handle_account(by, request))
    if person.id == by.id:
        raise Refused(["This is your own account. Delete it under “Your account”."])
    if not reason.strip():
        raise Refused(["Write why."])
    erasing.erase(session, person, by=by, at=at)
    _note(session, request, ERASED, by, at, reason.strip())


def _move(
    session: Session, request: DataRequest, verb: str, *, by: Any, at: datetime, note: str = ""
) -> None:
    event = perform(TRANSITIONS, verb, request, by=by, at=at, note=note)
    if request.state not in OPEN_REQUESTS:
        request.closed_at = at
    _keep(session, request, event, verb, by, at)
    for kind in TRANSITIONS[verb].tell:
        _tell_asker(session, request, kind, at, note=note.strip())


def _note(
    session: Session, request: DataRequest, verb: str, by: Any, at: datetime, note: str
) -> None:
    event = request.happened(verb=verb, before=request.state, by=by, at=at, note=note)
    _keep(session, request, event, verb, by, at)


def _keep(
    session: Session, request: DataRequest, event: DataRequestEvent, verb: str, by: Any,
    at: datetime,
) -> None:  # fmt: skip
    session.add(event)
    session.flush()
    record(session, request, verb, by=by, at=at)
    record(session, event, verb, by=by, at=at)


def _tell_asker(
    session: Session, request: DataRequest, kind: str, at: datetime, note: str = ""
) -> None:
    person = request.person_id if request.person_id else None
    post(
        session, f"accounts/request_{kind}", to=request.email, at=at, person_id=person,
        reference=request.reference, until=request.acknowledge_by.isoformat(), note=note,
    )  # fmt: skip
