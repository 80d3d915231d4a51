"""While a decision is not told: why, per standard, the conditions, and the answer that the young
members are owed.  Each raises Refused once it is told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review import rules
from review.models import Case, Condition, Decision, DecisionStandard
from review.panel import levels, telling
from review.states import STAGED
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist
from web.working_days import months_after

MOST_CONDITIONS = 10


def staged(case: Case) -> Decision | None:
    """The decision that is not told yet."""
    standing = (d for d in case.decisions if d.undone_at is None and d.released_at is None)
    return max(standing, key=lambda d: d.id, default=None)


def say_why(session: Session, decision: Decision, why: str, *, by: Any, at: datetime) -> None:
    _insist(decision, by)
    if decision.why != why:
        decision.why = why
        session.flush()
        record(session, decision, "say why", by=by, at=at)


def say_of_standard(
    session: Session, row: DecisionStandard, why: str, next_step: str, *, by: Any, at: datetime
) -> None:
    _insist(row.decision, by)
    if (row.why, row.next_step) != (why, next_step):
        row.why, row.next_step = why, next_step
        session.flush()
        record(session, row, "say", by=by, at=at)


def answer_youth(
    session: Session, decision: Decision, words: str, *, by: Any, at: datetime
) -> None:
    """They can read it from now on; the days until it is told begin."""
    _insist(decision, by)
    if not words.strip():
        raise Refused(["Write a plain answer."])
    if decision.for_youth == words:
        return
    decision.for_youth, decision.for_youth_at = words, at
    session.flush()
    record(session, decision, "answer", by=by, at=at)
    telling.answered(session, decision, at=at)


def add_condition(
    session: Session,
    decision: Decision,
    standard: str,
    what: str,
    by_on: date,
    *,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Condition:
    _insist(decision, by)
    if decision.outcome != "conditions":
        raise Refused(["The panel decided without conditions."])
    if len(decision.conditions) >= MOST_CONDITIONS:
        raise Refused(["These are too many conditions."])
    insist_on_condition(decision.case, standard, by_on, at, scheme)
    made = Condition(
        case=decision.case, decision=decision, standard=standard, what=what, by_on=by_on,
        state="open", proposed_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "add", by=by, at=at)
    return made


def insist_on_condition(
    case: Case, standard: str, by_on: date, at: datetime, scheme: Scheme
) -> None:
    """Its day is within the time there is; for an essential below its bar there can be none."""
    today = clock.london(at).date()
    months = scheme.clocks.endorsement.condition_months
    if standard not in [one.key for one in case.standards]:
        raise Refused(["Choose a standard."])
    if levels.below_the_bar(case, standard):
        raise Refused(["This essential is not in place, so no condition can stand for it."])
    if not today < by_on <= months_after(today, months):
        raise Refused([f"Choose a day within {months} months."])


def drop_condition(session: Session, condition: Condition, *, by: Any, at: datetime) -> None:
    """It is not asked for after all; that it was stays written."""
    if condition.decision is None:
        raise Refused(["Nothing is decided yet."])
    _insist(condition.decision, by)
    condition.state, condition.closed_at, condition.closed_by_id = "dropped", at, by.id
    session.flush()
    record(session, condition, "drop", by=by, at=at)


def _insist(decision: Decision, by: Any) -> None:
    if decision.released_at or decision.undone_at or decision.case.state != STAGED:
        raise Refused(["It is told already."])
    insist(rules.leads_the_panel(by, decision.case))
