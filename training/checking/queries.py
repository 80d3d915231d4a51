"""What waits to be checked, and what an organisation may know of its people's training."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, tuple_
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


class Desk(Protocol):
    """Where somebody checks (training.checking.loading)."""

    @property
    def organisation(self) -> Organisation | None: ...
    @property
    def pathways(self) -> Pathways: ...
    @property
    def buddy(self) -> Any: ...


def seen_at(
    organisation: Organisation, pathways: Pathways, *, chosen: bool = True
) -> ColumnElement[bool]:
    """rules.modules_shown, asked of the database: a standing role there needs the module, or its
    owner lets the organisation see it (``chosen``: that is not for another one's eyes)."""
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
    by_role = standing.where(or_(*needed)).exists()
    return or_(by_role, and_(standing.exists(), _shown(organisation))) if chosen else by_role


def _seen_from(desk: Desk) -> ColumnElement[bool]:
    if desk.organisation is None:
        return true()
    if desk.buddy is None:
        return seen_at(desk.organisation, desk.pathways)
    waits = TrainingRecord.state.in_(WAITS)  # a buddy knows of nothing else
    return and_(waits, seen_at(desk.organisation, desk.pathways, chosen=False))


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


def waiting(person: Any, desk: Desk) -> Select[Any]:
    """What this person may check there."""
    return (
        select(TrainingRecord)
        .join(Practitioner, Practitioner.id == TrainingRecord.practitioner_id)
        .where(TrainingRecord.state.in_(WAITS), _not_theirs(person), _seen_from(desk))
        .order_by(*ORDER)
    )


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
    desk: Desk,
    *,
    lock: bool = False,
) -> TrainingRecord | None:
    """What its owner took back, nobody but they sees."""
    wanted = select(TrainingRecord).where(
        TrainingRecord.reference == reference,
        TrainingRecord.state != WITHDRAWN,
        _seen_from(desk),
    )
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


def roles_of_colleagues(organisation: Organisation) -> Select[Any]:
    """What those with an account do there today."""
    return (
        select(PractitionerRole)
        .join(Membership, Membership.id == PractitionerRole.membership_id)
        .where(PractitionerRole.organisation_id == organisation.id)
        .where(PractitionerRole.ended_at.is_(None), Membership.ended_at.is_(None))
    )


def is_let(session: Session, person: Any, organisation: Organisation) -> bool:
    """Whether a lead lets this colleague check."""
    wanted = roles_of_colleagues(organisation).where(
        Membership.person_id == person.id, PractitionerRole.may_check_since.is_not(None)
    )
    return session.scalar(wanted.limit(1)) is not None


def desk_waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(TrainingRecord.entered_at)).where(
        TrainingRecord.state.in_(WAITS)
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, since)
