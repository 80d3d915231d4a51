"""What merging two organisations does to their self-assessments, plans and offers of help.

The one that stays keeps its open self-assessment; the other's is ended as it stands and is kept
among its earlier ones.  Where the one that stays has none, the other's goes on there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement.assessing import queries
from endorsement.models import Assessment, HelpOffer, ImprovementAction
from web.audit import record
from web.contributions import MergePart
from web.workflow import Refused


def obstacles(_session: Session, _stays: Organisation, _goes: Organisation) -> Sequence[str]:
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    moving = _of(session, Assessment, goes)
    if not moving and not _of(session, ImprovementAction, goes):
        return []
    said = [
        _(
            "The self-assessments and the plan of %(goes)s go to %(stays)s.",
            goes=goes.name,
            stays=stays.name,
        )
    ]
    if _open(moving) and queries.open_assessment(session, stays):
        said.append(
            _(
                "%(stays)s goes on with its own self-assessment. That of %(goes)s is kept as it "
                "stands.",
                goes=goes.name,
                stays=stays.name,
            )
        )
    return said


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    """Returns what was ended, and what was moved, by table."""
    for organisation in sorted((stays, goes), key=lambda o: o.id):
        queries.hold(session, organisation.id)
    moving = _of(session, Assessment, goes)
    standing = _open(moving)
    memo: dict[str, Any] = {"ended": None, "withdrawn": []}
    if standing is not None and queries.open_assessment(session, stays) is not None:
        standing.ended_at = at
        memo["ended"] = standing.id
    memo["withdrawn"] = _withdraw_doubles(session, stays, goes, by, at)
    memo["assessment"] = _move(session, moving, stays, "merge", by, at)
    for name, model in (("improvement_action", ImprovementAction), ("help_offer", HelpOffer)):
        memo[name] = _move(session, _of(session, model, goes), stays, "merge", by, at)
    return memo


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    """As it was.  Raises Refused when the self-assessment has gone into its next year since."""
    for organisation in sorted((stays, goes), key=lambda o: o.id):
        queries.hold(session, organisation.id)
    moved = [session.get_one(Assessment, number) for number in memo["assessment"]]
    if any(a.organisation_id != stays.id for a in moved) or _went_on(session, moved):
        raise Refused([_("A self-assessment went into its next year since the two became one.")])
    _move(session, moved, goes, "undo merge", by, at)
    for assessment in (a for a in moved if a.id == memo["ended"]):
        assessment.ended_at = None
        record(session, assessment, "open again", by=by, at=at)
    for name, model in (("improvement_action", ImprovementAction), ("help_offer", HelpOffer)):
        rows = [session.get_one(model, number) for number in memo[name]]
        _move(session, rows, goes, "undo merge", by, at)
    for number in memo["withdrawn"]:
        offer = session.get_one(HelpOffer, number)
        offer.withdrawn_at = None
        record(session, offer, "undo merge", by=by, at=at)


def _of(session: Session, model: Any, organisation: Organisation) -> list[Any]:
    wanted = select(model).where(model.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(model.id)))


def _open(assessments: Sequence[Assessment]) -> Assessment | None:
    return next((a for a in assessments if a.ended_at is None), None)


def _withdraw_doubles(
    session: Session, stays: Organisation, goes: Organisation, by: Any, at: datetime
) -> list[int]:
    """One organisation offers help with a standard once: its own words stay."""
    own = {o.standard for o in _of(session, HelpOffer, stays) if o.withdrawn_at is None}
    doubles = [
        o for o in _of(session, HelpOffer, goes) if o.withdrawn_at is None and o.standard in own
    ]
    for offer in doubles:
        offer.withdrawn_at = at
    session.flush()
    for offer in doubles:
        record(session, offer, "merge", by=by, at=at)
    return [offer.id for offer in doubles]


def _move(
    session: Session, rows: Sequence[Any], to: Organisation, verb: str, by: Any, at: datetime
) -> list[int]:
    session.flush()  # what was ended is ended before it moves: one may be open at a time
    for row in rows:
        row.organisation = to
        record(session, row, verb, by=by, at=at)
    session.flush()
    return [row.id for row in rows]


def _went_on(session: Session, moved: Sequence[Assessment]) -> bool:
    """Whether a newer one was begun from any of them."""
    numbers = [a.id for a in moved]
    wanted = select(Assessment.id).where(
        Assessment.carried_from_id.in_(numbers), Assessment.id.not_in(numbers)
    )
    return session.scalar(wanted.limit(1)) is not None


merging = MergePart("self-assessments", obstacles, preview, merge, undo)
