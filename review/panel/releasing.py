"""Telling a decision, and taking back: what was staged, and what was told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement.sending import actions as sending
from endorsement.sending import queries as sending_queries
from endorsement.sending.states import DECIDED as SUBMISSION_DECIDED
from endorsement.sending.states import SENT
from review import rules
from review.allocation.leaving import find_others
from review.following import RELEASE, TAKE_BACK, follow
from review.models import Case, Decision, Vote
from review.moves import make
from review.panel.writing import staged
from review.rules import FIRST, PORTAL
from review.states import STAGED
from steering import queries as steering
from steering.ties import barring
from web import clock, working_days
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist
from web.working_days import months_after

MOVES = {"endorsed": "endorse", "conditions": "endorse with conditions", "not yet": "not yet"}


def release(session: Session, case: Case, *, by: Any, at: datetime, scheme: Scheme) -> Decision:
    """The caller holds the case.  Raises Refused with everything that stands against it."""
    insist(rules.is_officer(by))
    decision = staged(case)
    if decision is None or case.state != STAGED:
        raise Refused(["There is no decision to tell."])
    found = problems(session, decision, at, scheme)
    if found:
        raise Refused(found)
    make(session, MOVES[decision.outcome], case, by=by, at=at, scheme=scheme)
    decision.released_at, decision.released_by_id = at, by.id
    session.flush()
    record(session, decision, "release", by=by, at=at)
    if case.submission.state == SENT:
        sending.decide(session, case.submission, "decide", by=PORTAL, at=at)
    follow(session, RELEASE, decision, by=by, at=at)
    return decision


def problems(session: Session, decision: Decision, at: datetime, scheme: Scheme) -> list[str]:
    """What stands against telling it, in sentences."""
    return problems_of(session, [decision], at, scheme)[decision.id]


def problems_of(
    session: Session, decisions: Sequence[Decision], at: datetime, scheme: Scheme
) -> dict[int, list[str]]:
    """Of each, by its id.  Two statements, however many there are."""
    today = clock.london(at).date()
    tied = _tied(session, decisions, today, scheme)
    return {d.id: _problems(d, today, scheme, is_tied=d.id in tied) for d in decisions}


def _problems(decision: Decision, today: date, scheme: Scheme, *, is_tied: bool) -> list[str]:
    found = [*_words(decision), *_conditions(decision, today, scheme)]
    if decision.youth_differ:
        found += _answer(decision, today, scheme)
    if is_tied:
        found.append("A vote that was counted is by somebody with a tie. Undo it and count again.")
    return found


def _words(decision: Decision) -> list[str]:
    found = [] if decision.why.strip() else ["Say why, for the organisation."]
    names = {s.key: s.name for s in decision.case.standards}
    open_ = [names[s.standard] for s in decision.standards if not s.why.strip() and _owed(s)]
    if open_:
        found.append(f"Say why for: {', '.join(open_)}.")
    return found


def _owed(row: Any) -> bool:
    """Where something is left to do, the organisation reads why."""
    in_place = row.decision.case.framework.top - 1
    return not row.does_not_apply and (row.rating is None or row.rating < in_place)


def _conditions(decision: Decision, today: date, scheme: Scheme) -> list[str]:
    if decision.outcome != "conditions":
        return []
    standing = [c for c in decision.conditions if c.state != "dropped"]
    if not standing:
        return ["Write at least one condition."]
    last = months_after(today, scheme.clocks.endorsement.condition_months)
    if any(not today < c.by_on <= last for c in standing):
        return ["A condition’s day is past, or too far away."]
    return []


def _answer(decision: Decision, today: date, scheme: Scheme) -> list[str]:
    """Most young members voted for something else: they read why before it is told."""
    if not decision.for_youth.strip() or decision.for_youth_at is None:
        return ["Most young members voted for something else. Write them a plain answer."]
    first = told_from(decision, scheme)
    if first is not None and today < first:
        return ["The young members can read your answer until it is told. Wait until then."]
    return []


def told_from(decision: Decision, scheme: Scheme) -> date | None:
    """The first day on which it can be told, once the young members have their answer."""
    if decision.for_youth_at is None:
        return None
    days = scheme.clocks.endorsement.youth_answer_working_days
    written = clock.london(decision.for_youth_at).date()
    return working_days.after(written, days, scheme.closed)


def _tied(session: Session, decisions: Sequence[Decision], today: date, scheme: Scheme) -> set[int]:
    """Those of which a counted vote is by somebody with a tie."""
    people = {d.id: counted_people(d) for d in decisions}
    bonds = steering.bonds(
        session,
        people=set().union(*people.values()),
        organisations={d.case.organisation_id for d in decisions},
    )
    years = scheme.clocks.endorsement.tie_years
    bars = {(b.person_id, b.organisation_id) for b in barring(bonds, today, years)}
    return {
        d.id
        for d in decisions
        if any((one, d.case.organisation_id) in bars for one in people[d.id])
    }


def counted_people(decision: Decision) -> set[int]:
    return {vote.ballot.person_id for vote in counted_votes(decision)}


def counted_votes(decision: Decision) -> Sequence[Vote]:
    """While it is staged no vote comes in, so these are the ones that were counted."""
    return [
        vote
        for ballot in decision.case.ballots
        if ballot.stage == decision.stage and ballot.standing == "open"
        for vote in ballot.votes
        if vote.replaced_at is None
    ]


def undo(
    session: Session, case: Case, note: str, *, by: Any, at: datetime, scheme: Scheme
) -> Decision:
    """Open the vote again, with all votes as they were.  Raises Refused."""
    decision = staged(case)
    if decision is None:
        raise Refused(["There is no decision to undo."])
    verb = "undo" if decision.stage == FIRST else "undo the second panel's"
    make(session, verb, case, by=by, at=at, note=note, scheme=scheme)
    _undo(session, decision, note, by, at)
    find_others(session, case, at=at, scheme=scheme)
    return decision


def take_back(
    session: Session, case: Case, note: str, *, by: Any, at: datetime, scheme: Scheme
) -> Decision:
    """A decision that was told is before its panel again; the award goes.  Raises Refused."""
    decision = rules.standing_decision(case)
    if decision is None or decision.released_at is None:
        raise Refused(["Nothing was told yet."])
    first = decision.stage == FIRST
    verb = "take back the release" if first else "take back the second release"
    make(session, verb, case, by=by, at=at, note=note, scheme=scheme)
    if first and case.submission.state == SUBMISSION_DECIDED:
        if sending_queries.open_submission(session, case.organisation) is not None:
            raise Refused(["The organisation has sent another self-assessment since."])
        sending.decide(session, case.submission, "reopen", by=PORTAL, at=at)
    _undo(session, decision, note, by, at)
    follow(session, TAKE_BACK, decision, by=by, at=at)
    find_others(session, case, at=at, scheme=scheme)
    return decision


def _undo(session: Session, decision: Decision, note: str, by: Any, at: datetime) -> None:
    """It stays, with who undid it and why; its conditions are proposals again."""
    decision.undone_at, decision.undone_by_id, decision.undone_why = at, by.id, note.strip()
    session.flush()
    record(session, decision, "undo", by=by, at=at)
    for condition in list(decision.conditions):
        if condition.state not in ("open", "shown"):
            continue
        if condition.fall_id is not None:  # the next award asks for it again (outcome.falling)
            condition.state, condition.closed_at = "dropped", at
        else:
            condition.decision, condition.state = None, "open"
        session.flush()
        record(session, condition, "undo", by=by, at=at)
