"""Checks over a whole framework file: does everything it points to exist?

They see it raw: any value may be of any type.
"""

import difflib
from collections.abc import Iterator
from typing import Any

from endorsement.framework.parts import ALL, ESSENTIALS, PAGES
from endorsement.framework.shape import Shape, keyed, number, words
from web.toml_errors import Finding, Where, listed

LISTS = ("areas", "standards", "tracks", "levels", "retired")


def agreed_by_and_when(data: dict[str, Any]) -> Iterator[Finding]:
    given = [key for key in ("agreed_by", "agreed_on") if key in data]
    if len(given) == 1:
        mend = "Write both who agreed it and when, or neither while it is example text"
        yield Finding((given[0],), "stands alone", mend)


def keys_differ(data: dict[str, Any]) -> Iterator[Finding]:
    """Also in small and capital letters: they stand in addresses, which people type."""
    for name in LISTS:
        seen: dict[str, int] = {}
        for place, key, _ in keyed(data, name):
            first = seen.setdefault(key.casefold(), place)
            if first != place:
                what = f'"{key}" is taken by {name}[{first + 1}]'
                yield Finding((name, place, "key"), what, "Give each a key of its own")


def scale_runs(data: dict[str, Any]) -> Iterator[Finding]:
    for place, point in listed(data, "scale"):
        value = number(point.get("value"))
        if value is not None and value != place:
            what = f"is {value}, and this is point {place} of the scale"
            mend = "Number them 0, 1, 2 in their order, without gaps"
            yield Finding(("scale", place, "value"), what, mend)


def areas_and_standards(data: dict[str, Any]) -> Iterator[Finding]:
    shape = Shape(data)
    for place, standard in listed(data, "standards"):
        area = standard.get("area")
        if isinstance(area, str) and area not in shape.areas:
            yield unknown(("standards", place, "area"), area, "area", shape.areas)
    held = {area for area in shape.area_of.values() if isinstance(area, str)}
    for place, key, _ in keyed(data, "areas"):
        if key not in held:
            yield Finding(
                ("areas", place, "key"),
                f'no standard is in area "{key}"',
                "Give it a standard, or take the area out",
            )


def a_descriptor_a_point(data: dict[str, Any]) -> Iterator[Finding]:
    points = Shape(data).points
    for place, standard in listed(data, "standards"):
        said = standard.get("descriptors")
        if isinstance(said, list) and points and len(said) != points:
            what = f"has {len(said)}, and the scale has {points} points"
            mend = "Write one for each point of the scale, lowest first"
            yield Finding(("standards", place, "descriptors"), what, mend)


def a_bar_is_a_point_of_the_scale(data: dict[str, Any]) -> Iterator[Finding]:
    points = Shape(data).points
    for place, standard in listed(data, "standards"):
        bar = standard.get("training")
        point = number(bar.get("point")) if isinstance(bar, dict) else None
        if point is not None and points and point >= points:
            what = f"is {point}, and the scale ends at {points - 1}"
            mend = "Name the point that the count stands for"
            yield Finding(("standards", place, "training", "point"), what, mend)


def essentials_have_a_template(data: dict[str, Any]) -> Iterator[Finding]:
    for place, standard in listed(data, "standards"):
        if standard.get("essential") is True and "template" not in standard:
            yield Finding(
                ("standards", place, "template"),
                "is missing, and this standard is an essential",
                "Add [standards.template] with a title and a text to start from",
            )


def tracks_point_to_standards(data: dict[str, Any]) -> Iterator[Finding]:
    shape = Shape(data)
    for place, track in listed(data, "tracks"):
        said, where = track.get("standards"), ("tracks", place, "standards")
        yield from _codes(said, where, shape)
        if said == []:
            yield Finding(where, "is empty", 'Write "all", or the codes of its standards')
    if data.get("small_track_questions") and len(shape.tracks) == 1:
        yield Finding(
            ("small_track_questions",),
            "leads to the last of several tracks, and there is one",
            "Add a second track, or take the questions out",
        )


def levels_point_to_what_exists(data: dict[str, Any]) -> Iterator[Finding]:
    shape = Shape(data)
    for place, level in listed(data, "levels"):
        at: Where = ("levels", place)
        yield from _known(level.get("tracks"), (*at, "tracks"), "track", list(shape.tracks))
        for number_, rule in listed(level, "rules"):
            yield from _rule_points(rule, (*at, "rules", number_), shape)
        yield from _after(data, shape, place, level)


