"""What the date does to pledges: one at a time, each asked again with its row locked."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from charter import queries
from charter.actions.moves import make
from charter.models import Pledge
from charter.rules import CLOCK
from charter.states import DUE, LIVE, SENT
from web import clock
from web.scheme import Scheme


def last_chance(pledge: Pledge, scheme: Scheme) -> date:
    """The last day on which a pledge that is due is not lost yet."""
    if pledge.due_on is None:
        raise ValueError("it was never confirmed")
    usual = pledge.due_on + timedelta(days=scheme.clocks.charter.lapse_after_days)
    return max(usual, pledge.kept_until or usual)


def moves_with_the_date(
    session: Session, at: datetime, scheme: Scheme, after: int = 0
) -> list[int]:
    """The ids of pledges that the date moves now, above ``after``, in their order."""
    today = clock.london(at).date()
    too_late = today - timedelta(days=scheme.clocks.charter.lapse_after_days + 1)
    return queries.falls_due(session, today, too_late, after)


def move_one(session: Session, pledge_id: int, at: datetime, scheme: Scheme) -> tuple[int, int]:
    """One pledge: it falls due, or lapses, or both when it is long past both dates.

    Whoever was quicker, a second worker or the Charter team, leaves nothing to do here.
    """
    pledge = queries.standing_by_id(session, pledge_id)
    if pledge is None or pledge.due_on is None:
        return 0, 0
    today, due, lapsed = clock.london(at).date(), 0, 0
    if pledge.state == LIVE and pledge.due_on <= today:
        make(session, "fall due", pledge, by=CLOCK, at=at)
        due = 1
    waits = any(renewal.state == SENT for renewal in pledge.renewals)
    if pledge.state == DUE and today > last_chance(pledge, scheme) and not waits:
        make(session, "lapse", pledge, by=CLOCK, at=at)
        lapsed = 1
    return due, lapsed


def move_with_the_date(session: Session, at: datetime, scheme: Scheme) -> tuple[int, int]:
    """All of them in one transaction, for the example county.  Returns how many did what."""
    due = lapsed = last = 0
    while ids := moves_with_the_date(session, at, scheme, last):
        for last in ids:
            one, other = move_one(session, last, at, scheme)
            due, lapsed = due + one, lapsed + other
    return due, lapsed
