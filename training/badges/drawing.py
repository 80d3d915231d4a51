"""A badge as a bitmap, drawn as badge.svg is, for programs that take no SVG."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIDE = 400
TWICE = 2
"""Drawn larger and made smaller, so that edges are smooth."""
MIDDLE = SIDE / 2


def png(lines: Sequence[str], ground: str, ink: str) -> bytes:
    """``ground`` and ``ink``: colours of the scheme file."""
    picture = Image.new("RGBA", (SIDE * TWICE, SIDE * TWICE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse(_about(196), fill=ground)
    pen.ellipse(_about(178), outline=ink, width=6 * TWICE)
    tick = [(140, 110), (180, 152), (260, 60)]
    pen.line([(x * TWICE, y * TWICE) for x, y in tick], fill=ink, width=26 * TWICE, joint="curve")
    font = ImageFont.load_default(34 * TWICE)
    for number, line in enumerate(lines):
        place = (MIDDLE * TWICE, (232 + number * 40) * TWICE)
        pen.text(place, line, fill=ink, font=font, anchor="ms")
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    file = BytesIO()
    small.save(file, "PNG")
    return file.getvalue()


def _about(radius: int) -> tuple[float, float, float, float]:
    low, high = (MIDDLE - radius) * TWICE, (MIDDLE + radius) * TWICE
    return low, low, high, high
