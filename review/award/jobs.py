"""What the clock does with awards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from review.award import making, queries
from web import clock
from web.jobs import Each, Job


def _over(session: Session, at: datetime, above: int) -> Sequence[int]:
    return queries.run_out(session, clock.london(at).date(), above)


def _run_out(session: Session, award_id: int, at: datetime) -> None:
    making.run_out(session, award_id, at, current_app.extensions["scheme"])


jobs = (Job("end awards whose time is over", timedelta(hours=1), Each(_over, _run_out)),)
