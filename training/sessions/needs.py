"""Which training somebody's roles still need: those sessions come first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from training import status
from training.models import TrainingSession
from training.pathways import Pathways
from training.records import looking
from training.records.entered import UPDATE, chosen
from web import clock


@dataclass(frozen=True)
class Needs:
    pathways: Pathways | None
    codes: tuple[str, ...]
    """What is next, in the order in which it can be done; the update where that is enough."""

    def module(self, key: str) -> str:
        """A module, or the update of one, as today's pathways call it; what they no longer have,
        by its code."""
        code, is_update = chosen(key)
        found = self.pathways.by_key.get(code) if self.pathways else None
        if found is None:
            return code
        name = f"{code} {found.name}"
        return f"{name}: {found.update.name}" if is_update and found.update else name

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
    return Needs(look.pathways, tuple(code for s in wanted for code in _codes(s)))


def _codes(standing: status.Standing) -> Iterator[str]:
    if standing.update_by is not None:
        yield standing.module.key + UPDATE
    yield standing.module.key


def can_be_given(pathways: Pathways) -> list[tuple[str, str]]:
    """What a session may give: modules, and the updates that keep them in date."""
    known = Needs(pathways, ())
    keys = [
        key
        for module in pathways.modules
        for key in (module.key, *((module.key + UPDATE,) if module.update else ()))
    ]
    return [(key, known.module(key)) for key in keys]
