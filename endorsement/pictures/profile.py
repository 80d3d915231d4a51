"""Where an organisation stands, area by area, on one day and on another.

Plain Python.  An area's bar is the sum of its standards' points: nothing is averaged away, and
the table beside it has every standard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from endorsement.framework import Area, Framework, Standard

Ratings = Mapping[str, int | None]
"""By the standard's key; None: does not apply.  What is left out has no point yet."""


@dataclass(frozen=True)
class Bar:
    area: Area
    points: int
    most: int
    before: int | None
    """The points on the day it is compared with; None without one."""

    @property
    def change(self) -> int:
        return 0 if self.before is None else self.points - self.before


@dataclass(frozen=True)
class Day:
    """The ratings of one day."""

    at: datetime
    why: str
    """"now", or why they were kept."""
    ratings: Ratings
    level: str | None
    framework: Framework
    reference: str = ""
    """Of the assessment, where it is an earlier year's."""


def bars(
    framework: Framework, standards: Sequence[Standard], now: Ratings, before: Ratings | None = None
) -> list[Bar]:
    """One for each area, over the standards of the track today."""
    return [
        Bar(
            area,
            _points(held, now),
            framework.top * sum(s.key not in now or now[s.key] is not None for s in held),
            None if before is None else _points(held, before),
        )
        for area in framework.areas_of(standards)
        if (held := [s for s in standards if s.area == area.key])
    ]


def counts(framework: Framework, standards: Sequence[Standard], ratings: Ratings) -> list[int]:
    """How many standards stand at each point of the scale, lowest first."""
    given = [ratings.get(s.key) for s in standards]
    return [given.count(point.value) for point in framework.scale]


def distance(
    days: Sequence[Day], standards: Sequence[Standard]
) -> list[tuple[Day, list[int], int]]:
    """For each day, how many standards at each point, and the points in all."""
    told = []
    for day in days:
        on_that_day = [s for s in standards if s.key in day.framework.by_key]
        spread = counts(day.framework, on_that_day, day.ratings)
        told.append((day, spread, _points(on_that_day, day.ratings)))
    return told


def _points(standards: Sequence[Standard], ratings: Ratings) -> int:
    return sum(ratings.get(s.key) or 0 for s in standards)
