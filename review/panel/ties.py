"""Before a pack opens: whether something ties the voter to the organisation.

What somebody answers is between them and the Charter team.  A young member says "yes" or "I'd
rather stand aside" and is asked no further.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.models import Ballot
from review.panel.asking import ASIDE, RECUSED, VOTING, ask, can_vote
from steering import actions as steering
from steering.models import Tie
from steering.ties import BARS, FUNDER, STANDS_ASIDE
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused

NONE = "none"
ANSWERS = (NONE, FUNDER, *BARS)


def answer(
    session: Session, ballot: Ballot, said: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """``said``: one of ANSWERS.  A bar recuses, and the deputy is asked."""
    _insist_on_voting(ballot)
    if said not in ANSWERS:
        raise ValueError(said)
    ballot.asked_about_ties_at = at
    if said == STANDS_ASIDE:
        take_out(session, ballot, ASIDE, by=by, at=at, scheme=scheme)
        return
    if said != NONE:
        _note(session, ballot, said, by, at)
    if said in BARS:
        take_out(session, ballot, RECUSED, by=by, at=at, scheme=scheme)
        return
    record(session, ballot, "answer", by=by, at=at)


def knows_them(session: Session, ballot: Ballot, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """A young member goes there, or knows someone there.  Which of them is not written down."""
    answer_tie = next(iter(_standing(session, ballot, STANDS_ASIDE)), None)
    _insist_on_voting(ballot)
    ballot.asked_about_ties_at = at
    if answer_tie is None:
        _note(session, ballot, STANDS_ASIDE, by, at)
    take_out(session, ballot, RECUSED, by=by, at=at, scheme=scheme)


def take_out(
    session: Session, ballot: Ballot, why: str, *, by: Any, at: datetime, scheme: Scheme
) -> None:
    """They vote no more and their vote counts no more; whoever stands in for them is asked."""
    ballot.standing, ballot.ended_at = why, at
    session.flush()
    record(session, ballot, why, by=by, at=at)
    for vote in ballot.votes:
        if vote.replaced_at is None:
            vote.replaced_at = at
            record(session, vote, "take out", by=by, at=at)
    session.flush()
    if ballot.case.state in VOTING:
        ask(session, ballot.case, at=at, scheme=scheme)


def _insist_on_voting(ballot: Ballot) -> None:
    if not can_vote(ballot):
        raise Refused(["The vote is over."])


def _note(session: Session, ballot: Ballot, kind: str, by: Any, at: datetime) -> None:
    if not _standing(session, ballot, kind):
        steering.note_tie(session, ballot.person, ballot.case.organisation, kind, by=by, at=at)


def _standing(session: Session, ballot: Ballot, kind: str) -> list[Tie]:
    wanted = select(Tie).where(
        Tie.person_id == ballot.person_id,
        Tie.organisation_id == ballot.case.organisation_id,
        Tie.kind == kind,
        Tie.taken_back_at.is_(None),
    )
    return list(session.scalars(wanted.order_by(Tie.id)))
