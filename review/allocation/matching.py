"""Filling cases: as many as can be, those that wait longest first, and everybody's load as even
as it can be.

Exact.  A mixed-integer programme, solved by HiGHS, which scipy brings; it is imported when first
asked for.  A case is filled whole or not at all.  The load is even when the sum of the squares of
how many cases each then holds is least.

The unknowns: a person takes a case; a person takes an nth case, each costing more than the one
before; a case is filled.  Once it is settled which cases are filled, the rest is a flow: its
corners are whole numbers, so only "is filled" has to be asked for whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from review.allocation.parts import Candidate, Plan, Wanted

Row = tuple[dict[int, float], float, float]
"""Coefficients by unknown, the least and the most that their sum may be."""


def fill(cases: Sequence[Wanted], people: Sequence[Candidate]) -> Plan:
    """``cases``: those that wait longest first."""
    if not cases:
        return Plan()
    programme = _Programme(cases, people)
    filled = set(range(_at_most(cases, people)))
    found = programme.even(filled)
    if found is None:
        filled = programme.most_filled()
        found = programme.even(filled)
    if found is None:
        raise RuntimeError("HiGHS found no way where there is one.")
    plan = Plan({cases[c].key: [] for c in sorted(filled)})
    plan.unfilled = [case.key for c, case in enumerate(cases) if c not in filled]
    for number, (c, p) in enumerate(programme.takes):
        if found[number] > 0.5:
            plan.given[cases[c].key].append(people[p].key)
    return plan


def _at_most(cases: Sequence[Wanted], people: Sequence[Candidate]) -> int:
    """No more can be filled than there is room for.  Mostly the first so many can be."""
    counts = [len(cases)]
    for kind in {one.kind for one in people} | {kind for case in cases for kind in case.needs}:
        room = sum(one.room for one in people if one.kind == kind)
        needs = accumulate(sorted(case.needs.get(kind, 0) for case in cases))
        counts.append(sum(needed <= room for needed in needs))
    return min(counts)


@dataclass
class _Programme:
    cases: Sequence[Wanted]
    people: Sequence[Candidate]
    takes: list[tuple[int, int]] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """Of each unknown, when the load is to be even."""
    rows: list[Row] = field(default_factory=list)
    first_case: int = 0
    """The number of the unknown "the first case is filled"; the others follow."""

    def __post_init__(self) -> None:
        of_case: dict[tuple[int, str], dict[int, float]] = {}
        of_person: list[dict[int, float]] = [{} for _ in self.people]
        for c, case in enumerate(self.cases):
            of_case |= {(c, kind): {} for kind, count in case.needs.items() if count}
            for p, one in enumerate(self.people):
                if one.room and case.takes(one):
                    of_case[c, one.kind][len(self.takes)] = of_person[p][len(self.takes)] = 1
                    self.takes.append((c, p))
        self.costs = [0.0] * len(self.takes)
        for p, one in enumerate(self.people):
            for nth in range(min(one.room, len(of_person[p]))):
                of_person[p][len(self.costs)] = -1
                self.costs.append(2 * (one.held + nth) + 1)
        self.first_case = len(self.costs)
        self.costs += [0.0] * len(self.cases)
        for (c, kind), row in of_case.items():
            row[self.first_case + c] = -self.cases[c].needs[kind]
        self.rows = [(row, 0, 0) for row in (*of_case.values(), *of_person)]

    def even(self, filled: set[int]) -> Any:
        """The way with the most even load; None where these cases cannot all be filled."""
        return self._solved(self.costs, self.rows, filled)

    def most_filled(self) -> set[int]:
        """Each aim is settled and then held to, before the next one is asked."""
        every = {self.first_case + c: 1.0 for c in range(len(self.cases))}
        found = self._solved(self._weights(dict.fromkeys(every, -1.0)), self.rows)
        most = round(sum(found[n] for n in every))
        rows = [*self.rows, (every, most, most)]
        waits = {self.first_case + c: float(c) for c in range(len(self.cases))}
        found = self._solved(self._weights(waits), rows)
        return {c for c in range(len(self.cases)) if found[self.first_case + c] > 0.5}

    def _weights(self, aim: dict[int, float]) -> list[float]:
        return [aim.get(number, 0.0) for number in range(len(self.costs))]

    def _solved(
        self, weights: Sequence[float], rows: Sequence[Row], filled: set[int] | None = None
    ) -> Any:
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp

        size, start = len(self.costs), self.first_case
        least, most, whole = numpy.zeros(size), numpy.ones(size), numpy.zeros(size, dtype=int)
        whole[start:] = 1
        if filled is not None:
            least[start:] = most[start:] = [c in filled for c in range(len(self.cases))]
        done = milp(
            numpy.array(weights),
            integrality=whole,
            bounds=Bounds(least, most),
            constraints=LinearConstraint(
                _sparse(rows, size), lb=[row[1] for row in rows], ub=[row[2] for row in rows]
            ),
            options={"mip_rel_gap": 0},
        )
        return done.x


def _sparse(rows: Sequence[Row], size: int) -> Any:
    from scipy.sparse import csr_array

    lines = [line for line, row in enumerate(rows) for _ in row[0]]
    columns = [number for row in rows for number in row[0]]
    values = [value for row in rows for value in row[0].values()]
    return csr_array((values, (lines, columns)), shape=(len(rows), size))
