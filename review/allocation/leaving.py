"""How somebody's part in a case ends, and what becomes of the case.

What was sent stays sealed, whatever becomes of the part.  A case that is then short of people
looks for others.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import telling
from review.allocation import rules
from review.arriving import arriving
from review.models import Allocation, Case
from review.moves import make
from review.parts import DECLINED, PROPOSED, RECUSED, REPLACED, STANDING
from review.rules import PORTAL, standing_decision
from review.states import PANEL
from review.workflow import TRANSITIONS
from steering import actions as ties
from steering.ties import STANDS_ASIDE
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist

LATE = "The reading was not sent in time."
LEFT = "They are not an assessor any more."
TIE = "A tie was found."


def take_out(
    session: Session, allocation: Allocation, why: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """By the Charter team or the clock, with nobody in their place."""
    case = allocation.case
    make_room(session, allocation, why, by=by, at=at)
    find_others(session, case, at=at, scheme=scheme)


def make_room(session: Session, allocation: Allocation, why: str, *, by: Any, at: datetime) -> None:
    """For somebody else.  Whoever was not asked yet never knew of it, so no trace is kept."""
    insist(rules.may_take_out(allocation))
    if allocation.state != PROPOSED:
        _end(session, allocation, REPLACED, why, "replace", by, at)
        telling.thank(session, allocation, at=at)
        return
    record(session, allocation, "take out", by=by, at=at)
    allocation.case.allocations.remove(allocation)
    session.delete(allocation)
    session.flush()


def decline(
    session: Session, allocation: Allocation, why: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """They need no reason."""
    insist(rules.may_answer(allocation))
    allocation.answered_at = at
    _end(session, allocation, DECLINED, why, "decline", by, at)
    find_others(session, allocation.case, at=at, scheme=scheme)


def recuse(
    session: Session, allocation: Allocation, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """A tie was found.  What they sent is kept, and counts no more."""
    if allocation.state not in STANDING:
        raise Refused(["Their part in this case is over already."])
    if allocation.state == PROPOSED:
        take_out(session, allocation, "", by=by, at=at, scheme=scheme)
        return
    _end(session, allocation, RECUSED, TIE, "recuse", by, at)
    find_others(session, allocation.case, at=at, scheme=scheme)


def find_tie(
    session: Session,
    allocation: Allocation,
    kind: str,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> None:
    """An officer learns of a tie: it is noted, and the person's part ends."""
    case = allocation.case
    ties.note_tie(session, allocation.person, case.organisation, kind, by=by, at=at)
    recuse(session, allocation, by=by, at=at, scheme=scheme)


def stand_aside(
    session: Session, allocation: Allocation, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """By themselves, at any time, without a reason."""
    find_tie(session, allocation, STANDS_ASIDE, by=by, at=at, scheme=scheme)


@arriving(PANEL, first=True)
def find_others(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    """Where too few are left and nothing is decided.  Once the report is written others read it
    too, and it is settled, checked and voted on again.  A vote that is over is opened first
    (rules.readings_count): the case comes here when it is back before the panel and its decision
    stands no more."""
    if standing_decision(case) is not None:
        return
    for move in ("find others", "read again"):
        if rules.is_short(case) and case.state in TRANSITIONS[move].sources:
            make(session, move, case, by=PORTAL, at=at, scheme=scheme)


def _end(
    session: Session, allocation: Allocation, state: str, why: str, verb: str, by: Any, at: datetime
) -> None:
    allocation.state, allocation.ended_at, allocation.ended_why = state, at, why.strip()
    session.flush()
    record(session, allocation, verb, by=by, at=at)
