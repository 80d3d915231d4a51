"""Finding ballots, and cases before the panel: always ordered, always bounded."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from endorsement.models import Submission
from review import rules
from review.models import Ballot, Case, Decision
from review.panel.asking import OPEN, VOTING
from review.panel.voting import vote_of
from review.states import DECIDED, PANEL, STAGED
from web.contributions import Waiting

MOST = 200
SHOWN = (
    joinedload(Case.organisation),
    joinedload(Case.submission).joinedload(Submission.framework_version),
    selectinload(Case.ballots).joinedload(Ballot.votes),
    selectinload(Case.appeals),
    selectinload(Case.decisions),
)


def of_member(session: Session, person: Any) -> Sequence[Ballot]:
    """Theirs that are open, on cases that are voted on or not told yet."""
    wanted = (
        select(Ballot)
        .join(Ballot.case)
        .where(
            Ballot.person_id == person.id,
            Ballot.standing == OPEN,
            Case.state.in_((*VOTING, STAGED)),
        )
        .options(
            joinedload(Ballot.case).joinedload(Case.organisation),
            joinedload(Ballot.case)
            .joinedload(Case.submission)
            .joinedload(Submission.framework_version),
            selectinload(Ballot.votes),
        )
        .order_by(Case.due_on, Case.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def is_open(ballot: Ballot) -> bool:
    """Whether this panel votes now."""
    if ballot.case.state not in VOTING:
        return False
    return (ballot.case.state == PANEL) == (ballot.stage == rules.FIRST)


def before_the_panel(session: Session) -> Sequence[Case]:
    """For the chairs: what is voted on, and what is decided and not told; the soonest first."""
    wanted = select(Case).where(Case.state.in_((*VOTING, STAGED))).options(*SHOWN)
    return session.scalars(wanted.order_by(Case.due_on, Case.id).limit(MOST)).all()


def told(session: Session) -> Sequence[Case]:
    """Decided and told, the newest first: a release can be taken back."""
    wanted = select(Case).where(Case.state.in_(DECIDED)).options(*SHOWN)
    return session.scalars(wanted.order_by(Case.since.desc(), Case.id).limit(20)).all()


def staged(session: Session) -> Sequence[Case]:
    """Decided and not told, those of one meeting together."""
    whole = (
        joinedload(Case.organisation),
        joinedload(Case.submission).joinedload(Submission.framework_version),
        selectinload(Case.ballots).joinedload(Ballot.votes),
        selectinload(Case.appeals),
        selectinload(Case.decisions).selectinload(Decision.conditions),
        selectinload(Case.decisions).selectinload(Decision.standards),
        selectinload(Case.decisions).joinedload(Decision.meeting),
    )
    wanted = select(Case).where(Case.state == STAGED).options(*whole)
    return session.scalars(wanted.order_by(Case.since, Case.id).limit(MOST)).all()


def waiting_to_be_told(session: Session, _at: datetime) -> Waiting:
    wanted: Any = select(func.count(), func.min(Case.since)).where(Case.state == STAGED)
    return Waiting(*session.execute(wanted).one())


def turnout(case: Case) -> dict[str, tuple[int, int]]:
    """By group, how many have voted and how many are asked.  Never for what, and never who."""
    stage = rules.stage_of(case)
    open_ = [b for b in case.ballots if b.stage == stage and b.standing == OPEN]
    asked = Counter(b.constituency for b in open_)
    voted = Counter(b.constituency for b in open_ if vote_of(b) is not None)
    return {group: (voted[group], asked[group]) for group in ("agency", "voluntary", "youth")}
