"""Working days in England: Monday to Friday, without bank holidays and the scheme's closed days."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from web.scheme import ClosedDays

DAY = timedelta(days=1)
Closed = Iterable[ClosedDays]


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, closed: Closed = ()) -> bool:
    return (
        day.weekday() < 5
        and day not in _bank_holidays(day.year)
        and not any(span.first <= day <= span.last for span in closed)
    )


def after(day: date, working_days: int, closed: Closed = ()) -> date:
    """The last day of a clock that starts the day after ``day``: it ends at midnight that day."""
    closed = tuple(closed)
    left = working_days
    while left > 0:
        day += DAY
        left -= is_working_day(day, closed)
    return day


def left(today: date, until: date, closed: Closed = ()) -> int:
    """Working days from tomorrow to ``until``; 0 on the day itself, below 0 once it has passed."""
    closed = tuple(closed)
    first, last = sorted((today, until))
    days = (first + DAY * n for n in range(1, (last - first).days + 1))
    count = sum(is_working_day(day, closed) for day in days)
    return count if until >= today else -max(count, 1)


def months_between(day: date, until: date) -> int:
    """How many whole months there are from the one to the other; 0 where none has passed."""
    months = 12 * (until.year - day.year) + until.month - day.month
    return max(0, months - (months_after(day, max(0, months)) > until))


def months_after(day: date, months: int) -> date:
    """The same day so many months on; at the end of a shorter month, its last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + DAY * (day.day - 1), first_of_next - DAY)
