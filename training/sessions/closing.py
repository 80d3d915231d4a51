"""Sessions of an organisation that was closed are called off, and whoever is on the list is told.

A closing can be undone for some hours (scheme file), so those are waited for: what was called off
cannot be taken back.  Meanwhile nobody can book.  A session that begins before they are over is
called off at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from training.models import TrainingSession
from training.sessions import offering, queries
from training.sessions.rules import PORTAL
from web.jobs import Each, Job


def _left_alone(at: datetime) -> Select[Any]:
    hours = current_app.extensions["scheme"].clocks.accounts.merge_undo_hours
    fresh_for = timedelta(hours=hours)
    return queries.of_closed(at - fresh_for, at, at + fresh_for)


def _due(session: Session, at: datetime, above: int) -> Sequence[int]:
    return session.scalars(_left_alone(at).where(TrainingSession.id > above).limit(100)).all()


def _call_off(session: Session, session_id: int, at: datetime) -> None:
    queries.hold(session, session.get_one(TrainingSession, session_id))
    if session.scalar(_left_alone(at).where(TrainingSession.id == session_id)) is None:
        return  # it is open again
    it = session.get_one(TrainingSession, session_id)
    why = _("The organisation that offered it is closed.")
    offering.call_off(session, it, why, by=PORTAL, at=at)


job = Job("training sessions of closed organisations", timedelta(hours=1), Each(_due, _call_off))
