"""The county's own file: everything another county would change with no code.

The shared core knows no word of the scheme's; this folder is the one exception, since the file
is one and its names, colours and clocks are wanted by every package. `content/scheme.toml` is
the example county's. Not here: the site's address and secrets, which are settings.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from web.scheme.bodies import (
    Accessibility,
    Area,
    ClosedDays,
    Constituency,
    Contacts,
    Controller,
    DataProtection,
    Help,
    HelpNumber,
    Licence,
    Names,
    Safeguarding,
)
from web.scheme.clocks import Clocks, Retention
from web.scheme.colours import Colours, unreadable
from web.scheme.kinds import Language, Part
from web.scheme.law import what_is_missing
from web.toml_errors import ContentError, Finding, listed, load

__all__ = [
    "Area",
    "ClosedDays",
    "Constituency",
    "HelpNumber",
    "Scheme",
    "SchemeError",
    "load_scheme",
]

CONSTITUENCIES = ("agency", "voluntary", "youth")


class SchemeError(ContentError):
    """The scheme file cannot be used; it names everything that is wrong with it."""


class Scheme(Part):
    """One county's scheme. Frozen: it is read once, at the start."""

    example: bool = Field(False, description="true only in a file whose facts are invented")
    language: Language = Field(description="the language of this file, like en")
    names: Names = Field(description="the table [names]")
    areas: tuple[Area, ...] = Field(
        strict=False, min_length=1, description="the areas, each under [[areas]]"
    )
    constituencies: tuple[Constituency, ...] = Field(
        strict=False, description="three groups, each under [[constituencies]]"
    )
    controller: Controller = Field(Controller(), description="the table [controller]")
    data_protection: DataProtection | None = Field(None, description="who takes data requests")
    safeguarding: Safeguarding = Field(Safeguarding(), description="the lead and the deputy")
    contacts: Contacts = Field(description="the table [contacts]: how to reach the Charter team")
    help: Help = Field(description="the table [help]: who to call when worried")
    colours: Colours = Field(description="the table [colours]")
    clocks: Clocks = Field(Clocks(), description="the table [clocks]")
    closed: tuple[ClosedDays, ...] = Field(
        (), strict=False, description="days when the Charter team does not work, under [[closed]]"
    )
    retention: Retention = Field(Retention(), description="the table [retention]")
    open_data: Licence = Field(description="the table [open_data]: the licence")
    accessibility: Accessibility = Field(description="the table [accessibility]")

    def area(self, key: str) -> Area | None:
        """The area with this key, or None."""
        return next((area for area in self.areas if area.key == key), None)

    @property
    def tiles(self) -> tuple[tuple[Area, int, int], ...]:
        """The areas with their column and row on the map, row by row; two abreast in the file's
        order unless every one of them has a place."""
        if all(area.tile for area in self.areas):
            placed = ((area, *(area.tile or (1, 1))) for area in self.areas)
        else:
            placed = ((a, n % 2 + 1, n // 2 + 1) for n, a in enumerate(self.areas))
        return tuple(sorted(placed, key=lambda tile: (tile[2], tile[1])))

    def constituency(self, key: str) -> Constituency:
        """One of the three: agency, voluntary, youth. KeyError for any other."""
        return {group.key: group for group in self.constituencies}[key]  # type: ignore[index]

    def checked_numbers(self, today: date, area: str | None = None) -> tuple[HelpNumber, ...]:
        """The help numbers that may be shown today, in the file's order; for one area, if given.

        A number that was never checked, or too long ago, is in no list: it may be wrong.
        """
        return tuple(
            number
            for number in self.help.numbers
            if number.is_checked(today, self.help.check_is_good_for_days)
            and (area is None or not number.areas or area in number.areas)
        )

    def numbers_to_check(self, today: date) -> tuple[HelpNumber, ...]:
        """The help numbers that are hidden until somebody checks them."""
        shown = self.checked_numbers(today)
        return tuple(number for number in self.help.numbers if number not in shown)

    def what_the_law_needs_and_is_missing(self) -> list[str]:
        """A sentence for each thing without which production must not start; empty when ready."""
        return what_is_missing(self)


def load_scheme(path: Path | str) -> Scheme:
    """Read the scheme file. Raises SchemeError, and nothing else, naming every problem."""
    checks = (
        _repeated_keys,
        _wrong_groups,
        _unknown_areas,
        _tiles_that_meet,
        _wrong_order,
        unreadable,
    )
    return load(path, Scheme, error=SchemeError, also=checks)


# Checks over the whole file. They see it raw: any value may be of any type.


def _repeated_keys(data: dict[str, Any]) -> Iterator[Finding]:
    lists: tuple[tuple[tuple[str, ...], Any], ...] = (
        (("areas",), data),
        (("constituencies",), data),
        (("help", "numbers"), data.get("help")),
    )
    for path, table in lists:
        seen: dict[str, int] = {}
        for number, item in listed(table, path[-1]):
            key = item.get("key")
            if isinstance(key, str) and seen.setdefault(key, number) != number:
                what = f'"{key}" is taken by {".".join(path)}[{seen[key] + 1}]'
                yield Finding((*path, number, "key"), what, "Give each a key of its own")


def _wrong_groups(data: dict[str, Any]) -> Iterator[Finding]:
    if "constituencies" not in data:
        return
    given = [item.get("key") for _, item in listed(data, "constituencies")]
    if missing := [key for key in CONSTITUENCIES if key not in given]:
        what = f"there must be three groups, and {' and '.join(missing)} is missing"
        yield Finding(("constituencies",), what, "Add it under [[constituencies]]")


def _unknown_areas(data: dict[str, Any]) -> Iterator[Finding]:
    known = [item["key"] for _, item in listed(data, "areas") if isinstance(item.get("key"), str)]
    for number, item in listed(data.get("help"), "numbers"):
        areas = item.get("areas")
        for place, key in enumerate(areas if isinstance(areas, list) else []):
            if isinstance(key, str) and key not in known:
                where = ("help", "numbers", number, "areas", place)
                mend = f"Known here: {', '.join(known)}"
                yield Finding(where, f'there is no area with the key "{key}"', mend)


def _tiles_that_meet(data: dict[str, Any]) -> Iterator[Finding]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, item in listed(data, "areas"):
        tile = item.get("tile")
        if not isinstance(tile, list) or not all(type(n) is int for n in tile):
            continue
        if seen.setdefault(tuple(tile), number) != number:
            what = f"{tile} is the place of areas[{seen[tuple(tile)] + 1}]"
            yield Finding(("areas", number, "tile"), what, "Give each area a place of its own")


def _wrong_order(data: dict[str, Any]) -> Iterator[Finding]:
    for table, first, then in (
        ("retention", "download_offered_months", "accounts_months"),
        ("accessibility", "prepared", "reviewed"),
    ):
        values = data.get(table)
        if not isinstance(values, dict):
            continue
        one, other = values.get(first), values.get(then)
        alike = type(one) is type(other) and type(one) in (int, date)
        if alike and one > other:  # type: ignore[operator]
            yield Finding((table, first), f"comes after {then}", "Exchange or mend one of the two")
