"""Which level a set of ratings reaches, and what stands between it and the next.

Plain Python: it knows no database.  What the kinds of rule mean stands in
``framework.parts.LevelRule``.  Every rule asks for more, never for less, so a higher rating never
lowers the level.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from endorsement.framework.parts import (
    ALL,
    ESSENTIALS,
    Framework,
    Level,
    LevelRule,
    Standard,
)

BELOW_ALL = -1
"""A blank: it counts below everything."""


@dataclass(frozen=True)
class Standing:
    """What one organisation has, by a claim or by what assessors found."""

    ratings: Mapping[str, int | None]
    """By the standard's key.  None, or no such key: not rated yet."""
    does_not_apply: frozenset[str] = frozenset()
    """The standards that an assessor *agreed* do not apply; while nobody has agreed, rate them 0.

    They fall out of "every" and "the whole area"; how many must be at a point stays as it is.
    """
    held: Mapping[str, int] = field(default_factory=dict)
    """By the level's key, for how many whole months it has been held."""

    def at_least(self, standard: Standard, point: int) -> bool:
        rating = self.ratings.get(standard.key)
        return (BELOW_ALL if rating is None else rating) >= point


def meant_by(framework: Framework, track: str, rule: LevelRule) -> tuple[Standard, ...]:
    """The standards a rule speaks of, in the framework's order."""
    standards = framework.on_track(track)
    if rule.of == ALL:
        return standards
    if rule.of == ESSENTIALS:
        return tuple(s for s in standards if s.essential)
    return tuple(s for s in standards if s.key in rule.of)


def that_apply(
    framework: Framework, standards: Iterable[Standard], standing: Standing
) -> tuple[Standard, ...]:
    """Without those agreed not to apply.  Essentials always do, and whole areas may."""
    left_out = standing.does_not_apply
    return tuple(s for s in standards if s.key not in left_out or not framework.may_not_apply(s))


def by_area(standards: Iterable[Standard]) -> dict[str, tuple[Standard, ...]]:
    """The standards by the key of their area."""
    found: dict[str, tuple[Standard, ...]] = {}
    for standard in standards:
        found[standard.area] = (*found.get(standard.area, ()), standard)
    return found


@dataclass(frozen=True)
class Demand:
    """One thing that a rule asks, in one shape for all of them.

    At least ``count`` of ``groups`` must be met; a group is met when all its standards reach
    ``at``.  A group of none is never met: nothing was shown there.
    """

    what: str
    """``every``, ``count``, ``in_area``, ``whole_area``, ``each_area`` or ``areas``."""
    at: int
    count: int
    groups: tuple[tuple[Standard, ...], ...]
    area: str = ""
    """The key of the area it speaks of."""

    def met(self, standing: Standing) -> int:
        """How many groups are."""
        return sum(self._is_met(group, standing) for group in self.groups)

    def short(self, standing: Standing) -> int:
        return max(0, self.count - self.met(standing))

    def below(self, standing: Standing) -> tuple[Standard, ...]:
        """The standards that have not reached it."""
        return tuple(s for group in self.groups for s in group if not standing.at_least(s, self.at))

    def _is_met(self, group: tuple[Standard, ...], standing: Standing) -> bool:
        return bool(group) and all(standing.at_least(s, self.at) for s in group)


def demands(
    framework: Framework, track: str, rule: LevelRule, standing: Standing
) -> Iterator[Demand]:
    """A rule, taken apart; it holds when none of them is short."""
    meant = meant_by(framework, track, rule)
    apply = that_apply(framework, meant, standing)
    areas = by_area(apply)
    if rule.kind == "every":
        yield _all_of("every", rule.at, apply)
    elif rule.kind == "areas":
        yield Demand("areas", rule.at, rule.count or 1, tuple(areas.values()))
    else:
        yield _some_of("count", rule.at, rule.count or 1, apply)
        for area, count in rule.in_area.items():
            yield _some_of("in_area", rule.at, count, areas.get(area, ()), area)
        for area in rule.whole_areas:
            yield _all_of("whole_area", rule.at, areas.get(area, ()), area)
        if rule.each_area:
            for area in by_area(meant):
                there = areas.get(area, ())
                yield _some_of("each_area", rule.at, rule.each_area, there, area)


def _all_of(what: str, at: int, standards: tuple[Standard, ...], area: str = "") -> Demand:
    return _some_of(what, at, len(standards), standards, area)


def _some_of(
    what: str, at: int, count: int, standards: tuple[Standard, ...], area: str = ""
) -> Demand:
    return Demand(what, at, count, tuple((s,) for s in standards), area)


def holds(framework: Framework, track: str, rule: LevelRule, standing: Standing) -> bool:
    return all(d.short(standing) == 0 for d in demands(framework, track, rule, standing))


def reaches(framework: Framework, track: str, level: Level, standing: Standing) -> bool:
    """Whether all its rules hold.  What asks nothing of the ratings is not reached by them."""
    rules = framework.rules_of(level, track)
    return bool(rules) and all(holds(framework, track, rule, standing) for rule in rules)


def open_levels(framework: Framework, track: str) -> tuple[Level, ...]:
    """Those that ratings on a track can reach, lowest first."""
    return tuple(x for x in framework.levels_on(track) if framework.rules_of(x, track))


def reached(framework: Framework, track: str, standing: Standing) -> Level | None:
    """The highest level whose rules all hold.  Time held is told apart (``wait``)."""
    for level in reversed(open_levels(framework, track)):
        if reaches(framework, track, level, standing):
            return level
    return None


def levels_ahead(framework: Framework, track: str, standing: Standing) -> tuple[Level, ...]:
    """The levels above the one that is reached, lowest first."""
    levels, now = open_levels(framework, track), reached(framework, track, standing)
    return levels[levels.index(now) + 1 :] if now else levels


def months_to_wait(level: Level, standing: Standing) -> int:
    """For how many months more the level before must be held; 0 when nothing waits for time.

    Ratings can be all there, and still the award has to wait.
    """
    after = level.after
    if after is None or (after.level not in standing.held and not after.needed):
        return 0
    return max(0, after.months - standing.held.get(after.level, 0))
