"""How many of an organisation's people are in date, and nobody's name.  Plain Python.

What leaves the team's own pages is this: under five people it is not split by role, and no role is
told of that fewer than five do, nor one that subtracting would uncover.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from training.pathways import Pathways
from training.status import Status
from training.team.looking import Member

FEWEST = 5
"""Fewer people than that are not told apart."""


@dataclass(frozen=True)
class RoleCount:
    name: str
    people: int
    in_date: int


@dataclass(frozen=True)
class Lacking:
    """How many whose role needs a module do not have it today."""

    module: str
    name: str
    people: int


@dataclass(frozen=True)
class Counts:
    pathways: str
    """The code of the version they are counted by."""
    on: date
    people: int
    """Who said what they do here; each once, however many roles they have."""
    in_date: int
    """They have all that their roles here need."""
    due: int
    """Of those, how many have something that runs out soon."""
    ran_out: int
    """How many have something that ran out."""
    lacking: tuple[Lacking, ...]
    roles: tuple[RoleCount, ...]
    without_role: int = 0
    """Colleagues who did not say yet what they do: they are not counted above."""

    def lack(self, module: str) -> int:
        return next((one.people for one in self.lacking if one.module == module), 0)


def counted(
    pathways: Pathways,
    members: Iterable[Member],
    on: date,
    *,
    watched: Collection[str] = (),
    without_role: int = 0,
) -> Counts:
    """``watched``: modules of which it is told how many lack them."""
    all_members = list(members)
    people = [m for m in all_members if _has_role(pathways, m)]
    return Counts(
        pathways=pathways.code,
        on=on,
        people=len(people),
        in_date=sum(m.ready for m in people),
        due=sum(m.ready and _any(m, Status.DUE) for m in people),
        ran_out=sum(_any(m, Status.EXPIRED) for m in people),
        lacking=tuple(_lacking(pathways, people, key) for key in sorted(set(watched))),
        roles=tuple(_roles(pathways, people)),
        without_role=without_role + len(all_members) - len(people),
    )


def _has_role(pathways: Pathways, member: Member) -> bool:
    """A role that was retired asks for nothing: whoever has no other has not said what they do."""
    return any(key in pathways.role_by_key for key in member.roles)


def _any(member: Member, status: Status) -> bool:
    return any(s.required and s.status is status for s in member.picture.modules.values())


def _lacking(pathways: Pathways, people: Sequence[Member], key: str) -> Lacking:
    module = pathways.by_key.get(key)
    standings = [m.picture.modules[key] for m in people if key in m.picture.modules]
    lack = sum(s.required and not s.counts for s in standings)
    return Lacking(key, module.name if module else key, lack)


def _roles(pathways: Pathways, people: Sequence[Member]) -> list[RoleCount]:
    held = {
        role.key: [m for m in people if role.key in m.roles]
        for role in pathways.roles
        if len(people) >= FEWEST
    }
    told = {key: members for key, members in held.items() if len(members) >= FEWEST}
    while told and 0 < len(_rest(people, told)) < FEWEST:
        del told[min(told, key=lambda key: len(told[key]))]
    return [
        RoleCount(pathways.role_by_key[key].name, len(members), _ready(pathways, key, members))
        for key, members in told.items()
    ]


def _rest(people: Sequence[Member], told: Iterable[str]) -> list[Member]:
    """Who does none of what is told of."""
    return [m for m in people if not set(m.roles) & set(told)]


def _ready(pathways: Pathways, key: str, members: Sequence[Member]) -> int:
    asked = pathways.asked_of(key)
    return sum(all(m.picture.modules[one].counts for one in asked) for m in members)
