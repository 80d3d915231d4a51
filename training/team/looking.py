"""What an organisation sees of its people.  Plain Python.

Somebody's picture is worked out from all they learned; of that, the organisation is told what
their roles there need and what they chose to show (rules.modules_shown), and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from training.pathways import Module, Pathways, Role
from training.status import FOR_EVER, Picture, Standing, Status

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Look:
    """How a status is shown: a mark, a word, a colour."""

    mark: str
    word: str
    colour: str


LOOKS = {
    Status.IN_DATE: Look("✓", _l("In date"), "green"),
    Status.PRIOR_LEARNING: Look("✓", _l("Prior learning"), "green"),
    Status.DUE: Look("!", _l("Due"), "yellow"),
    Status.AWAITING_CHECK: Look("?", _l("To check"), "blue"),
    Status.BOOKED: Look("→", _l("Booked"), "purple"),
    Status.EXPIRED: Look("×", _l("Ran out"), "red"),
    Status.NOT_STARTED: Look("○", _l("Not started"), "grey"),
}
"""The other one, not required, is an empty cell."""


@dataclass(frozen=True)
class Task:
    """One module that somebody has to do."""

    standing: Standing
    by: date | None
    """None: now."""


@dataclass(frozen=True)
class Member:
    practitioner: Any
    roles: tuple[str, ...]
    """Keys of what they do here."""
    seen: frozenset[str]
    """Codes of the modules that this organisation may know of."""
    picture: Picture
    projects: frozenset[str] = frozenset()
    """Where they work, by the projects' addresses."""

    @property
    def called(self) -> str:
        return str(self.practitioner.called)

    def cell(self, module: str) -> Standing | None:
        """None where there is nothing to see."""
        found = self.picture.modules.get(module) if module in self.seen else None
        return None if found is None or found.status is Status.NOT_REQUIRED else found

    @property
    def cells(self) -> Iterator[Standing]:
        yield from filter(None, map(self.cell, self.picture.modules))

    @property
    def ready(self) -> bool:
        return self.picture.ready

    def tasks(self) -> list[Task]:
        """What they must do from today until 90 days on, the most pressing first."""
        until = self.picture.on + AHEAD
        found = [task for s in self.cells if s.required and (task := _task(s, until))]
        return sorted(found, key=lambda t: t.by or date.min)


def _task(standing: Standing, until: date) -> Task | None:
    """What waits for somebody else to check it is not theirs to do."""
    if standing.status is Status.AWAITING_CHECK:
        return None
    if not standing.status.counts:
        return Task(standing, None)
    ends = standing.until or FOR_EVER
    return Task(standing, ends) if ends <= until else None


def columns(pathways: Pathways, members: Iterable[Member]) -> list[Module]:
    """The modules that anybody has something in."""
    held = {standing.module.key for member in members for standing in member.cells}
    return [module for module in pathways.modules if module.key in held]


def filtered(members: Sequence[Member], role: str, status: str, project: str = "") -> list[Member]:
    """Those with this role, in this project, who have a module that stands so; an empty word asks
    nothing."""
    return [
        member
        for member in members
        if (not role or role in member.roles)
        and (not project or project in member.projects)
        and (not status or any(s.status.value == status for s in member.cells))
    ]


@dataclass(frozen=True)
class Gap:
    """One role: how many do it, how many are ready, and what is missing most."""

    role: Role
    people: int
    ready: int
    missing: tuple[tuple[Module, int], ...]


def gaps(pathways: Pathways, members: Sequence[Member]) -> list[Gap]:
    found = [(role, [m for m in members if role.key in m.roles]) for role in pathways.roles]
    return [_gap(pathways, role, held) for role, held in found if held]


def _gap(pathways: Pathways, role: Role, members: Sequence[Member]) -> Gap:
    asked = [m for m in pathways.modules if m.key in pathways.asked_of(role.key)]
    lacking = {
        module.key: sum(not m.picture.modules[module.key].counts for m in members)
        for module in asked
    }
    ready = sum(all(m.picture.modules[a.key].counts for a in asked) for m in members)
    missing = [(module, lacking[module.key]) for module in asked if lacking[module.key]]
    missing.sort(key=lambda pair: -pair[1])
    return Gap(role, len(members), ready, tuple(missing))
