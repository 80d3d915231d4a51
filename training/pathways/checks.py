"""Checks over a whole pathways file: does everything it points to exist, and can it be done?

They see it raw: any value may be of any type.
"""

import difflib
from collections.abc import Iterator
from typing import Any

from web.toml_errors import Finding, Where, listed

LISTS = ("stages", "modules", "roles", "routes", "retired")
Found = Iterator[Finding]


def keyed(data: Any, name: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The tables of a list that have a key, with their places."""
    for place, item in listed(data, name):
        if isinstance(item.get("key"), str):
            yield place, item["key"], item


def words(value: Any) -> list[str]:
    """The texts of a list; of anything else, none."""
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def keys_of(data: Any, name: str) -> list[str]:
    return [key for _, key, _ in keyed(data, name)]


def agreed_by_and_when(data: dict[str, Any]) -> Found:
    given = [key for key in ("agreed_by", "agreed_on") if key in data]
    if len(given) == 1:
        mend = "Write both who agreed it and when, or neither while it is example text"
        yield Finding((given[0],), "stands alone", mend)


def keys_differ(data: dict[str, Any]) -> Found:
    """Also in small and capital letters: they stand in addresses, which people type."""
    for name in LISTS:
        seen: dict[str, int] = {}
        for place, key, _ in keyed(data, name):
            first = seen.setdefault(key.casefold(), place)
            if first != place:
                what = f'"{key}" is taken by {name}[{first + 1}]'
                yield Finding((name, place, "key"), what, "Give each a key of its own")


def steps_differ(data: dict[str, Any]) -> Found:
    seen: set[str] = set()
    for place, route in listed(data, "routes"):
        for number, key, _ in keyed(route, "steps"):
            if key.casefold() in seen:
                what = f'"{key}" is taken by a step before it'
                where = ("routes", place, "steps", number, "key")
                yield Finding(where, what, "Give each step a key of its own, over all routes")
            seen.add(key.casefold())


def modules_point_to_what_exists(data: dict[str, Any]) -> Found:
    stages, modules = keys_of(data, "stages"), keys_of(data, "modules")
    for place, key, module in keyed(data, "modules"):
        stage = module.get("stage")
        if isinstance(stage, str) and stage not in stages:
            yield unknown(("modules", place, "stage"), stage, "stage", stages)
        for field in ("needs", "renews"):
            where: Where = ("modules", place, field)
            yield from _known(module.get(field), where, "module", modules)
            if key in words(module.get(field)):
                yield Finding(where, f'names "{key}" itself', "Take it out")


def nothing_waits_for_itself(data: dict[str, Any]) -> Found:
    """A before B before A: nobody could begin."""
    for field, what in (("needs", "has to come before itself"), ("renews", "renews itself")):
        direct = {key: words(m.get(field)) for _, key, m in keyed(data, "modules")}
        for place, key, _ in keyed(data, "modules"):
            round_trip = _way_back(key, direct)
            if len(round_trip) > 2 and key == min(round_trip):  # told once a circle
                way = " → ".join(round_trip)
                mend = "Take one of them out of the circle"
                yield Finding(("modules", place, field), f'"{key}" {what}: {way}', mend)


def _way_back(start: str, direct: dict[str, list[str]]) -> list[str]:
    """The way from a module over others back to it; empty when there is none."""
    seen: set[str] = set()
    ways = [[start]]
    while ways:
        way = ways.pop()
        for key in direct.get(way[-1], []):
            if key == start:
                return [*way, start]
            if key not in seen:
                seen.add(key)
                ways.append([*way, key])
    return []


def qualifications_last(data: dict[str, Any]) -> Found:
    for place, module in listed(data, "modules"):
        if module.get("qualification") is not True:
            continue
        for field in ("valid_months", "update", "after_charter_months"):
            if field in module:
                what = "stands in a qualification, and those never run out"
                yield Finding(("modules", place, field), what, "Take one of the two out")


def stages_have_modules(data: dict[str, Any]) -> Found:
    held = {module.get("stage") for _, module in listed(data, "modules")
            if isinstance(module.get("stage"), str)}  # fmt: skip
    for place, key, _ in keyed(data, "stages"):
        if key not in held:
            mend = "Give it a module, or take the stage out"
            yield Finding(("stages", place, "key"), f'no module is in stage "{key}"', mend)


def roles_point_to_what_exists(data: dict[str, Any]) -> Found:
    stages, modules = keys_of(data, "stages"), keys_of(data, "modules")
    for place, role in listed(data, "roles"):
        yield from _known(role.get("stages"), ("roles", place, "stages"), "stage", stages)
        yield from _known(role.get("modules"), ("roles", place, "modules"), "module", modules)
        if not role.get("stages") and not role.get("modules"):
            mend = "Add stages = [...], modules = [...] or both"
            yield Finding(("roles", place), "needs nothing", mend)


def routes_point_to_what_exists(data: dict[str, Any]) -> Found:
    modules = keys_of(data, "modules")
    for place, route in listed(data, "routes"):
        for number, step in listed(route, "steps"):
            where: Where = ("routes", place, "steps", number, "modules")
            yield from _known(step.get("modules"), where, "module", modules)


def every_module_is_for_somebody(data: dict[str, Any]) -> Found:
    """In a stage, on a route or asked of a role: else nobody ever sees it."""
    named = {key for _, role in listed(data, "roles") for key in words(role.get("modules"))}
    for _, route in listed(data, "routes"):
        named |= {key for _, step in listed(route, "steps") for key in words(step.get("modules"))}
    for place, key, module in keyed(data, "modules"):
        if "stage" not in module and key not in named:
            what = f'"{key}" is in no stage, on no route and needed by no role'
            yield Finding(("modules", place), what, "Add its stage, or name it where it is needed")


def retired_ones_are_gone(data: dict[str, Any]) -> Found:
    for name in ("modules", "roles"):
        places = {key.casefold(): place for place, key, _ in keyed(data, name)}
        for place, key, _ in keyed(data, "retired"):
            if key.casefold() in places:
                what = f'"{key}" is {name}[{places[key.casefold()] + 1}] too'
                yield Finding(("retired", place, "key"), what, "Leave it in one of the two")


def _known(said: Any, where: Where, kind: str, known: list[str]) -> Found:
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


CHECKS = (
    agreed_by_and_when,
    keys_differ,
    steps_differ,
    retired_ones_are_gone,
    modules_point_to_what_exists,
    nothing_waits_for_itself,
    qualifications_last,
    stages_have_modules,
    roles_point_to_what_exists,
    routes_point_to_what_exists,
    every_module_is_for_somebody,
)
