"""Whom to ask for a vote.  Plain Python, over seats and who may not.

Every seat speaks through its member, and through its deputy where the member cannot.  Somebody of
each group is kept back where that can be, so that a second appeal finds people with no part in it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MEMBER, DEPUTY, RESERVE, GUEST = "member", "deputy", "reserve", "guest"
YOUTH = "youth"
LEAST_YOUTH = 3
"""Young members asked for each case, at least."""


@dataclass(frozen=True)
class SeatHeld:
    """One seat, and the people whose time in it stands."""

    id: int
    group: str
    member: int | None = None
    deputy: int | None = None


@dataclass(frozen=True)
class Asked:
    person: int
    group: str
    capacity: str


@dataclass(frozen=True)
class Known:
    """What is to be looked at before somebody is asked."""

    barred: Collection[int] = frozenset()
    """A tie, a part in what is appealed against, or they stood aside."""
    asked: Mapping[int, str] = field(default_factory=dict)
    """By person, the group for which they can vote already."""
    leads: Collection[int] = frozenset()
    """The chair and the deputy chair: never kept back."""
    turn: int = 0
    """Another one is kept back each time."""

    def may(self, person: int | None) -> bool:
        return person is not None and person not in self.barred and person not in self.asked


def first_round(
    seats: Sequence[SeatHeld], quorum: Mapping[str, int], known: Known, *, keep_back: bool
) -> list[Asked]:
    """Who is to be asked now, beside those who are."""
    found: list[Asked] = []
    for group in quorum:
        mine = [seat for seat in seats if seat.group == group]
        speaking = [one for seat in mine if (one := _speaks(seat, known)) is not None]
        least = max(quorum[group], LEAST_YOUTH if group == YOUTH else 1)
        have = sum(g == group for g in known.asked.values())
        spare = _spare(mine, speaking, known)
        if have + len(speaking) < least:
            wanted = least - have - len(speaking)
            speaking += [Asked(person, group, DEPUTY) for person in spare[:wanted]]
        elif keep_back and not spare and have + len(speaking) > least:
            speaking = _but_one(speaking, known)
        found += speaking
    return found


def _speaks(seat: SeatHeld, known: Known) -> Asked | None:
    """The member, or the deputy in their place; nobody where one of them is asked already."""
    if seat.member in known.asked or seat.deputy in known.asked:
        return None
    for person, capacity in ((seat.member, MEMBER), (seat.deputy, DEPUTY)):
        if person is not None and known.may(person):
            return Asked(person, seat.group, capacity)
    return None


def _spare(seats: Iterable[SeatHeld], speaking: Iterable[Asked], known: Known) -> list[int]:
    """Those of these seats who could vote and are not asked."""
    taken = {one.person for one in speaking}
    people = [seat.deputy for seat in seats] + [seat.member for seat in seats]
    return [one for one in people if one is not None and known.may(one) and one not in taken]


def _but_one(speaking: Sequence[Asked], known: Known) -> list[Asked]:
    """Without the one who is kept back; a chair has to be there."""
    could = [one for one in speaking if one.person not in known.leads]
    if not could:
        return list(speaking)
    kept = could[known.turn % len(could)]
    return [one for one in speaking if one is not kept]


def reserves(seats: Sequence[SeatHeld], groups: Collection[str], known: Known) -> list[Asked]:
    """The others of groups that have no valid vote, but for one where that leaves somebody."""
    found: list[Asked] = []
    for group in groups:
        spare = _spare([seat for seat in seats if seat.group == group], (), known)
        spare = list(dict.fromkeys(spare))
        if len(spare) > 1:
            kept = spare[known.turn % len(spare)]
            spare = [one for one in spare if one != kept]
        found += [Asked(person, group, RESERVE) for person in spare]
    return found
