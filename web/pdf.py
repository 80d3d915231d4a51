"""PDFs by Typst: tagged, PDF/UA-1, from data and never from formatted markup.

Typst refuses a picture without alt text.  The fonts are the site's own, with Noto behind them for
names in other scripts; what no font covers is replaced, since an unknown sign must not be a 500.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno
import typst
from fontTools.ttLib import TTFont

from web import clock
from web.settings import ROOT

FONTS = ROOT / "build" / "fonts"
FALLBACKS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def render(template: str, data: dict[str, Any]) -> bytes:
    """The PDF of templates/pdf/<template>.  ``data`` is plain values; texts are made coverable."""
    made: bytes = typst.compile(
        str(ROOT / "templates" / "pdf" / template),
        root=str(ROOT),
        font_paths=[str(folder) for folder in _folders()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_coverable(data), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(clock.now().timestamp()),
    )
    return made


def qr_code(address: str) -> str:
    """A QR code as SVG."""
    return str(segno.make(address, error="m").svg_inline(border=2, scale=4))


def covered(text: str) -> str:
    """The text with the replacement sign for each character that none of our fonts has."""
    known = _characters()
    return "".join(c if ord(c) in known or c in "\n\t" else REPLACEMENT for c in text)


def _coverable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith("<svg") else covered(value)
    if isinstance(value, dict):
        return {key: _coverable(inner) for key, inner in value.items()}
    return [_coverable(inner) for inner in value] if isinstance(value, list | tuple) else value


@cache
def _folders() -> tuple[Path, ...]:
    found = [FONTS]
    for name in FALLBACKS:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            found.append(Path(spec.origin).parent / "files")
    return tuple(found)


@cache
def _characters() -> frozenset[int]:
    """Every character that the fonts have.  The replacement must be one of them."""
    known: set[int] = set()
    for folder in _folders():
        for file in folder.glob("*.ttf"):
            with TTFont(file, lazy=True) as font:
                known.update(font.getBestCmap())
    return frozenset(known)
