"""What waits for young people, as their supporters are told of it: that something does, and no
more.

A supporter with a tie to the organisation that it is about is replaced for that case: the
supporter of another young person stands in, or the Charter team where all are tied.  It is worked
out anew each time, so a tie that is found or over changes it at once.  What waits is known above.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from steering import queries
from steering.models import YouthSeat
from steering.ties import barring
from web import clock
from web.scheme import Scheme

MOST = 500


@dataclass(frozen=True)
class Waits:
    """Something, about one organisation, waits for somebody."""

    person_id: int
    organisation_id: int
    key: str
    """Tells two things that wait from each other; nobody is shown it."""


Source = Callable[[Any, Collection[int]], Iterable[Waits]]
"""Takes the session and the ids of young people."""
_sources: list[Source] = []


def waits_from(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


@dataclass(frozen=True)
class Told:
    """One thing that waits, and who is told of it."""

    seat: YouthSeat
    waits: Waits
    supporter_id: int | None
    """None: everybody who could be told has a tie, so the Charter team sees to it."""

    @property
    def name(self) -> str:
        return self.seat.person.name if self.seat.person is not None else ""

    @property
    def stands_in(self) -> bool:
        return self.supporter_id != self.seat.supporter_id


def told(session: Session, at: datetime, scheme: Scheme) -> list[Told]:
    """Everything that waits for young people.  A number of statements that does not grow."""
    seats = {seat.person_id: seat for seat in _seats(session) if seat.person_id is not None}
    found = [one for source in _sources for one in source(session, list(seats))] if seats else []
    if not found:
        return []
    supporters = sorted({seat.supporter_id for seat in seats.values()})
    organisations = {one.organisation_id for one in found}
    bonds = queries.bonds(session, people=supporters, organisations=organisations)
    day, years = clock.london(at).date(), scheme.clocks.endorsement.tie_years
    tied: dict[int, set[int]] = {}
    for bond in barring(bonds, day, years):
        tied.setdefault(bond.organisation_id, set()).add(bond.person_id)
    return [_told(seats, supporters, tied, one) for one in found]


def _told(
    seats: Mapping[Any, YouthSeat],
    supporters: Sequence[int],
    tied: Mapping[int, Collection[int]],
    one: Waits,
) -> Told:
    seat = seats[one.person_id]
    who = chosen(seat.supporter_id, supporters, tied.get(one.organisation_id, ()), seat.id)
    return Told(seat, one, who)


def chosen(own: int, supporters: Sequence[int], tied: Collection[int], turn: int) -> int | None:
    """Their own supporter; else another without a tie, in turn; or nobody."""
    if own not in tied:
        return own
    others = [one for one in supporters if one not in tied]
    return others[turn % len(others)] if others else None


def _seats(session: Session) -> Sequence[YouthSeat]:
    wanted = (
        select(YouthSeat)
        .where(
            YouthSeat.ended_at.is_(None),
            YouthSeat.activated_at.is_not(None),
            YouthSeat.person_id.is_not(None),
        )
        .options(joinedload(YouthSeat.person))
    )
    return session.scalars(wanted.order_by(YouthSeat.id).limit(MOST)).all()
