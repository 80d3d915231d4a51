"""Casting a sealed vote, as often as one likes until it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Ballot, Vote
from review.panel import levels
from review.panel.asking import OPEN, can_vote
from review.panel.counting import NOT_YET, Cast
from steering import queries as steering
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused

FOR, AGAINST, ABSTAIN = "for", "not yet", "abstain"


@dataclass(frozen=True)
class Choice:
    """What somebody votes: for a level, with or without conditions; not yet; or neither."""

    choice: str
    level: str | None = None
    with_conditions: bool = False
    reason: str = ""


def cast(
    session: Session, ballot: Ballot, wanted: Choice, *, by: Any, at: datetime, scheme: Scheme
) -> Vote:
    """The caller holds the case: no vote comes in while the chair counts.  Raises Refused."""
    _insist(session, ballot, wanted, by, at, scheme)
    standing = vote_of(ballot)
    if standing is not None:
        if _same(standing, wanted):
            return standing
        standing.replaced_at = at
        session.flush()
        record(session, standing, "replace", by=by, at=at)
    for_level = wanted.choice == FOR
    made = Vote(
        ballot=ballot,
        standing="abstains" if wanted.choice == ABSTAIN else "counts",
        choice=wanted.choice,
        level=wanted.level if for_level else None,
        with_conditions=wanted.with_conditions if for_level else None,
        reason=wanted.reason,
        cast_at=at,
    )
    session.add(made)
    session.flush()
    record(session, made, "vote", by=by, at=at)
    return made


def vote_of(ballot: Ballot) -> Vote | None:
    """The one that stands."""
    return next((vote for vote in ballot.votes if vote.replaced_at is None), None)


def _insist(
    session: Session, ballot: Ballot, wanted: Choice, by: Any, at: datetime, scheme: Scheme
) -> None:
    case = ballot.case
    if not can_vote(ballot):
        raise Refused(["The vote is over."])
    if by.id != ballot.person_id:
        raise Refused(["Everybody votes for themselves."])
    if ballot.asked_about_ties_at is None:
        raise Refused(["Say first whether something ties you to them."])
    if steering.is_barred(session, by, case, at, scheme):
        raise Refused(["You have a tie to this organisation, so others vote."])
    if wanted.choice not in (FOR, AGAINST, ABSTAIN):
        raise Refused(["Choose one of the answers."])
    if wanted.choice == FOR and wanted.level not in [one.key for one in levels.offered(case)]:
        raise Refused(["Choose a level that the checked points reach."])


def _same(vote: Vote, wanted: Choice) -> bool:
    has = Choice(vote.choice, vote.level, bool(vote.with_conditions), vote.reason)
    return has == wanted


def standing_votes(case: Any, stage: int) -> list[Vote]:
    """Those that are to be counted."""
    mine = (b for b in case.ballots if b.stage == stage and b.standing == OPEN)
    found = (vote_of(ballot) for ballot in mine)
    return [vote for vote in found if vote is not None]


def as_cast(case: Any, votes: Iterable[Vote]) -> list[Cast]:
    return [
        Cast(
            vote.constituency,
            levels.rank_of(case, vote.level) if vote.choice == FOR else NOT_YET,
            bool(vote.with_conditions),
            vote.choice == ABSTAIN,
        )
        for vote in votes
    ]
