"""What the worker does for the charter."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from charter.actions.clock import move_one, moves_with_the_date
from web.jobs import Each, Job


def _find(session: Session, at: datetime, after: int) -> Sequence[int]:
    return moves_with_the_date(session, at, current_app.extensions["scheme"], after)


def _do(session: Session, pledge_id: int, at: datetime) -> object:
    return move_one(session, pledge_id, at, current_app.extensions["scheme"])


jobs = (Job("pledges fall due and lapse", timedelta(hours=1), Each(_find, _do)),)
