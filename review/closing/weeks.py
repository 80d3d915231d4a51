"""Which weeks can be closed, and what one does to a clock that runs.  Plain Python."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from web import working_days
from web.scheme import ClosedDays
from web.working_days import DAY

AHEAD = 52
"""Weeks that can be chosen beforehand."""
WEEK = timedelta(days=7)


def span(monday: date) -> ClosedDays:
    return ClosedDays(first=monday, last=monday + timedelta(days=6))


def spans(mondays: Iterable[date]) -> tuple[ClosedDays, ...]:
    return tuple(span(monday) for monday in mondays)


def open_mondays(today: date, taken: Collection[date]) -> Sequence[date]:
    """Weeks that have not begun: nobody closes a week that is over, or the day it is too late."""
    first = today + timedelta(days=7 - today.weekday())
    found = [first + WEEK * number for number in range(AHEAD)]
    return [monday for monday in found if monday not in taken]


def left_in(year: int, taken: Iterable[date], most: int) -> int:
    return most - sum(monday.year == year for monday in taken)


def moved(due: date, monday: date, closed: Sequence[ClosedDays]) -> date:
    """The last day of a clock that runs, once this week is closed too; ``closed``: without it."""
    days = [monday + DAY * number for number in range(7)]
    lost = sum(day <= due and working_days.is_working_day(day, closed) for day in days)
    return working_days.after(due, lost, (*closed, span(monday)))
