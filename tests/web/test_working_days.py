from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import working_days
from web.scheme import ClosedDays

pytestmark = pytest.mark.once

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
CHRISTMAS = (ClosedDays(first=date(2026, 12, 29), last=date(2026, 12, 31)),)


@pytest.mark.parametrize(
    ("day", "days", "until"),
    [
        (date(2027, 3, 2), 10, date(2027, 3, 16)),
        (date(2027, 3, 5), 1, date(2027, 3, 8)),  # over a weekend
        (date(2027, 3, 24), 2, date(2027, 3, 30)),  # over Easter
        (date(2027, 3, 6), 0, date(2027, 3, 6)),
    ],
)
def test_a_clock_starts_the_day_after(day, days, until):
    assert working_days.after(day, days) == until


def test_the_schemes_closed_days_stop_the_clock():
    assert working_days.after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert working_days.after(date(2026, 12, 24), 1, CHRISTMAS) == date(2027, 1, 4)


@given(DAYS, st.integers(1, 60))
def test_what_is_counted_forward_is_counted_back(day, days):
    until = working_days.after(day, days)
    assert working_days.is_working_day(until)
    assert working_days.left(day, until) == days
    assert working_days.left(until, until) == 0
    assert working_days.left(until + timedelta(days=7), until) < 0


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 3, 31), 12, date(2028, 3, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 10, 31), 13, date(2028, 11, 30)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_months_end_safely(day, months, then):
    assert working_days.months_after(day, months) == then


@given(DAYS, st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_months_last(day, months):
    then = working_days.months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1
