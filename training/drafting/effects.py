"""Whose standing changes when other pathways stand: worked out before they are published.

Only what somebody's roles need, before or after: what they learned beyond that is theirs, and no
matter of the team's.  Plain Python.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from training.pathways import Pathways
from training.status import FOR_EVER, Picture, Standing

OWES, HAS, FREED, SOONER, LATER = "owes", "has", "freed", "sooner", "later"
HOW = (OWES, HAS, FREED, SOONER, LATER)
"""They must do it now; they have it now; they need it no more; it runs out sooner, or later."""


@dataclass(frozen=True)
class OfModule:
    """What becomes of one module, and for whom."""

    key: str
    name: str
    people: dict[str, list[Any]] = field(default_factory=lambda: {how: [] for how in HOW})

    def count(self, how: str) -> int:
        return len(self.people[how])

    @property
    def any(self) -> bool:
        return any(self.people.values())


@dataclass(frozen=True)
class Effects:
    people: int
    ready_before: int
    """They had all that their roles need."""
    ready_after: int
    fall: int
    """They had all, and have it no more."""
    rise: int
    modules: tuple[OfModule, ...]

    @property
    def changed(self) -> list[OfModule]:
        return [one for one in self.modules if one.any]

    def of(self, key: str) -> OfModule | None:
        return next((one for one in self.changed if one.key == key), None)


def effects(
    older: Pathways,
    newer: Pathways,
    before: Mapping[Any, Picture],
    after: Mapping[Any, Picture],
) -> Effects:
    """``before`` and ``after``: by whoever it is, the same people under either."""
    named = {m.key: m.name for m in (*newer.modules, *older.modules)}
    named |= {m.key: m.name for m in newer.modules}
    modules = {key: OfModule(key, name) for key, name in named.items()}
    for who, was in before.items():
        for key, one in modules.items():
            how = became(was.modules.get(key), after[who].modules.get(key))
            if how is not None:
                one.people[how].append(who)
    fell = [who for who, was in before.items() if was.ready and not after[who].ready]
    rose = [who for who, was in before.items() if not was.ready and after[who].ready]
    return Effects(
        people=len(before),
        ready_before=_ready(before.values()),
        ready_after=_ready(after.values()),
        fall=len(fell),
        rise=len(rose),
        modules=tuple(modules.values()),
    )


def became(was: Standing | None, now: Standing | None) -> str | None:
    """What changed for somebody in one module, if anything did."""
    needed, needs = bool(was and was.required), bool(now and now.required)
    if not needs or now is None:
        return FREED if needed else None
    had = bool(was and was.counts)
    if not now.counts:
        return None if needed and not had else OWES
    if not had:
        return HAS if needed else None
    return _until(was, now) if needed else None


def _until(was: Standing | None, now: Standing) -> str | None:
    before = (was.until if was else None) or FOR_EVER
    after = now.until or FOR_EVER
    if before == after:
        return None
    return SOONER if after < before else LATER


def _ready(pictures: Iterable[Picture]) -> int:
    return sum(picture.ready for picture in pictures)
