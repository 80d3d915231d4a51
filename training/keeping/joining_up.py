"""What merging two organisations does to training: what people do there goes along.

What somebody let the one that goes see, nobody else sees: they choose again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation
from training.models import PractitionerRole
from web.audit import record
from web.contributions import MergePart
from web.database import holding


def _roles(session: Session, organisation: Organisation) -> list[PractitionerRole]:
    wanted = select(PractitionerRole).where(PractitionerRole.organisation_id == organisation.id)
    return list(session.scalars(holding(wanted.order_by(PractitionerRole.id), PractitionerRole)))


def obstacles(_session: Session, _stays: Organisation, _goes: Organisation) -> Sequence[str]:
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    wanted = select(PractitionerRole.practitioner_id).where(
        PractitionerRole.organisation_id == goes.id, PractitionerRole.ended_at.is_(None)
    )
    count = len(set(session.scalars(wanted)))
    if not count:
        return []
    said = ngettext(
        "What one person does at %(goes)s they then do at %(stays)s. Their training is their own.",
        "What %(num)d people do at %(goes)s they then do at %(stays)s. Their training is their "
        "own.",
        count,
        goes=goes.name,
        stays=stays.name,
    )
    return [said]


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    here = {(r.practitioner_id, r.role) for r in _roles(session, stays) if r.ended_at is None}
    moved = _roles(session, goes)
    memo = [_memo(role) for role in moved]
    for role in moved:
        if role.ended_at is None and (role.practitioner_id, role.role) in here:
            role.ended_at = at  # they do the same at both
        role.organisation = stays
        role.membership_id = _membership(session, role, stays)
        session.flush()
        record(session, role, "merge", by=by, at=at)
        session.expire(role, ["membership"])
    return {"roles": memo}


def _membership(session: Session, role: PractitionerRole, stays: Organisation) -> int | None:
    """Whoever belonged to both has one membership left: it goes on with that."""
    was = session.get(Membership, role.membership_id) if role.membership_id else None
    if was is None or was.ended_at is None or role.ended_at is not None:
        return role.membership_id
    wanted = select(Membership.id).where(
        Membership.person_id == was.person_id,
        Membership.organisation_id == stays.id,
        Membership.ended_at.is_(None),
    )
    return session.scalar(wanted) or role.membership_id


def _memo(role: PractitionerRole) -> dict[str, Any]:
    ended = role.ended_at.isoformat() if role.ended_at else None
    return {"id": role.id, "membership": role.membership_id, "ended": ended}


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    """Each as it was; what somebody chose since stays where they chose it."""
    there = {role.id: role for role in _roles(session, stays)}
    for was in memo["roles"]:
        role = there.get(was["id"])
        if role is None:  # its owner was erased since
            continue
        role.organisation, role.membership_id = goes, was["membership"]
        role.ended_at = datetime.fromisoformat(was["ended"]) if was["ended"] else None
        session.flush()
        record(session, role, "undo merge", by=by, at=at)


merging = MergePart("training", obstacles, preview, merge, undo)
