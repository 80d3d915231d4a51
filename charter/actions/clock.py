"""What the date does to pledges."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from charter import queries
from charter.actions.moves import make
from charter.rules import CLOCK
from charter.states import DUE, LIVE
from web import clock
from web.scheme import Scheme


def move_with_the_date(session: Session, at: datetime, scheme: Scheme) -> tuple[int, int]:
    """Live pledges whose date has come fall due; due ones not renewed in time lapse.

    Returns how many did.  A pledge that is long past both dates passes both in one run.
    """
    today = clock.london(at).date()
    too_late = today - timedelta(days=scheme.clocks.charter.lapse_after_days + 1)
    due = _move_all(session, "fall due", LIVE, today, at)
    lapsed = _move_all(session, "lapse", DUE, too_late, at)
    return due, lapsed


def _move_all(session: Session, name: str, state: str, until: date, at: datetime) -> int:
    moved = 0
    while pledges := queries.falls_due(session, state, until):
        for pledge in pledges:
            make(session, name, pledge, by=CLOCK, at=at)
            moved += 1
        session.flush()
    return moved
