"""Making a move of the table: state, event, record and mails in one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from charter import queries
from charter.models import Pledge
from charter.workflow import TRANSITIONS
from web.audit import record
from web.mail import post
from web.mail.posting import Fact
from web.workflow import Table, perform


def make(
    session: Session,
    name: str,
    pledge: Pledge,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    moves: Table = TRANSITIONS,
    dates: Mapping[str, datetime | date | None] | None = None,
    to_team: str | None = None,
    **facts: Fact,
) -> None:
    """Make a move and tell whom it concerns.  Raises web.workflow.Refused; then nothing is changed.

    ``dates`` are set with the move; ``to_team`` is the Charter team's address, where it is to hear;
    ``facts`` are for the mails.
    """
    with session.no_autoflush:
        event = perform(moves, name, pledge, by=by, at=at, note=note)
        for field, value in (dates or {}).items():
            setattr(pledge, field, value)
        session.add(event)
    session.flush()
    record(session, pledge, name, by=by, at=at)
    record(session, event, name, by=by, at=at)
    known = _facts(pledge) | {"note": note} | facts
    for kind in moves[name].tell:
        if kind.startswith("to-"):
            post(session, f"charter/{kind}", to=to_team or "", at=at, **known)
        else:
            _tell_the_organisation(session, f"charter/{kind}", pledge, at, known)


def _facts(pledge: Pledge) -> dict[str, Any]:
    organisation: Organisation = pledge.organisation
    pause = pledge.suspension
    return {
        "organisation": organisation.name,
        "slug": organisation.slug,
        "reference": pledge.reference,
        "decide_by": pledge.check_due_on.isoformat() if pledge.check_due_on else None,
        "due_on": pledge.due_on.isoformat() if pledge.due_on else None,
        "review_on": pledge.review_on.isoformat() if pledge.review_on else None,
        "renewal": pledge.renews_id is not None,
        "appeal_until": pause.appeal_until.isoformat() if pause else None,
    }


def _tell_the_organisation(
    session: Session, kind: str, pledge: Pledge, at: datetime, facts: dict[str, Any]
) -> None:
    """Its leads and whoever sent the pledge last, each once."""
    people = {person.id: person for person in queries.leads_of(session, pledge.organisation)}
    sender = queries.sender_of(session, pledge)
    if sender is not None:
        people.setdefault(sender.id, sender)
    for person in people.values():
        post(session, kind, to=person.email, at=at, person_id=person.id, name=person.name, **facts)
