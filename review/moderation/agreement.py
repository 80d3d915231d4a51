"""How far assessors agree: Krippendorff's alpha, by standard and by pair.  Knows no database.

1 is full agreement, 0 what chance would give, below 0 worse than that.  Ratings are steps on a
scale, so 1 and 3 are further apart than 1 and 2 ("ordinal").
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import krippendorff
import numpy as np

from web import clock

ENOUGH = 0.667
"""Below this, people read a standard differently (Krippendorff's own bound for careful use)."""
FEWEST_CASES, FEWEST_PAIRED = 5, 10
"""Below these a figure says nothing, and says too much about one case or one person."""

Pattern = tuple[int, ...]
"""What the readers of one thing said, in order: alpha does not ask who said what."""
Pair = tuple[int, int]


class Rated(NamedTuple):
    """One rating that counts."""

    case_id: int
    standard: str
    person_id: int
    rating: int
    sent_at: datetime


@dataclass(frozen=True)
class Agreed:
    """How far readers agree about something, and on how much it stands."""

    about: Any
    alpha: float | None
    units: int

    @property
    def is_low(self) -> bool:
        return self.alpha is not None and self.alpha < ENOUGH


def alpha(read: Mapping[Pattern, int], fewest: int) -> tuple[float | None, int]:
    """The figure, and how many things were read twice, of which fewer than ``fewest`` give None.
    Who all say one and the same agree.  ``read``: how many things were read so."""
    twice = {pattern: things for pattern, things in read.items() if len(pattern) > 1}
    things = sum(twice.values())
    if things < fewest:
        return None, things
    points = sorted({point for pattern in twice for point in pattern})
    if len(points) == 1:
        return 1.0, things
    counts = np.array([[pattern.count(point) for point in points] for pattern in twice])
    table = counts.repeat(list(twice.values()), axis=0)
    found = krippendorff.alpha(
        value_counts=table, value_domain=points, level_of_measurement="ordinal"
    )
    return round(float(found), 2), things


def by_standard(read: Mapping[str, Mapping[Pattern, int]], keys: Sequence[str]) -> list[Agreed]:
    """In the given order: adults and young assessors, over all cases."""
    return [Agreed(key, *alpha(read.get(key, {}), FEWEST_CASES)) for key in keys]


def by_pair(rated: Iterable[Rated], pairs: Sequence[Pair]) -> dict[Pair, list[Agreed]]:
    """Of each of these pairs, a figure for each half year in which they read enough together."""
    both: dict[Pair, dict[str, Counter[Pattern]]] = {pair: {} for pair in pairs}
    for one, other in _read_by_two(rated):
        half = half_year(max(one.sent_at, other.sent_at))
        if (halves := both.get((one.person_id, other.person_id))) is not None:
            said = (min(one.rating, other.rating), max(one.rating, other.rating))
            halves.setdefault(half, Counter())[said] += 1
    return {
        pair: [Agreed(half, *alpha(halves[half], FEWEST_PAIRED)) for half in sorted(halves)]
        for pair, halves in both.items()
    }


def _read_by_two(rated: Iterable[Rated]) -> Iterable[tuple[Rated, Rated]]:
    things: dict[tuple[int, str], list[Rated]] = {}
    for one in rated:
        things.setdefault((one.case_id, one.standard), []).append(one)
    for group in things.values():
        yield from combinations(sorted(group, key=lambda r: r.person_id), 2)


@lru_cache(maxsize=65536)
def half_year(moment: datetime) -> str:
    """2027/1 for January to June."""
    day = clock.london(moment).date()
    return f"{day.year}/{1 if day.month < 7 else 2}"
