"""Closing a week beforehand, and opening it again.  Each raises Refused where it may not."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries.organisations import hold
from review.closing import queries, weeks
from review.models import Case
from review.models.closed import ClosedWeek
from review.states import FACT_CHECK
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused


def close(
    session: Session,
    organisation: Organisation,
    monday: date,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> None:
    """A clock of theirs that runs stands still in that week."""
    hold(session, organisation)
    taken = queries.weeks_of(session, organisation.id)
    if monday not in weeks.open_mondays(clock.london(at).date(), taken):
        raise Refused(["Choose a week that has not begun and is not closed yet."])
    if weeks.left_in(monday.year, taken, scheme.clocks.endorsement.closed_weeks_a_year) < 1:
        raise Refused(["You have closed as many weeks of that year as there can be."])
    made = ClosedWeek(organisation=organisation, monday=monday)
    session.add(made)
    session.flush()
    record(session, made, "close", by=by, at=at)
    case = queries.running(session, organisation.id)
    if case is not None:
        _move_clocks(session, case, monday, (*scheme.closed, *weeks.spans(taken)), by, at)


def _move_clocks(
    session: Session, case: Case, monday: date, closed: Any, by: Any, at: datetime
) -> None:
    running = [q for q in case.questions if q.closed_at is None and q.due_on is not None]
    things = [case, *running] if case.state == FACT_CHECK else running
    for thing in things:
        due = thing.due_on
        later = weeks.moved(due, monday, closed) if due is not None else None
        if later != due:
            thing.due_on = later
            session.flush()
            record(session, thing, "closed week", by=by, at=at)


def open_again(
    session: Session, organisation: Organisation, week: str, *, by: Any, at: datetime
) -> None:
    """``week``: its Monday, as it was sent.  Not while a clock runs that it moved: nobody gains
    days twice."""
    hold(session, organisation)
    known = {monday.isoformat(): monday for monday in queries.weeks_of(session, organisation.id)}
    found = queries.one(session, organisation.id, known[week]) if week in known else None
    if found is None or found.monday <= clock.london(at).date():
        raise Refused(["This week has begun, or it is open already."])
    if queries.running(session, organisation.id) is not None:
        raise Refused(["A clock of yours runs. Answer first; then you can open the week again."])
    record(session, found, "open again", by=by, at=at)
    session.delete(found)
    session.flush()
