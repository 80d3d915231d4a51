"""An assessor says yes.  The last yes begins the reading."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import clocks
from review.allocation import rules
from review.models import Allocation, Case
from review.moves import make
from review.parts import ACCEPTED
from review.rules import PORTAL, enough_accepted
from review.states import BEFORE_READING, DESK
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import insist


def accept(
    session: Session, allocation: Allocation, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """The caller holds the case.  Raises Refused."""
    insist(rules.may_answer(allocation))
    case = allocation.case
    allocation.state, allocation.answered_at = ACCEPTED, at
    if case.state not in BEFORE_READING:
        allocation.due_on = clocks.due_on(DESK, clock.london(at).date(), scheme)
    session.flush()
    record(session, allocation, "accept", by=by, at=at)
    begin_reading(session, case, at=at, scheme=scheme)


def begin_reading(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    """Once all have said yes.  Who has sent a reading already need not send another."""
    if case.state not in BEFORE_READING or enough_accepted(case) is not True:
        return
    make(session, "begin reading", case, by=PORTAL, at=at, scheme=scheme)
    for allocation in case.allocations:
        if allocation.state == ACCEPTED:
            allocation.due_on = case.due_on
            record(session, allocation, "set due day", by=PORTAL, at=at)
    session.flush()
