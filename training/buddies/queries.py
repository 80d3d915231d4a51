"""Finding the agreements of organisations."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from training.models import TrainingBuddy
from training.states import AGREED
from web.database import holding

MOST = 100


def _of(ids: Collection[int]) -> ColumnElement[bool]:
    return or_(TrainingBuddy.organisation_id.in_(ids), TrainingBuddy.buddy_id.in_(ids))


def _standing(ids: Collection[int]) -> Select[Any]:
    """Those that are asked for and those that are agreed."""
    wanted = select(TrainingBuddy).where(_of(ids), TrainingBuddy.ended_at.is_(None))
    return wanted.order_by(TrainingBuddy.id)


def _whole(wanted: Select[Any]) -> Select[Any]:
    return wanted.options(joinedload(TrainingBuddy.organisation), joinedload(TrainingBuddy.buddy))


def agreements(session: Session, organisation: Organisation) -> list[TrainingBuddy]:
    return list(session.scalars(_whole(_standing([organisation.id])).limit(MOST)))


def held_of(session: Session, organisation: Organisation) -> list[TrainingBuddy]:
    return list(session.scalars(holding(_standing([organisation.id]), TrainingBuddy)))


def by_reference(session: Session, reference: str, *, lock: bool = False) -> TrainingBuddy | None:
    wanted = select(TrainingBuddy).where(TrainingBuddy.reference == reference)
    return session.scalar(holding(wanted, TrainingBuddy) if lock else wanted)


def between(session: Session, one: Organisation, other: Organisation) -> TrainingBuddy | None:
    """One that is not over, whoever asked."""
    return next((b for b in agreements(session, one) if other in b.both), None)


def standing_of(session: Session, ids: Collection[int]) -> list[TrainingBuddy]:
    wanted = _whole(_standing(ids)).where(TrainingBuddy.state == AGREED)
    return [agreement for agreement in session.scalars(wanted) if agreement.stands]


def named(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """By organisation, the names of those that check for it: one statement."""
    found: dict[int, list[str]] = defaultdict(list)
    for agreement in standing_of(session, ids):
        for one in agreement.both:
            found[one.id].append(agreement.other(one.id).name)
    return found


def done_by(session: Session, person: Any) -> list[TrainingBuddy]:
    """What somebody asked for, agreed to or ended."""
    columns = (TrainingBuddy.asked_by_id, TrainingBuddy.agreed_by_id, TrainingBuddy.ended_by_id)
    mine = or_(*(column == person.id for column in columns))
    wanted = _whole(select(TrainingBuddy).where(mine).order_by(TrainingBuddy.id))
    return list(session.scalars(wanted.limit(MOST)))
