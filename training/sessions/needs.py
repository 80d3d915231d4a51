"""Which training somebody's roles still need: those sessions come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from training import status
from training.models import TrainingSession
from training.pathways import Pathways
from training.records import looking
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
    """What is booked already is needed no more."""
    look = looking.look(session, person, clock.today())
    if look is None:
        return Needs(None, ())
    wanted = (s for s in look.picture.next if s.status is not status.Status.BOOKED)
    return Needs(look.pathways, tuple(s.module.key for s in wanted))
