"""The county's colours, and whether people can read them."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, TypeGuard

from pydantic import Field

from web.scheme.kinds import HEX, Colour, Part
from web.toml_errors import Finding, Where

AAA, AA = 7.0, 4.5  # WCAG 2.2, 1.4.6 and 1.4.3
MOST_SIGNS = 16


class Face(Part):
    """One of the two faces, light or dark."""

    text: Colour = Field(description="the colour of the words")
    background: Colour = Field(description="the colour they stand on")
    quiet: Colour = Field(description="for small notes beside the words")
    brand: Colour = Field(description="for links, buttons and headings on the background")
    on_brand: Colour = Field(description="for words on the brand colour")


class Colours(Part):
    light: Face = Field(description="the light face, under [colours.light]")
    dark: Face = Field(description="the dark face, under [colours.dark]")
    signs: tuple[Colour, ...] = Field(
        strict=False,
        min_length=8,
        max_length=MOST_SIGNS,
        description="one strong colour for each commitment, in the charter's order",
    )

    def sign(self, number: int) -> str:
        """A commitment's colour, counted from 1.  A longer charter begins again with the first."""
        return self.signs[(number - 1) % len(self.signs)]

    def on_sign(self, number: int) -> str:
        """The colour for words on the sign of a commitment."""
        return _readable(self.sign(number), self.light.text, self.light.background)


# What must be readable on what, on each face: (words, ground, least contrast).
PAIRS = (
    ("text", "background", AAA),
    ("quiet", "background", AA),
    ("brand", "background", AA),
    ("on_brand", "brand", AA),
)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two #rrggbb colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _readable(ground: str, *words: str) -> str:
    return max(words, key=lambda colour: contrast(colour, ground))


def unreadable(data: dict[str, Any]) -> Iterator[Finding]:
    """Every pair of colours that is too close, in a file that may hold anything."""
    for face, (words, ground, least) in product(("light", "dark"), PAIRS):
        one, other = _given(data, face, words), _given(data, face, ground)
        if one and other and contrast(one, other) < least:
            yield _too_close(("colours", face, words), one, f"{ground} {other}", other, least)
    yield from _unreadable_signs(data)


def _unreadable_signs(data: dict[str, Any]) -> Iterator[Finding]:
    text, paper = _given(data, "light", "text"), _given(data, "light", "background")
    if not text or not paper or contrast(text, paper) < AAA:
        return  # one mistake, told once
    signs = data["colours"].get("signs")
    for number, sign in enumerate(signs if isinstance(signs, list) else []):
        if _is_colour(sign):
            words = _readable(sign, text, paper)
            if contrast(words, sign) < AA:
                where = ("colours", "signs", number)
                yield _too_close(where, sign, f"its words {words}", words, AA)


def _too_close(where: Where, one: str, name: str, other: str, least: float) -> Finding:
    return Finding(
        where,
        f"{one} is hard to read with {name}: the contrast is {contrast(one, other):.1f}",
        f"Make one lighter or darker until it is {least:g} or more",
    )


def _given(data: dict[str, Any], face: str, name: str) -> str | None:
    found: Any = data
    for part in ("colours", face, name):
        found = found.get(part) if isinstance(found, dict) else None
    return found if _is_colour(found) else None


def _is_colour(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(HEX, value, re.ASCII) is not None
