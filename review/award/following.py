"""What a released decision, and one that is taken back, does to the award."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from review.award import making, queries
from review.following import LAPSE, RELEASE, TAKE_BACK, following
from review.models import Decision
from review.rules import PORTAL
from web import clock
from web.scheme import Scheme


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


@following(RELEASE)
def make(session: Session, decision: Decision, *, by: Any, at: datetime) -> None:
    if decision.level is not None:
        making.award(session, decision, by=by, at=at, scheme=_scheme())


@following(TAKE_BACK)
def take_back(session: Session, decision: Decision, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """The one that it had replaced is current again, if it has time left."""
    made = queries.of_decision(session, decision)
    if made is None:
        return
    making.move(session, made, "take back", by=PORTAL, at=at, scheme=_scheme())
    earlier = queries.replaced_before(session, made, clock.london(at).date())
    if earlier is not None:
        making.move(session, earlier, "restore", by=PORTAL, at=at, scheme=_scheme())


@following(LAPSE)
def lapse(session: Session, decision: Decision, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    made = queries.of_decision(session, decision)
    if made is not None:
        making.move(session, made, "lapse", by=PORTAL, at=at, scheme=_scheme())