def _rule_points(rule: dict[str, Any], at: Where, shape: Shape) -> Iterator[Finding]:
    if rule.get("of") not in (ALL, ESSENTIALS):
        yield from _codes(rule.get("of"), (*at, "of"), shape)
    yield from _known(rule.get("tracks"), (*at, "tracks"), "track", list(shape.tracks))
    yield from _known(rule.get("whole_areas"), (*at, "whole_areas"), "area", shape.areas)
    wanted = rule.get("in_area")
    for area in wanted if isinstance(wanted, dict) else {}:
        if area not in shape.areas:
            yield unknown((*at, "in_area", area), area, "area", shape.areas)


def _after(
    data: dict[str, Any], shape: Shape, place: int, level: dict[str, Any]
) -> Iterator[Finding]:
    """The level before must stand before; and where it is needed, be open to the same tracks."""
    after = level.get("after")
    if not isinstance(after, dict) or not isinstance(after.get("level"), str):
        return
    where: Where = ("levels", place, "after", "level")
    earlier = {key: item for number_, key, item in keyed(data, "levels") if number_ < place}
    before = earlier.get(after["level"])
    if before is None:
        what = f'"{after["level"]}" is no level that stands before this one'
        yield Finding(where, what, "List the levels lowest first, and name an earlier one")
    elif after.get("needed") is True:
        open_to = set(shape.asked_on(before.get("tracks")))
        shut = [t for t in shape.asked_on(level.get("tracks")) if t not in open_to]
        for track in shut:
            what = f'"{after["level"]}" must have been held, and track "{track}" cannot reach it'
            yield Finding(where, what, "Write needed = false, or leave that track out")


def first_steps_point_to_standards(data: dict[str, Any]) -> Iterator[Finding]:
    shape, steps = Shape(data), data.get("first_steps")
    for place, step in enumerate(steps if isinstance(steps, list) else []):
        if step == []:
            yield Finding(("first_steps", place), "is empty", "Write a title, then codes")
        elif isinstance(step, list):
            known = [*shape.area_of, *PAGES]
            yield from _known(step[1:], ("first_steps", place), "standard", known)


def young_assessors_read_what_exists(data: dict[str, Any]) -> Iterator[Finding]:
    shape = Shape(data)
    known = [*shape.areas, *shape.area_of]
    yield from _known(data.get("young_assessors_read"), ("young_assessors_read",), "area", known)


def _codes(said: Any, where: Where, shape: Shape) -> Iterator[Finding]:
    yield from _known(said, where, "standard", list(shape.area_of))


def _known(said: Any, where: Where, kind: str, known: list[str]) -> Iterator[Finding]:
    """Each word of a list is one of those, and stands there once."""
    found = words(said)
    for word in dict.fromkeys(found):
        if word not in known:
            yield unknown(where, word, kind, known)
        if found.count(word) > 1:
            yield Finding(where, f'names "{word}" twice', "Name each once")


def unknown(where: Where, word: str, kind: str, known: list[str]) -> Finding:
    near = difflib.get_close_matches(word.casefold(), [k.casefold() for k in known], n=1)
    meant = next((k for k in known if near and k.casefold() == near[0]), None)
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    mend = f"Did you mean {meant}? There are: {shown}" if meant else f"There are: {shown}"
    return Finding(where, f'there is no {kind} "{word}"', mend)


def retired_ones_are_gone(data: dict[str, Any]) -> Iterator[Finding]:
    places = {key.casefold(): place for place, key, _ in keyed(data, "standards")}
    for place, key, _ in keyed(data, "retired"):
        if key.casefold() in places:
            what = f'"{key}" is standards[{places[key.casefold()] + 1}] too'
            yield Finding(("retired", place, "key"), what, "Leave it in one of the two")


CHECKS = (
    agreed_by_and_when,
    keys_differ,
    retired_ones_are_gone,
    scale_runs,
    areas_and_standards,
    a_descriptor_a_point,
    a_bar_is_a_point_of_the_scale,
    essentials_have_a_template,
    tracks_point_to_standards,
    levels_point_to_what_exists,
    first_steps_point_to_standards,
    young_assessors_read_what_exists,
)
