"""Checks of a framework's level rules: do their fields fit, and can they ever hold?

They see the file raw: any value may be of any type.  Every part of a rule asks for more, never
for less; so a rule can hold if each part of it can while every standard stands at the top.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from endorsement.framework.shape import Shape, number, words
from web.toml_errors import Finding, Where, listed

EVERY, COUNT, AREAS = "every", "count", "areas"
FITS = {
    EVERY: frozenset(),
    COUNT: frozenset({"count", "in_area", "whole_areas", "each_area"}),
    AREAS: frozenset({"count"}),
}
OWN = ("count", "in_area", "whole_areas", "each_area")
MEND = "Ask for less, or take the rule out"


def rules_can_hold(data: dict[str, Any]) -> Iterator[Finding]:
    shape = Shape(data)
    for place, level in listed(data, "levels"):
        at: Where = ("levels", place)
        if level.get("award", True) is True:
            yield from _asks_something(level, (*at, "rules"), shape)
        for number_, rule in listed(level, "rules"):
            where = (*at, "rules", number_)
            yield from _fields_fit(rule, where)
            yield from _at_is_on_the_scale(rule, where, shape)
            yield from _can_hold_on_each(rule, level, where, shape)


def _asks_something(level: dict[str, Any], where: Where, shape: Shape) -> Iterator[Finding]:
    """Whoever had rated nothing at all would have reached it."""
    asked = [r.get("tracks") for _, r in listed(level, "rules")]
    for track in shape.asked_on(level.get("tracks")):
        if not any(track in shape.asked_on(limit) for limit in asked):
            what = f'nothing is asked on track "{track}", and it is an award'
            yield Finding(where, what, "Give it a [[levels.rules]], or write award = false")


def _fields_fit(rule: dict[str, Any], where: Where) -> Iterator[Finding]:
    kind = rule.get("kind")
    if not isinstance(kind, str) or kind not in FITS:
        return  # what it may be is told with the field
    for name in OWN:
        if name in rule and name not in FITS[kind]:
            yield Finding((*where, name), f'does not fit kind = "{kind}"', "Take the line out")
    if "count" in FITS[kind] and "count" not in rule:
        yield Finding((*where, "count"), "is missing", "Add count: how many must reach it")


def _at_is_on_the_scale(rule: dict[str, Any], where: Where, shape: Shape) -> Iterator[Finding]:
    at = number(rule.get("at"))
    if at is not None and shape.points and at > shape.top:
        what = f"is {at}, and the scale ends at {shape.top}"
        yield Finding((*where, "at"), what, f"Write {shape.top} or less")


def _can_hold_on_each(
    rule: dict[str, Any], level: dict[str, Any], where: Where, shape: Shape
) -> Iterator[Finding]:
    """At most one finding a field, though several tracks may have the same."""
    told: set[Where] = set()
    asked = shape.asked_on(level.get("tracks"), rule.get("tracks"))
    if not asked and shape.asked_on(rule.get("tracks")):
        what = "are none of the tracks that may reach this level"
        yield Finding((*where, "tracks"), what, "Name one of the level's, or leave tracks out")
    for track in asked:
        for finding in _can_hold(rule, track, where, shape):
            if finding.where not in told:
                told.add(finding.where)
                yield finding


def _can_hold(rule: dict[str, Any], track: str, where: Where, shape: Shape) -> Iterator[Finding]:
    meant = shape.meant(rule.get("of", "all"), track)
    on = f'on track "{track}"'
    if not meant:
        what = f"speaks of no standard {on}"
        yield Finding((*where, "of"), what, "Name some, or name the tracks it is asked of")
        return
    held = Counter(shape.area_of[key] for key in meant if isinstance(shape.area_of[key], str))
    if not held:
        return
    things = len(held) if rule.get("kind") == AREAS else len(meant)
    yield from _too_many(rule.get("count"), things, (*where, "count"), on)
    yield from _in_areas(rule, held, where, on)
    fewest = min(held.values())
    each = rule.get("each_area")
    yield from _too_many(each, fewest, (*where, "each_area"), f"in the smallest area {on}")


def _in_areas(rule: dict[str, Any], held: Counter[Any], where: Where, on: str) -> Iterator[Finding]:
    wanted = rule.get("in_area")
    for area, count in wanted.items() if isinstance(wanted, dict) else ():
        at = (*where, "in_area", area)
        yield from _too_many(count, held[area], at, f"in area {area} {on}")
        if (few := number(count)) is not None and few < 1:
            yield Finding(at, f"is {few}", "Write 1 or more, or take it out")
    for area in words(rule.get("whole_areas")):
        if not held[area]:
            what = f"speaks of no standard in area {area} {on}"
            yield Finding((*where, "whole_areas"), what, "Take that area out")


def _too_many(asked: Any, there: int, where: Where, on: str) -> Iterator[Finding]:
    count = number(asked)
    if count is not None and count > there:
        yield Finding(where, f"can never hold: it asks for {count} of {there} {on}", MEND)
