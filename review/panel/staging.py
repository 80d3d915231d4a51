"""Closing the vote: the votes are counted and the decision stands, not told yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review import rules
from review.models import Case, Decision, DecisionStandard, Vote
from review.moves import make
from review.panel import levels, meetings
from review.panel.asking import RECUSED, VOTING, quorum_of
from review.panel.counting import Cast, Counted, count, differs, missing, not_worse
from review.panel.ties import take_out
from review.panel.voting import ABSTAIN, as_cast, standing_votes
from steering import queries as steering
from web import clock
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist
from web.working_days import months_after

GROUPS = ("agency", "voluntary", "youth")
EQUAL = "The votes are equal. Your casting vote decides."
CHOOSE_A_LEVEL = (
    "As many want conditions as do not, and “not yet” says nothing of that. Choose a level, with "
    "or without conditions."
)


class Tie(Refused):
    """As many are for it as against it: the chair's casting vote decides."""


def stage(
    session: Session,
    case: Case,
    *,
    casting: Cast | None = None,
    by: Any,
    at: datetime,
    scheme: Scheme,
) -> Decision:
    """The caller holds the case.  Raises Refused without a vote of each group, and Tie."""
    insist(rules.leads_the_panel(by, case))
    if case.state not in VOTING:
        raise Refused(["The panel is not voting on this."])
    _take_out_the_tied(session, case, at, scheme)
    votes = standing_votes(case, rules.stage_of(case))
    result = _counted(case, votes, casting, scheme)
    item = meetings.item_of(session, case)
    made = _decision(case, votes, result, by, at)
    made.meeting_id = item.meeting_id if item is not None else None
    session.add(made)
    session.flush()
    record(session, made, "stage", by=by, at=at)
    _write_standards(session, case, made, by, at)
    if made.outcome == "conditions":
        _take_proposed(session, case, made, by, at, scheme)
    make(session, "stage", case, by=by, at=at, scheme=scheme)
    return made


def short_of(case: Case, scheme: Scheme) -> dict[str, int]:
    """By group, how many votes are missing."""
    votes = as_cast(case, standing_votes(case, rules.stage_of(case)))
    return missing(votes, quorum_of(scheme))


def _take_out_the_tied(session: Session, case: Case, at: datetime, scheme: Scheme) -> None:
    """A tie that was found late: the vote counts no more, and it stays written that it was."""
    voted = {v.ballot.person_id for v in standing_votes(case, rules.stage_of(case))}
    years = scheme.clocks.endorsement.tie_years
    day = clock.london(at).date()
    barred = steering.barred_people(session, case.organisation_id, voted, day, years)
    for ballot in list(case.ballots):
        if ballot.person_id in barred and ballot.standing == "open":
            take_out(session, ballot, RECUSED, by="system:review", at=at, scheme=scheme)


def _counted(case: Case, votes: Sequence[Vote], casting: Cast | None, scheme: Scheme) -> Counted:
    cast = as_cast(case, votes)
    short = missing(cast, quorum_of(scheme))
    if short:
        names = ", ".join(scheme.constituency(group).name for group in short)
        raise Refused([f"There is no decision without these votes: {names}."])
    result = count(cast, levels.most(case), casting)
    if result.tied:
        raise Tie([CHOOSE_A_LEVEL if casting else EQUAL])
    return not_worse(result, _floor(case))


def _floor(case: Case) -> Counted | None:
    """What an appeal is about: the last decision that was told before it was asked for."""
    if not case.appeals:
        return None
    told = [d for d in case.decisions if _told_before(d, case.appeals)]
    if not told:
        return None
    last = max(told, key=lambda d: d.released_at)
    return Counted(levels.rank_of(case, last.level), last.outcome == "conditions")


def _told_before(decision: Decision, appeals: Iterable[Any]) -> bool:
    told = decision.released_at
    return told is not None and any(told <= appeal.asked_at for appeal in appeals)


def _decision(
    case: Case, votes: Sequence[Vote], result: Counted, by: Any, at: datetime
) -> Decision:
    """With the three votes that the database asks for."""
    valid = [vote for vote in votes if vote.choice != ABSTAIN]
    keys = {g: next(v.id for v in valid if v.constituency == g) for g in GROUPS}
    young = as_cast(case, [vote for vote in valid if vote.constituency == "youth"])
    return Decision(
        case=case,
        stage=rules.stage_of(case),
        outcome=result.outcome,
        level=levels.key_at(case, result.level),
        counted=counts(votes),
        casting=result.casting,
        youth_differ=differs(young, result, levels.most(case)),
        staged_at=at,
        staged_by_id=by.id,
        agency_vote_id=keys["agency"],
        voluntary_vote_id=keys["voluntary"],
        youth_vote_id=keys["youth"],
    )


def counts(votes: Iterable[Vote]) -> dict[str, dict[str, int]]:
    """By group: how many for each level, with conditions, not yet, and who could not choose."""
    found: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for vote in votes:
        mine = found[vote.constituency]
        mine[f"for:{vote.level}" if vote.level else vote.choice] += 1
        mine["with conditions"] += bool(vote.with_conditions)
    return {group: {k: n for k, n in mine.items() if n} for group, mine in found.items()}


def _write_standards(
    session: Session, case: Case, decision: Decision, by: Any, at: datetime
) -> None:
    """As it was found; the chair may say it in other words before it is told."""
    findings = {f.standard: f for f in case.report.findings} if case.report else {}
    for standard in case.standards:
        found = findings.get(standard.key)
        row = DecisionStandard(
            decision=decision,
            standard=standard.key,
            rating=found.final if found else None,
            does_not_apply=bool(found and found.does_not_apply and found.final is None),
            why=(found.moderated_reason or found.reason) if found else "",
            next_step=found.next_step if found else "",
        )
        session.add(row)
        session.flush()
        record(session, row, "stage", by=by, at=at)


def _take_proposed(
    session: Session, case: Case, decision: Decision, by: Any, at: datetime, scheme: Scheme
) -> None:
    """Conditions that were proposed, but for those that may not be; days within the time there
    is."""
    today = clock.london(at).date()
    last = months_after(today, scheme.clocks.endorsement.condition_months)
    for condition in meetings.proposed(session, case):
        if levels.below_the_bar(case, condition.standard):
            continue
        condition.decision = decision
        if not today < condition.by_on <= last:
            condition.by_on = last
        session.flush()
        record(session, condition, "take", by=by, at=at)
