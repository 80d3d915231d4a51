"""Which training somebody's roles still need: those sessions come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from training import status, versions
from training.models import Practitioner, TrainingSession
from training.pathways import Pathways
from training.records import facts
from training.records import queries as records
from training.sessions import queries
from web import clock


@dataclass(frozen=True)
class Needs:
    pathways: Pathways | None
    codes: tuple[str, ...]
    """What is next, in the order in which it can be done."""

    def module(self, key: str) -> str:
        """A module as today's pathways call it; what they no longer have, by its code."""
        found = self.pathways.by_key.get(key) if self.pathways else None
        return f"{key} {found.name}" if found else key

    def split(
        self, sessions: Iterable[TrainingSession]
    ) -> tuple[list[TrainingSession], list[TrainingSession]]:
        """Those that give something that is needed, what comes next first; and all others."""
        place = {code: number for number, code in enumerate(self.codes)}
        needed: list[TrainingSession] = []
        others: list[TrainingSession] = []
        for one in sessions:
            (needed if place.keys() & set(one.modules) else others).append(one)
        needed.sort(key=lambda s: (min(place[m] for m in s.modules if m in place), s.starts_at))
        return needed, others


def of_person(session: Session, person: Any) -> Needs:
    version = versions.newest(session)
    mine = records.practitioner_of(session, person)
    if version is None or mine is None:
        return Needs(version.pathways if version else None, ())
    seen = _picture(session, version.pathways, mine)
    wanted = (s for s in seen.next if s.status is not status.Status.BOOKED)
    return Needs(version.pathways, tuple(s.module.key for s in wanted))


def _picture(session: Session, pathways: Pathways, mine: Practitioner) -> status.Picture:
    known = [
        *facts.of_records(records.records_of(session, mine)),
        *facts.of_bookings(queries.bookings_of(session, mine)),
    ]
    return status.picture(
        pathways, facts.of_roles(mine.roles), known, clock.today(), records.charters(session)
    )
