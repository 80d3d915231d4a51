"""The portal's one clock.

Everything that asks "when is it?" asks here, so that tests and the example mode can move time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_shift = timedelta(0)
_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, in UTC."""
    if _frozen is not None:
        return _frozen
    return datetime.now(UTC) + _shift


def today() -> date:
    """The date in London: a deadline is midnight Europe/London."""
    return now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    """The same moment as a clock on the wall in London shows it."""
    return moment.astimezone(LONDON)


def begins(day: date) -> datetime:
    """The moment a day begins in London."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def shift(days: int) -> None:
    """Move the clock by whole days.  Settings allow it in example mode only."""
    global _shift
    _shift = timedelta(days=days)


def freeze(moment: datetime | None) -> None:
    """Stop the clock at a moment (None lets it run again): for tests and the example county."""
    global _frozen
    _frozen = moment
