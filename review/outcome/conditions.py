"""Conditions: shown by the organisation, met or sent back by the steering group, or lapsing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.models import EvidenceItem
from review import queries, rules
from review.following import LAPSE, follow
from review.models import Case, Condition, Decision
from review.moves import make
from review.rules import CLOCK, PORTAL
from review.states import CONDITIONS
from steering import queries as steering
from web import clock
from web.audit import record
from web.jobs import Each, Job
from web.scheme import Scheme
from web.workflow import Refused, insist

OPEN, SHOWN, MET, LAPSED = "open", "shown", "met", "lapsed"
MOST = 200


def show(
    session: Session,
    condition: Condition,
    words: str,
    evidence: EvidenceItem | None,
    *,
    by: Any,
    at: datetime,
) -> None:
    """What shows that it is done: words, and an item of the organisation's evidence."""
    insist(rules.edits_it(by, condition.case))
    if condition.state not in (OPEN, SHOWN) or condition.case.state != CONDITIONS:
        raise Refused(["This condition is closed."])
    if evidence is not None and evidence.organisation_id != condition.case.organisation_id:
        raise ValueError("evidence of another organisation")
    condition.shown, condition.evidence = words, evidence
    condition.shown_at, condition.shown_by_id, condition.state = at, by.id, SHOWN
    session.flush()
    record(session, condition, "show", by=by, at=at)


def closes(person: Any, *_: object) -> Any:
    """An officer or a lead assessor; whoever is tied is not to know of it (loading)."""
    if rules.is_officer(person) is True or rules.is_lead_assessor(person) is True:
        return True
    return "Only the Charter team and lead assessors can do this."


def answer(
    session: Session,
    condition: Condition,
    *,
    met: bool,
    words: str,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> None:
    """Met; or sent back, and then words say what is missing.  The last one met ends them all."""
    insist(closes(by, condition))
    case = condition.case
    if steering.is_barred(session, by, case, at, scheme):
        raise Refused(["You have a tie to this organisation, so others do this."])
    if condition.state != SHOWN or case.state != CONDITIONS:
        raise Refused(["Nothing was shown for this condition, or it is closed."])
    if not met and not words.strip():
        raise Refused(["Say what is missing."])
    condition.answer, condition.state = words, MET if met else OPEN
    if met:
        condition.closed_at, condition.closed_by_id = at, by.id
    session.flush()
    record(session, condition, "meet" if met else "send back", by=by, at=at)
    if met and rules.no_condition_is_open(case) is True:
        make(session, "meet conditions", case, by=PORTAL, at=at, scheme=scheme)


# The clock


def find(session: Session, at: datetime, above: int) -> Sequence[int]:
    """Cases with a condition whose day is past and for which nothing was shown."""
    today = clock.london(at).date()
    wanted = (
        select(Case.id)
        .join(Condition, Condition.case_id == Case.id)
        .where(
            Case.state == CONDITIONS,
            Condition.decision_id.is_not(None),
            Condition.state == OPEN,
            Condition.by_on < today,
            Case.id > above,
        )
        .distinct()
    )
    return session.scalars(wanted.order_by(Case.id).limit(MOST)).all()


def lapse(session: Session, case_id: int, at: datetime) -> None:
    """What was shown waits for us, and lapses not; the rest of the decision ends with it."""
    case, scheme = queries.by_id(session, case_id, lock=True), current_app.extensions["scheme"]
    decision: Decision | None = rules.standing_decision(case) if case is not None else None
    if case is None or decision is None or case.state != CONDITIONS:
        return
    today = clock.london(at).date()
    late = [c for c in decision.conditions if c.state == OPEN and c.by_on < today]
    if not late:
        return
    for condition in late:
        condition.state, condition.closed_at = LAPSED, at
        session.flush()
        record(session, condition, "lapse", by=CLOCK, at=at)
    make(session, "lapse", case, by=CLOCK, at=at, scheme=scheme)
    follow(session, LAPSE, decision, by=CLOCK, at=at)


job = Job("conditions", timedelta(hours=6), Each(find, lapse))
