"""Who reads together: pairs that have not met, and somebody experienced with somebody new.

By swaps that keep everybody's load as it is.  What is best of all takes minutes to find, and
nobody could tell the difference; swaps are made as long as one helps.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from review.allocation.parts import Candidate, Plan, Together, Wanted

MET, BOTH_NEW, BOTH_OLD = 2.0, 3.0, 1.0
"""What it costs that two met before (each time), that neither has read a case, that both have."""
ROUNDS = 5

Seat = tuple[int, int]
"""A case, and the place in its list."""


def vary(
    plan: Plan, cases: Sequence[Wanted], people: Sequence[Candidate], together: Together
) -> None:
    """Swap the plan's people until no swap helps."""
    table = Table(plan, cases, people, together)
    for _ in range(ROUNDS):
        helped = [table.improve(seat) for seat in table.seats]
        if not any(helped):
            return


class Table:
    """The adults of a plan; its lists are changed in place."""

    def __init__(
        self, plan: Plan, cases: Sequence[Wanted], people: Sequence[Candidate], together: Together
    ):
        self.given = plan.given
        self.cases = {case.key: case for case in cases}
        self.is_new = {one.key: one.is_new for one in people}
        adults = {one.key for one in people if one.kind == "adult"}
        self.seats: list[Seat] = [
            (case, place)
            for case, team in self.given.items()
            for place, key in enumerate(team)
            if key in adults
        ]
        self.met: dict[tuple[int, int], int] = {}
        for pair, times in together.items():
            one, other = pair
            self._count(one, other, times)
        self.with_: dict[int, set[int]] = {}
        for case, team in self.given.items():
            self.with_[case] = {k for k in team if k in adults} | set(self.cases[case].staying)
            for one, other in combinations(self.with_[case], 2):
                self._count(one, other, 1)

    def cost(self) -> float:
        """Of all pairs; two who meet three times cost the second and the third time."""
        pairs = (pair for team in self.with_.values() for pair in combinations(team, 2))
        return sum(self._price(*pair, -1) for pair in pairs)

    def improve(self, seat: Seat) -> bool:
        """Make the first swap of this seat that helps."""
        case, mine = seat[0], self.given[seat[0]][seat[1]]
        if not any(self._price(mine, other, -1) for other in self.with_[case] if other != mine):
            return False
        other = next(self._better(seat, mine), None)
        if other is not None:
            theirs = self._at(other)
            self._put(other, mine)
            self._put(seat, theirs)
        return other is not None

    def _better(self, seat: Seat, mine: int) -> Iterator[Seat]:
        """Seats of others with whom the swap would help, and may be made."""
        here, barred = self.with_[seat[0]], self.cases[seat[0]].barred
        for other in self.seats:
            theirs, there = self.given[other[0]][other[1]], self.with_[other[0]]
            if theirs in here or theirs in barred or mine in there:
                continue
            if (
                mine not in self.cases[other[0]].barred
                and self._gain(mine, here, theirs, there) > 0
            ):
                yield other

    def _gain(self, mine: int, here: set[int], theirs: int, there: set[int]) -> float:
        gain = 0.0
        for partner in here:
            if partner != mine:
                gain += self._price(mine, partner, -1) - self._price(theirs, partner)
        for partner in there:
            if partner != theirs:
                gain += self._price(theirs, partner, -1) - self._price(mine, partner)
        return gain

    def _price(self, one: int, other: int, more: int = 0) -> float:
        """Of this pair; ``more`` is -1 where it is counted among those that met already."""
        price = MET * (self.met.get((one, other), 0) + more)
        if self.is_new.get(one) != self.is_new.get(other):
            return price
        return price + (BOTH_NEW if self.is_new.get(one) else BOTH_OLD)

    def _at(self, seat: Seat) -> int:
        return self.given[seat[0]][seat[1]]

    def _put(self, seat: Seat, new: int) -> None:
        team, old = self.with_[seat[0]], self._at(seat)
        team.remove(old)
        for partner in team:
            self._count(old, partner, -1)
            self._count(new, partner, 1)
        team.add(new)
        self.given[seat[0]][seat[1]] = new

    def _count(self, one: int, other: int, by: int) -> None:
        for pair in ((one, other), (other, one)):
            self.met[pair] = self.met.get(pair, 0) + by
