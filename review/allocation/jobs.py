"""What the clock does with parts in cases: a late reader is replaced, a tie found elsewhere ends a
part, and somebody else is proposed at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Person
from review import queries as cases
from review.allocation import actions, leaving, queries, rules
from review.models import Allocation, Case
from review.parts import STANDING
from review.rules import CLOCK, may_go_on
from review.states import PANEL, STAGED, WAITING, WITH_ASSESSORS
from steering.models import AssessorTerm
from web import clock
from web.jobs import Each, Job
from web.scheme import Scheme

MOST = 5000
IN_CASES = (*WITH_ASSESSORS, PANEL, STAGED)


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


def find(session: Session, at: datetime, after: int) -> Sequence[int]:
    """Parts that end today, in the order of their ids.  The number of statements does not grow."""
    wanted = (
        select(Allocation)
        .join(Allocation.case)
        .where(Allocation.id > after, Allocation.state.in_(STANDING), Case.state.in_(IN_CASES))
        .options(joinedload(Allocation.case))
        .order_by(Allocation.id)
    )
    standing = session.scalars(wanted.limit(MOST)).all()
    people = {one.person_id for one in standing}
    tied = queries.ties(session, people, [one.case for one in standing], at, _scheme())
    serving = _serving(session, people)
    return [one.id for one in standing if _why(one, tied, serving, at)]


def _why(one: Allocation, tied: queries.Ties, serving: set[int], at: datetime) -> str:
    """Why their part ends, or nothing."""
    if one.person_id in tied.barred(one.case.organisation_id):
        return leaving.TIE
    if rules.may_take_out(one) is not True:
        return ""
    if one.person_id not in serving:
        return leaving.LEFT
    if rules.is_too_late(one, clock.london(at).date(), _scheme()):
        return leaving.LATE
    return ""


def _serving(session: Session, people: set[int]) -> set[int]:
    """Whose time as an assessor has not been ended.  Who is given no more cases reads what they
    have to the end."""
    wanted = (
        select(AssessorTerm.person_id)
        .join(AssessorTerm.person)
        .where(AssessorTerm.person_id.in_(people), AssessorTerm.ended_at.is_(None), Person.active)
    )
    return set(session.scalars(wanted))


def do(session: Session, allocation_id: int, at: datetime) -> None:
    """Look again with the case held."""
    case_id = session.scalar(select(Allocation.case_id).where(Allocation.id == allocation_id))
    case = cases.by_id(session, case_id, lock=True) if case_id else None
    one = next((a for a in case.allocations if a.id == allocation_id), None) if case else None
    if case is None or one is None or one.state not in STANDING or case.state not in IN_CASES:
        return
    scheme = _scheme()
    tied = queries.ties(session, (one.person_id,), (case,), at, scheme)
    why = _why(one, tied, _serving(session, {one.person_id}), at)
    if why == leaving.LATE and may_go_on(case) is not True:
        return  # the clocks of a case that has to wait stand still
    if why == leaving.TIE:
        leaving.recuse(session, one, by=CLOCK, at=at, scheme=scheme)
    elif why:
        leaving.take_out(session, one, why, by=CLOCK, at=at, scheme=scheme)
    if why and case.state == WAITING and rules.is_short(case):
        actions.propose_for(session, (case,), by=CLOCK, at=at, scheme=scheme)


jobs = (Job("assessors who are late or tied", timedelta(hours=1), Each(find, do)),)
