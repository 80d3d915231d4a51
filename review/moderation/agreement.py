"""How far assessors agree: Krippendorff's alpha, by standard and by pair.  Knows no database.

1 is full agreement, 0 what chance would give, below 0 worse than that.  Ratings are steps on a
scale, so 1 and 3 are further apart than 1 and 2 ("ordinal").
"""

from collections.abc import Iterable, Sequence
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

Unit = Sequence[int | None]
"""What each reader said of one thing; all units of one question are equally long."""


class Rated(NamedTuple):
    """One rating that counts.  There are hundreds of thousands."""

    case_id: int
    standard: str
    person_id: int
    part: str
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


def alpha(units: Iterable[Unit], fewest: int) -> tuple[float | None, int]:
    """None where too few things were read twice.  Who all say one and the same agree."""
    paired = [u for u in units if sum(value is not None for value in u) > 1]
    if len(paired) < fewest:
        return None, len(paired)
    if len({value for unit in paired for value in unit if value is not None}) == 1:
        return 1.0, len(paired)
    table = np.array([[np.nan if v is None else v for v in unit] for unit in paired]).T
    found = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")
    return round(float(found), 2), len(paired)


def by_standard(rated: Iterable[Rated], keys: Sequence[str]) -> list[Agreed]:
    """In the given order: adults and young assessors, over all cases."""
    cases: dict[str, dict[int, list[Rated]]] = {key: {} for key in keys}
    for one in rated:
        if one.standard in cases:
            cases[one.standard].setdefault(one.case_id, []).append(one)
    return [Agreed(key, *alpha(_units(cases[key].values()), FEWEST_CASES)) for key in keys]


def _units(groups: Iterable[list[Rated]]) -> list[Unit]:
    """Adults in the first places, young assessors after them."""
    ordered = [sorted(group, key=lambda r: (r.part, r.person_id)) for group in groups]
    most = max(map(len, ordered), default=0)
    return [[r.rating for r in group] + [None] * (most - len(group)) for group in ordered]


def by_pair(rated: Iterable[Rated]) -> dict[tuple[int, int], list[Agreed]]:
    """By two people, a figure for each half year in which they read enough together."""
    both: dict[tuple[int, int], dict[str, list[Unit]]] = {}
    for one, other in _read_by_two(rated):
        pair, half = (one.person_id, other.person_id), half_year(max(one.sent_at, other.sent_at))
        both.setdefault(pair, {}).setdefault(half, []).append([one.rating, other.rating])
    return {
        pair: [Agreed(half, *alpha(halves[half], FEWEST_PAIRED)) for half in sorted(halves)]
        for pair, halves in sorted(both.items())
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
