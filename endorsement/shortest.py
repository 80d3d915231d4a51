"""The shortest way to a level: which standards to raise, and to what.

Exact.  Fewest points in all; of those ways, the fewest standards; of those, the one that raises
the standards that stand first in the framework.  A mixed-integer programme, solved by HiGHS,
which scipy brings.  It is imported when first asked for: that takes a good part of a second.

The unknowns are steps: step (standard, point) is 1 when the standard is raised to the point or
above.  A blank is raised from 0, which is worth no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from endorsement.framework.parts import Framework, Level, Standard
from endorsement.levels import Demand, Standing, demands, reaches

BLOCK = 4
"""Of so many standards the order is settled in one go: their weights stay small and exact."""

Row = tuple[dict[int, float], float]
"""Coefficients by unknown, and the least that their sum may be."""


@dataclass(frozen=True)
class Step:
    standard: Standard
    before: int | None
    """None: it was not rated."""
    to: int

    @property
    def points(self) -> int:
        return self.to - (self.before or 0)


@dataclass(frozen=True)
class Way:
    steps: tuple[Step, ...]
    """In the framework's order; none where the level is reached."""

    @property
    def points(self) -> int:
        return sum(step.points for step in self.steps)


def way_to(framework: Framework, track: str, level: Level, standing: Standing) -> Way | None:
    """The shortest way, or None where no ratings could reach the level."""
    rules = framework.rules_of(level, track)
    if not rules or level not in framework.levels_on(track):
        return None
    if reaches(framework, track, level, standing):
        return Way(())
    wanted = [d for rule in rules for d in demands(framework, track, rule, standing)]
    wanted = [d for d in wanted if d.short(standing)]
    if any(d.count > sum(map(bool, d.groups)) for d in wanted):
        return None
    programme = _Programme(framework.on_track(track), wanted, standing)
    return Way(tuple(programme.best()))


@dataclass
class _Programme:
    standards: Sequence[Standard]
    wanted: Sequence[Demand]
    standing: Standing
    number: dict[tuple[str, int], int] = field(default_factory=dict)
    """Of each step."""
    rows: list[Row] = field(default_factory=list)
    size: int = 0

    def __post_init__(self) -> None:
        asked: dict[str, int] = {}
        for demand in self.wanted:
            for standard in demand.below(self.standing):
                asked[standard.key] = max(demand.at, asked.get(standard.key, 0))
        self.standards = [s for s in self.standards if s.key in asked]
        for standard in self.standards:
            self._number_steps(standard, asked[standard.key])
        for demand in self.wanted:
            self._ask(demand)

    def now(self, standard: Standard) -> int:
        return self.standing.ratings.get(standard.key) or 0

    def _number_steps(self, standard: Standard, top: int) -> None:
        """One after the other: nobody is at 3 who is not at 2."""
        for point in range(self.now(standard) + 1, top + 1):
            self.number[standard.key, point] = self._unknown()
            below = self.number.get((standard.key, point - 1))
            if below is not None:
                self.rows.append(({below: 1, self.number[standard.key, point]: -1}, 0))

    def _unknown(self) -> int:
        self.size += 1
        return self.size - 1

    def _ask(self, demand: Demand) -> None:
        """So many more groups; a group of several standards is an unknown of its own."""
        chosen: dict[int, float] = {}
        for group in demand.groups:
            steps = [
                self.number[s.key, demand.at]
                for s in group
                if not self.standing.at_least(s, demand.at)
            ]
            if len(steps) == 1:
                chosen[steps[0]] = 1
            elif steps:
                whole = self._unknown()
                chosen[whole] = 1
                self.rows.extend(({step: 1, whole: -1}, 0) for step in steps)
        self.rows.append((chosen, demand.short(self.standing)))

    def best(self) -> Iterable[Step]:
        """Each aim is settled and then held to, before the next one is asked."""
        found = self._settle(dict.fromkeys(self.number.values(), 1))
        first = {self.number[s.key, self.now(s) + 1]: 1.0 for s in self.standards}
        found = self._settle(first)
        for start in range(0, len(self.standards), BLOCK):
            found = self._settle(self._in_order(self.standards[start : start + BLOCK]))
        for standard in self.standards:
            raised = sum(found[n] for (key, _), n in self.number.items() if key == standard.key)
            if raised:
                before = self.standing.ratings.get(standard.key)
                yield Step(standard, before, self.now(standard) + raised)

    def _in_order(self, block: Sequence[Standard]) -> dict[int, float]:
        """Weights (to be made least) by which the first one's points come before all others'."""
        most = max(point for _, point in self.number) + 1
        place = {s.key: len(block) - n - 1 for n, s in enumerate(block)}
        return {
            number: -float(most ** place[key])
            for (key, _), number in self.number.items()
            if key in place
        }

    def _settle(self, aim: dict[int, Any]) -> list[int]:
        """Make the sum least, and hold to it from now on."""
        found = _solved(self.size, self.rows, aim)
        least = sum(weight * found[number] for number, weight in aim.items())
        self.rows.append(({number: -weight for number, weight in aim.items()}, -least))
        return found


def _solved(size: int, rows: Sequence[Row], aim: dict[int, Any]) -> list[int]:
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp

    weights, matrix = numpy.zeros(size), numpy.zeros((len(rows), size))
    for number, weight in aim.items():
        weights[number] = weight
    for line, (coefficients, _) in enumerate(rows):
        for number, value in coefficients.items():
            matrix[line, number] = value
    done = milp(
        weights,
        integrality=numpy.ones(size, dtype=int),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=[least for _, least in rows]),
        options={"mip_rel_gap": 0},
    )
    if done.x is None:
        raise RuntimeError(f"HiGHS found no way where there is one: {done.message}")
    return [round(value) for value in done.x]
