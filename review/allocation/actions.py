"""The Charter team's side: proposing, changing by hand, asking.  Each raises Refused where it may
not be.

The caller holds the cases; whoever gives somebody a case then holds the assessors, in this order,
so that two who do it at once neither wait for each other nor give somebody too much.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import telling
from review.allocation import leaving, queries, rules, wording
from review.allocation.proposing import Proposal, Shortage, propose
from review.models import Allocation, Case
from review.moves import make
from review.parts import ASKED, PROPOSED
from review.states import BEFORE_READING
from review.workflow import TRANSITIONS
from steering.models import AssessorTerm
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist, obstacles

BY_HAND = "Chosen by hand."


def propose_all(session: Session, *, by: Any, at: datetime, scheme: Scheme) -> Sequence[Shortage]:
    """Propose people for every case that looks for some; says what could not be filled.

    An officer who is tied to an organisation leaves its case to another.
    """
    cases = [case for case in queries.waiting(session, lock=True) if rules.is_short(case)]
    return propose_for(session, cases, by=by, at=at, scheme=scheme).shortages


def propose_for(
    session: Session, cases: Sequence[Case], *, by: Any, at: datetime, scheme: Scheme
) -> Proposal:
    """``cases``: held by the caller, the longest waiting first."""
    queries.hold_assessors(session)
    pool = queries.pool(session, at, scheme)
    mine = [by.id] if not isinstance(by, str) else []
    tied = queries.ties(session, [*pool.people, *mine], cases, at, scheme)
    open_to = [c for c in cases if not tied.barred(c.organisation_id).intersection(mine)]
    wanted = [queries.as_wanted(c, tied.barred(c.organisation_id)) for c in open_to]
    met = queries.together(session, pool.people)
    made = propose(wanted, pool.proposed, met)
    by_id, terms = {case.id: case for case in open_to}, {t.person_id: t for t in pool.terms}
    parts = [
        _part(by_id[one.case], terms[one.person.key], wording.why(one, pool.names))
        for one in made.choices
    ]
    session.add_all(parts)
    session.flush()  # once: a proposal has hundreds
    for part in parts:
        record(session, part, "propose", by=by, at=at)
    return made


def add(
    session: Session,
    case: Case,
    term: AssessorTerm,
    *,
    instead: Allocation | None = None,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Allocation:
    """Give one person the case by hand; ``instead`` of somebody, who is taken out."""
    insist(rules.takes_parts(case))
    queries.hold_assessors(session)
    pool = queries.pool(session, at, scheme)
    if term.person_id not in pool.people:
        raise Refused(["They are not current as an assessor."])
    tied = queries.ties(session, (term.person_id,), (case,), at, scheme)
    is_tied = term.person_id in tied.barred(case.organisation_id)
    room = pool.candidate(term).room
    insist(rules.may_be_given(case, term.person_id, tied=is_tied, room=room))
    if instead is not None:
        if instead.part != term.kind:
            raise Refused(["Only a young assessor can stand in for a young assessor."])
        leaving.make_room(session, instead, "", by=by, at=at)
    if not rules.still_needed(case)[term.kind]:
        raise Refused(["This case has enough of them. Swap one, or take one out first."])
    return _give(session, case, term, BY_HAND, by, at)


def _part(case: Case, term: AssessorTerm, why: str) -> Allocation:
    return Allocation(case=case, person=term.person, part=term.kind, state=PROPOSED, why=why)


def _give(
    session: Session, case: Case, term: AssessorTerm, why: str, by: Any, at: datetime
) -> Allocation:
    made = _part(case, term, why)
    session.add(made)
    session.flush()
    record(session, made, "propose", by=by, at=at)
    return made


# Asking


def ask(session: Session, case: Case, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """Ask those who are proposed.  A case that is being read goes on meanwhile."""
    new = [a for a in case.allocations if a.state == PROPOSED]
    if not new:
        raise Refused(["Nobody is proposed for this case."])
    insist(rules.takes_parts(case))
    if case.state in BEFORE_READING:
        insist_on(obstacles(TRANSITIONS, "ask assessors", case, by))
    for allocation in new:
        _ask_one(session, allocation, by, at)
    if case.state in BEFORE_READING:
        make(session, "ask assessors", case, by=by, at=at, scheme=scheme)
        return
    for allocation in new:
        telling.ask(session, allocation, at=at)


def insist_on(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _ask_one(session: Session, allocation: Allocation, by: Any, at: datetime) -> None:
    allocation.state, allocation.asked_at = ASKED, at
    allocation.asked_by_id = getattr(by, "id", None)
    session.flush()
    record(session, allocation, "ask", by=by, at=at)


def ask_all(session: Session, *, by: Any, at: datetime, scheme: Scheme) -> int:
    """Ask for every case whose proposal is whole; how many that were."""
    whole = [c for c in queries.waiting(session, lock=True) if rules.is_to_be_asked(c)]
    tied = queries.ties(session, (by.id,), whole, at, scheme)
    mine = [c for c in whole if by.id not in tied.barred(c.organisation_id)]
    for case in mine:
        ask(session, case, by=by, at=at, scheme=scheme)
    return len(mine)
