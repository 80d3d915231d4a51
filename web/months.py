"""Calendar months, for whatever is kept so many of them."""

from calendar import monthrange
from datetime import datetime

from web import clock


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and hour in London so many months earlier; in a shorter month its last day."""
    local = clock.london(moment)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)
