"""What merging two organisations does to their cases and awards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from review.models import Award, Case
from review.models.awards import STANDING
from web.audit import record
from web.contributions import MergePart
from web.workflow import Refused


def _cases(session: Session, organisation: Organisation) -> Sequence[Case]:
    wanted = select(Case).where(Case.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(Case.id).with_for_update()).all()


def _awards(session: Session, organisation: Organisation) -> Sequence[Award]:
    wanted = select(Award).where(Award.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(Award.id).with_for_update()).all()


def _has_award(session: Session, organisation: Organisation) -> bool:
    wanted = select(Award.id).where(
        Award.organisation_id == organisation.id, Award.state.in_(STANDING)
    )
    return session.scalar(wanted) is not None


def obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    """An award is for what was looked at; of two, the one that goes must have ended."""
    if all(_has_award(session, one) for one in (stays, goes)):
        return [_("Both hold an award. End the one of %(name)s first.", name=goes.name)]
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    if _has_award(session, goes):
        return [_("The award of %(goes)s goes to %(stays)s.", goes=goes.name, stays=stays.name)]
    return []


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    cases, awards = _cases(session, goes), _awards(session, goes)
    memo = {"cases": [c.id for c in cases], "awards": [a.id for a in awards]}
    _move(session, (*cases, *awards), stays, "merge", by, at)
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
    """As it was.  Raises Refused when the steering group gave an award since."""
    cases = [c for c in _cases(session, stays) if c.id in memo["cases"]]
    of_them = [a for a in _awards(session, stays) if a.case_id in memo["cases"]]
    awards = [a for a in of_them if a.id in memo["awards"]]
    if awards != of_them:
        raise Refused([_("The steering group has given %(name)s an award since.", name=stays.name)])
    _move(session, (*cases, *awards), goes, "undo merge", by, at)


def _move(
    session: Session, things: Sequence[Any], to: Organisation, verb: str, by: Any, at: datetime
) -> None:
    for thing in things:
        thing.organisation = to
        session.flush()
        record(session, thing, verb, by=by, at=at)


merging = MergePart("cases and awards", obstacles, preview, merge, undo)
