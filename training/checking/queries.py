"""What waits to be checked, and what an organisation may know of its people's training."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Membership, Organisation
from training.models import Practitioner, PractitionerRole, ShownModule, TrainingRecord
from training.pathways import Pathways
from training.rules import ALL
from training.states import WAITS, WITHDRAWN
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged

ORDER = (TrainingRecord.entered_at, TrainingRecord.id)
"""Whoever waits longest comes first."""


def seen_at(organisation: Organisation, pathways: Pathways) -> ColumnElement[bool]:
    """rules.modules_shown, asked of the database: a standing role there needs the module, or its
    owner lets the organisation see it."""
    role = PractitionerRole
    standing = (
        select(role.id)
        .outerjoin(Membership, Membership.id == role.membership_id)
        .where(role.practitioner_id == TrainingRecord.practitioner_id)
        .where(role.organisation_id == organisation.id)
        .where(role.ended_at.is_(None), Membership.ended_at.is_(None))
    )
    needed = (
        and_(role.role == key, TrainingRecord.module.in_(sorted(pathways.asked_of(key))))
        for key in pathways.role_by_key
    )
    return or_(standing.where(or_(*needed)).exists(), and_(standing.exists(), _shown(organisation)))


def _shown(organisation: Organisation) -> ColumnElement[bool]:
    return (
        select(ShownModule.module)
        .where(ShownModule.practitioner_id == TrainingRecord.practitioner_id)
        .where(ShownModule.organisation_id == organisation.id)
        .where(or_(ShownModule.module == ALL, ShownModule.module == TrainingRecord.module))
        .exists()
    )


def _not_theirs(person: Any) -> ColumnElement[bool]:
    """Nobody checks their own."""
    return or_(Practitioner.person_id.is_(None), Practitioner.person_id != person.id)


def waiting(person: Any, organisation: Organisation | None, pathways: Pathways) -> Select[Any]:
    """What this person may check, for an organisation or (None) for the Charter team."""
    wanted = (
        select(TrainingRecord)
        .join(Practitioner, Practitioner.id == TrainingRecord.practitioner_id)
        .where(TrainingRecord.state.in_(WAITS), _not_theirs(person))
        .order_by(*ORDER)
    )
    return wanted if organisation is None else wanted.where(seen_at(organisation, pathways))


def page_of(session: Session, wanted: Select[Any], page: int) -> Paged[TrainingRecord]:
    named = joinedload(TrainingRecord.practitioner).joinedload(Practitioner.person)
    return paged(session, wanted.options(named), page)


def how_many(session: Session, wanted: Select[Any]) -> int:
    return session.scalar(wanted.with_only_columns(func.count()).order_by(None)) or 0


def next_after(
    session: Session, wanted: Select[Any], training: TrainingRecord
) -> TrainingRecord | None:
    """The one that follows; after the last the first that is left."""
    here = (training.entered_at, training.id)
    later = wanted.where(tuple_(*ORDER) > tuple_(*here)).limit(1)
    other = wanted.where(TrainingRecord.id != training.id).limit(1)
    return session.scalar(later) or session.scalar(other)


def one(
    session: Session,
    reference: str,
    organisation: Organisation | None,
    pathways: Pathways,
    *,
    lock: bool = False,
) -> TrainingRecord | None:
    """What its owner took back, nobody but they sees."""
    wanted = select(TrainingRecord).where(
        TrainingRecord.reference == reference, TrainingRecord.state != WITHDRAWN
    )
    if organisation is not None:
        wanted = wanted.where(seen_at(organisation, pathways))
    if lock:
        return session.scalar(holding(wanted, TrainingRecord))
    owner = joinedload(TrainingRecord.practitioner)
    roles = owner.selectinload(Practitioner.roles).joinedload(PractitionerRole.organisation)
    return session.scalar(
        wanted.options(
            owner.joinedload(Practitioner.person),
            roles,
            joinedload(TrainingRecord.file),
            selectinload(TrainingRecord.events),
        )
    )


def desk_waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(TrainingRecord.entered_at)).where(
        TrainingRecord.state.in_(WAITS)
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, since)
