"""Making a move of the table: state, clock, event, record and mails in one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import clocks, telling
from review.arriving import arrive
from review.closing.queries import weeks_of
from review.closing.weeks import spans
from review.models import Case
from review.states import DESK, FACT_CHECK, QUESTION
from review.workflow import TRANSITIONS
from steering import queries as steering
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, perform

TIED = "You have a tie to this organisation, so others do this."


def make(
    session: Session,
    name: str,
    case: Case,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
    note: str = "",
    **facts: Any,
) -> None:
    """Make a move and tell whom it concerns.  Raises Refused; then nothing is changed.

    Whoever is tied to the organisation is refused, whatever their role; its own people are not
    the steering group's, so for them the table's rule alone decides.  ``facts`` are for mails.
    """
    if _acts_for_the_group(name, by) and steering.is_barred(session, by, case, at, scheme):
        raise Refused([TIED])
    before = case.state
    with session.no_autoflush:
        event = perform(TRANSITIONS, name, case, by=by, at=at, note=note)
        session.add(event)
        _set_clock(session, case, before, at, scheme)
    session.flush()
    for thing in (case, event):
        record(session, thing, name, by=by, at=at)
    telling.tell(session, name, case, at=at, scheme=scheme, note=event.note, **facts)
    if case.state != before:
        arrive(session, case, at=at, scheme=scheme)


OF_THE_ORGANISATION = frozenset({"answer", "facts checked", "appeal", "appeal again", "withdraw"})


def _acts_for_the_group(name: str, by: Any) -> bool:
    return name not in OF_THE_ORGANISATION and not isinstance(by, str)


def _set_clock(session: Session, case: Case, before: str, at: datetime, scheme: Scheme) -> None:
    """A question stops the reading's clock; its answer lets it go on.  Every other move begins
    the clock of the new state."""
    today = clock.london(at).date()
    if case.state == QUESTION:
        if before != QUESTION:
            case.stopped_on = today
        return
    if before == QUESTION and case.state == DESK and case.due_on and case.stopped_on:
        case.due_on = clocks.resumed(case.due_on, case.stopped_on, today, scheme)
    elif case.state != before:
        theirs = spans(weeks_of(session, case.organisation_id)) if case.state == FACT_CHECK else ()
        case.due_on, case.extended = clocks.due_on(case.state, today, scheme, theirs), 0
    case.stopped_on = None
