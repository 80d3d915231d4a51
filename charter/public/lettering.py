"""Lettering that fills the wall: each commitment's title, cut to the width of its band.

The titles are content, so no style sheet can hold their sizes.  This module works them out from
the widths of the font's letters (measured by the asset build) and writes the style sheet: on a
narrow screen a line for every few words, on a wide one one line or two.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from web.settings import ROOT

WIDTHS = ROOT / "build" / "fonts" / "anybody.widths.json"
NARROW, WIDE = 4.1, 6.6
"""How many em a line should be long when it fills the band."""
NEW_LINE = r'{content:"\a";white-space:pre}'
WIDEST = 125
"""Per cent of the font's normal width: wider letters are no longer read as letters."""
TALLEST = 47.0
"""The most a letter may be of the band's width, in per cent."""


@dataclass(frozen=True)
class Line:
    text: str
    size: float
    """Per cent of the band's width (cqi)."""
    stretch: int
    """Per cent of the font's normal width, 50 to WIDEST."""


@lru_cache(maxsize=100)
def narrow_lines(title: str) -> tuple[Line, ...]:
    """The title on a phone: as few words a line as let it be large."""
    lines: list[str] = []
    for word in title.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, 75) <= NARROW:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(_fitted(line, NARROW) for line in lines)


def wide_lines(lines: Sequence[str]) -> list[list[int]]:
    """Which of the narrow lines stand together on a wide screen: their indices, line by line."""
    whole = " ".join(lines)
    if _width(whole, 50) <= WIDE or len(lines) == 1:
        return [list(range(len(lines)))]
    best = min(
        range(1, len(lines)),
        key=lambda cut: abs(_width(" ".join(lines[:cut]), 75) - _width(" ".join(lines[cut:]), 75)),
    )
    return [list(range(best)), list(range(best, len(lines)))]


def style_sheet(titles: Sequence[tuple[str, str]]) -> str:
    """The rules for ``.cut--<name> span``, from (name, title) pairs."""
    narrow, wide = [], []
    for name, title in titles:
        lines = narrow_lines(title)
        narrow += [_rule(name, n, line) for n, line in enumerate(lines, start=1)]
        for group in wide_lines([line.text for line in lines]):
            fitted = _fitted(" ".join(lines[n].text for n in group), WIDE)
            wide += [_rule(name, n + 1, fitted) for n in group]
            if group[0]:
                wide.append(f".cut--{name} span:nth-child({group[0] + 1})::before{NEW_LINE}")
    return "".join(narrow) + "@media (min-width:36rem){" + "".join(wide) + "}\n"


def _rule(name: str, n: int, line: Line) -> str:
    selector = f".cut--{name} span:nth-child({n})"
    return f"{selector}{{font-size:{line.size}cqi;font-stretch:{line.stretch}%}}"


def _fitted(text: str, target: float) -> Line:
    """The widest letters that keep the line within the target, at the size that fills the band."""
    fits = [s for s in _widths() if s <= WIDEST and _width(text, s) <= target]
    stretch = max(fits, default=50)
    size = min(98.0 / _width(text, stretch), TALLEST)
    return Line(text, round(size, 2), stretch)


def _width(text: str, stretch: int) -> float:
    """In em."""
    letters = _widths()[stretch]
    return max(sum(letters.get(c) or _elsewhere(c) for c in text), 0.5)


def _elsewhere(c: str) -> float:
    """A letter that the font has not: the browser takes it from another, which is rather wide."""
    if unicodedata.combining(c):
        return 0.0
    return 1.4 if unicodedata.east_asian_width(c) in "WF" else 0.95


@cache
def _widths() -> dict[int, dict[str, float]]:
    return {int(stretch): letters for stretch, letters in json.loads(WIDTHS.read_text()).items()}
