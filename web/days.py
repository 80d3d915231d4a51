"""A day, as people write it."""

import re
from datetime import date, datetime

from web import clock

DAYS = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y")
BARE = ("%d %B %Y", "%d %b %Y")
"""Of a day and a month alone, with the year put behind."""
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,?\s+", re.IGNORECASE)
ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th)\b", re.IGNORECASE | re.ASCII)


def day(text: str) -> date | None:
    """3 March 2027, 3/3/2027, 3.3.27, 2027-03-03, Tuesday 3rd March 2027; 3 March: the next one."""
    said = ORDINAL.sub(r"\1", WEEKDAY.sub("", " ".join(text.split())))
    return _in_shape(said, DAYS) or _next_one(said)


def _in_shape(said: str, shapes: tuple[str, ...]) -> date | None:
    for shape in shapes:
        try:
            return datetime.strptime(said, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _next_one(said: str) -> date | None:
    today = clock.today()
    for year in range(today.year, today.year + 9):  # the next 29 February may be eight years off
        found = _in_shape(f"{said} {year}", BARE)
        if found is not None and found >= today:
            return found
    return None
