"""How many actions of the plan were open, month by month.  Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from web import clock

MOST_MONTHS = 24


@dataclass(frozen=True)
class Month:
    end: date
    """Its last day, or today."""
    open: int
    done: int
    """All that were done until then."""


def burn_down(actions: Iterable[Any], today: date) -> list[Month]:
    """From the month of the first action to today; the latest two years of it."""
    found = [(clock.london(a.planned_at).date(), a.done_on, a.dropped_on) for a in actions]
    if not found:
        return []
    ends = _month_ends(min(begun for begun, *_ in found), today)[-MOST_MONTHS:]
    return [_month(found, end) for end in ends]


def _month(found: list[tuple[date, date | None, date | None]], end: date) -> Month:
    closed = [(begun, done or dropped) for begun, done, dropped in found]
    still = sum(begun <= end and (over is None or over > end) for begun, over in closed)
    return Month(end, still, sum(done is not None and done <= end for _, done, _ in found))


def _month_ends(first: date, today: date) -> list[date]:
    ends, day = [], first.replace(day=1)
    while day <= today:
        following = (day + timedelta(days=32)).replace(day=1)
        ends.append(min(following - timedelta(days=1), today))
        day = following
    return ends
