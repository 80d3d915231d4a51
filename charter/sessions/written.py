"""A day and a time of day, as people write them."""

import re
from datetime import UTC, date, datetime, time

from web import clock
from web.days import day

__all__ = ["day", "moment", "time_of_day"]

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)


def time_of_day(text: str) -> time | None:
    """16:30, 16.30, 4pm or 4.30 pm.  A bare number is none: 4 may be either."""
    match = TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if not half and match[2] is None:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment(on: date, at: time) -> datetime:
    """By the clocks in London."""
    return datetime.combine(on, at, clock.LONDON).astimezone(UTC)
