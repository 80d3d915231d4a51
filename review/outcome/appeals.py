"""Appeals: first a lead assessor with no part in it, then a panel of others.  Never a worse end."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import rules
from review.allocation.leaving import find_others
from review.clocks import due_on
from review.following import RELEASE, TAKE_BACK, following
from review.models import Appeal, Case, Decision
from review.moves import make
from review.outcome.reading import can_appeal_until
from review.rules import FIRST, ON_APPEAL
from review.states import APPEAL, DECIDED, SECOND_APPEAL
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist

BACK = {
    "endorsed": "turn down: endorsed",
    "conditions": "turn down: conditions",
    "not yet": "turn down: not yet",
}
UPHELD, TURNED_DOWN = "upheld", "turned down"


def next_stage(case: Case) -> int | None:
    """Which appeal can be asked for from here, or None."""
    if case.state not in DECIDED:
        return None
    if rules.not_appealed_yet(case) is True:
        return FIRST
    return ON_APPEAL if rules.first_appeal_is_answered(case) is True else None


def ask(
    session: Session, case: Case, words: str, *, by: Any, at: datetime, scheme: Scheme
) -> Appeal:
    """A lead of the organisation asks to look again.  Raises Refused once the time is over."""
    insist(rules.leads_it(by, case))
    stage, last = next_stage(case), can_appeal_until(case, scheme)
    if stage is None or last is None:
        raise Refused(["You cannot ask to look at this again."])
    today = clock.london(at).date()
    if today > last:
        raise Refused(["The time to ask for this is over."])
    if not words.strip():
        raise Refused(["Say what we should look at again, and why."])
    state = APPEAL if stage == FIRST else SECOND_APPEAL
    verb = "appeal" if stage == FIRST else "appeal again"
    make(session, verb, case, by=by, at=at, scheme=scheme, note=words)
    made = Appeal(
        case=case, stage=stage, words=words, asked_at=at, asked_by_id=by.id,
        answer_by=due_on(state, today, scheme),
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "ask", by=by, at=at)
    return made


def answer(
    session: Session,
    case: Case,
    *,
    uphold: bool,
    words: str,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Appeal:
    """By a lead assessor with no part in it.  Upheld, the panel votes anew, for no less."""
    insist(rules.hears_appeal(by, case))
    appeal = open_appeal(case)
    if appeal is None or case.state != APPEAL:
        raise Refused(["There is no appeal to answer."])
    if not words.strip():
        raise Refused(["Write an answer that says why."])
    decision = rules.standing_decision(case)
    verb = "uphold" if uphold else BACK[rules.outcome_left(decision)]
    make(session, verb, case, by=by, at=at, scheme=scheme, note=words)
    if uphold:
        _undo(session, case, decision, by, at)
    appeal.outcome = UPHELD if uphold else TURNED_DOWN
    appeal.answer, appeal.answered_at = words, at
    appeal.answerer_id = appeal.answered_by_id = by.id
    session.flush()
    record(session, appeal, "answer", by=by, at=at)
    find_others(session, case, at=at, scheme=scheme)
    return appeal


def _undo(session: Session, case: Case, decision: Any, by: Any, at: datetime) -> None:
    """The first decision makes room for the next one, and everybody votes afresh."""
    decision.undone_at, decision.undone_by_id = at, by.id
    decision.undone_why = "An appeal was upheld."
    session.flush()
    record(session, decision, "undo", by=by, at=at)
    for ballot in case.ballots:
        for vote in ballot.votes:
            if vote.replaced_at is None:
                vote.replaced_at = at
                session.flush()
                record(session, vote, "open again", by=by, at=at)


@following(RELEASE)
def second_is_answered(session: Session, decision: Decision, *, by: Any, at: datetime) -> None:
    """The second panel's decision is the answer to the second appeal."""
    appeal = _second(decision)
    if appeal is None:
        return
    appeal.outcome = UPHELD if _is_better(decision) else TURNED_DOWN
    appeal.answer, appeal.answered_at, appeal.answered_by_id = decision.why, at, by.id
    session.flush()
    record(session, appeal, "answer", by=by, at=at)


@following(TAKE_BACK)
def second_is_open_again(session: Session, decision: Decision, *, by: Any, at: datetime) -> None:
    appeal = _second(decision)
    if appeal is not None:
        appeal.outcome = appeal.answered_at = appeal.answered_by_id = None
        session.flush()
        record(session, appeal, "open again", by=by, at=at)


def _second(decision: Decision) -> Appeal | None:
    if decision.stage != ON_APPEAL:
        return None
    return next((a for a in decision.case.appeals if a.stage == ON_APPEAL), None)


def _is_better(decision: Decision) -> bool:
    """It never is worse, so another one is better."""
    earlier = [d for d in decision.case.decisions if d.stage == FIRST and d.undone_at is None]
    return any((d.level, d.outcome) != (decision.level, decision.outcome) for d in earlier)


def open_appeal(case: Case) -> Appeal | None:
    return next((a for a in case.appeals if a.answered_at is None and a.stage == FIRST), None)
