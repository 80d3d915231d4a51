"""Evidence in merging two organisations: the items move, whole, with all their versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import ngettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement.models import EvidenceItem
from web.audit import record
from web.contributions import MergePart


def obstacles(_session: Session, _stays: Organisation, _goes: Organisation) -> Sequence[str]:
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    wanted = select(func.count()).where(EvidenceItem.organisation_id == goes.id)
    count = session.scalar(wanted) or 0
    if not count:
        return []
    return [
        ngettext(
            "One piece of evidence of %(goes)s goes to %(stays)s.",
            "%(num)d pieces of evidence of %(goes)s go to %(stays)s.",
            count,
            goes=goes.name,
            stays=stays.name,
        )
    ]


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    moved = list(session.scalars(_of(goes)))
    _move(session, moved, stays, "merge", by, at)
    return {"items": [item.id for item in moved]}


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    """What came goes back as it is now; what was added since stays where it was added."""
    came = set(memo["items"])
    back = [item for item in session.scalars(_of(stays)) if item.id in came]
    _move(session, back, goes, "undo merge", by, at)


def _of(organisation: Organisation) -> Select[EvidenceItem]:
    wanted = select(EvidenceItem).where(EvidenceItem.organisation_id == organisation.id)
    return wanted.order_by(EvidenceItem.id).with_for_update()


def _move(
    session: Session, items: list[EvidenceItem], to: Organisation, verb: str, by: Any, at: datetime
) -> None:
    for item in items:
        item.organisation = to
        record(session, item, verb, by=by, at=at)
    session.flush()


merging = MergePart("evidence", obstacles, preview, merge, undo)
