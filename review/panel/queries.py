"""Finding ballots, and cases before the panel: always ordered, always bounded."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from endorsement.models import Submission
from review import rules
from review.models import Ballot, Case, Decision
from review.panel.asking import OPEN, VOTING
from review.panel.voting import vote_of
from review.states import DECIDED, PANEL, STAGED
from web.contributions import Waiting
from web.paging import Paged, paged

MOST = 200
LATELY = 20
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


def before_the_panel(session: Session, without: set[int]) -> Sequence[Case]:
    """For the chairs: what is voted on, and what is decided and not told; the soonest first.

    Not those of the organisations ``without``."""
    return session.scalars(_before_the_panel(without).limit(MOST)).all()


def page_before_the_panel(session: Session, without: set[int], page: int) -> Paged[Case]:
    return paged(session, _before_the_panel(without), page)


def _before_the_panel(without: set[int]) -> Select[Any]:
    return _chaired((*VOTING, STAGED), without).order_by(Case.due_on, Case.id)


def told(session: Session, without: set[int]) -> Sequence[Case]:
    """Decided and told, the newest first: a release can be taken back."""
    wanted = _chaired(DECIDED, without).order_by(Case.since.desc(), Case.id)
    return session.scalars(wanted.limit(LATELY)).all()


def _chaired(states: Sequence[str], without: set[int]) -> Select[Any]:
    wanted = select(Case).where(Case.state.in_(states), Case.organisation_id.not_in(without))
    return wanted.options(*SHOWN)


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
