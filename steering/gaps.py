"""What is missing in the steering group, or soon will be, before it stops a case.  Plain Python.

Every seat and the chair has a deputy; there are at least four youth seats; each constituency can
vote, for every organisation that somebody is tied to.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from steering.ties import Bond, barring

YOUTH_SEATS = 4
SOON = timedelta(days=60)

NO_MEMBER, NO_DEPUTY, NO_CHAIR, NO_DEPUTY_CHAIR = (
    "no member", "no deputy", "no chair", "no deputy chair",
)  # fmt: skip
FEW_YOUTH_SEATS, ENDS, CHAIR_ENDS, ASSESSOR_ENDS = (
    "few youth seats", "ends", "chair ends", "assessor ends",
)  # fmt: skip
NO_QUORUM, TIED_QUORUM = "no quorum", "tied quorum"
STOPS = (NO_MEMBER, NO_CHAIR, NO_QUORUM, TIED_QUORUM)
"""They can stop a case today; the others would."""
_MISSING = {"member": NO_MEMBER, "deputy": NO_DEPUTY}
_NO_CHAIR = {"chair": NO_CHAIR, "deputy chair": NO_DEPUTY_CHAIR}


class Dated(Protocol):
    began_on: date
    ends_on: date
    ended_at: Any


@dataclass(frozen=True)
class Gap:
    kind: str
    constituency: str = ""
    on: date | None = None
    """When it comes; None: it is there today."""
    thing: Any = None
    """The seat, the time in it, or the time as chair or assessor."""
    count: int = 0
    organisation_id: int | None = None

    @property
    def stops(self) -> bool:
        return self.kind in STOPS


def gaps(
    seats: Sequence[Any],
    chairs: Sequence[Any],
    assessors: Sequence[Any],
    bonds: Iterable[Bond],
    *,
    today: date,
    quorums: Mapping[str, int],
    tie_years: int,
) -> list[Gap]:
    """What stops a case first, then what is missing, then what comes, the soonest first."""
    found = [
        *_of_seats(seats, today),
        *_of_chairs(chairs, today),
        *_of_assessors(assessors, today),
        *_of_votes(seats, barring(bonds, today, tie_years), today, quorums),
    ]
    return sorted(found, key=lambda gap: (not gap.stops, gap.on is not None, gap.on or today))


def standing(terms: Iterable[Any], today: date) -> list[Any]:
    return [t for t in terms if t.ended_at is None and t.began_on <= today <= t.ends_on]


def _ends_soon(term: Dated, today: date) -> bool:
    return today <= term.ends_on < today + SOON


def _of_seats(seats: Sequence[Any], today: date) -> Iterable[Gap]:
    for seat in seats:
        terms = standing(seat.terms, today)
        for part, kind in _MISSING.items():
            if not any(term.part == part for term in terms):
                yield Gap(kind, seat.constituency, thing=seat)
        for term in terms:
            if _ends_soon(term, today):
                yield Gap(ENDS, seat.constituency, term.ends_on, term)
    youth = sum(seat.constituency == "youth" for seat in seats)
    if youth < YOUTH_SEATS:
        yield Gap(FEW_YOUTH_SEATS, "youth", count=youth)


def _of_chairs(chairs: Sequence[Any], today: date) -> Iterable[Gap]:
    now = standing(chairs, today)
    for part, kind in _NO_CHAIR.items():
        if not any(chairing.part == part for chairing in now):
            yield Gap(kind)
    for chairing in now:
        if _ends_soon(chairing, today):
            yield Gap(CHAIR_ENDS, on=chairing.ends_on, thing=chairing)


def _of_assessors(assessors: Sequence[Any], today: date) -> Iterable[Gap]:
    for term in assessors:
        if term.ended_at is None and term.current_until < today + SOON:
            yield Gap(ASSESSOR_ENDS, on=term.current_until, thing=term)


def _of_votes(
    seats: Sequence[Any], barred: Sequence[Bond], today: date, quorums: Mapping[str, int]
) -> Iterable[Gap]:
    """Members and deputies count alike: a deputy votes where the member cannot."""
    for constituency, quorum in quorums.items():
        holders = {
            term.person_id
            for seat in seats
            if seat.constituency == constituency
            for term in standing(seat.terms, today)
        }
        if len(holders) < quorum:
            yield Gap(NO_QUORUM, constituency, count=len(holders))
            continue
        yield from _tied(constituency, quorum, holders, barred)


def _tied(
    constituency: str, quorum: int, holders: Collection[int], barred: Sequence[Bond]
) -> Iterable[Gap]:
    tied: dict[int, set[int]] = {}
    for bond in barred:
        if bond.person_id in holders:
            tied.setdefault(bond.organisation_id, set()).add(bond.person_id)
    for organisation_id, people in sorted(tied.items()):
        left = len(holders) - len(people)
        if left < quorum:
            yield Gap(TIED_QUORUM, constituency, count=left, organisation_id=organisation_id)
