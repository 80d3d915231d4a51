"""A badge as files: the signed document, and a picture that carries it."""

import json
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import Response, current_app, render_template
from openbadgeslib import baking

from training.badges import drawing
from web.credentials import Credential

MOST_IN_A_LINE = 16


def as_json(badge: Credential) -> bytes:
    """It must come out as it was signed, not as somebody would lay it out."""
    return (json.dumps(badge.document, ensure_ascii=False, indent=2) + "\n").encode()


def as_picture(badge: Credential) -> bytes:
    """An SVG that carries the credential, as Open Badges bake it."""
    drawn = render_template(
        "training/badges/badge.svg",
        badge=badge,
        lines=lines(badge.title),
        colours=current_app.extensions["scheme"].colours,
    )
    baked: bytes = baking.bake_svg(
        drawn.encode(),
        json.dumps(badge.document),
        element=baking.SVG_ELEMENT_OB3,
        namespace=baking.SVG_NS_OB3,
        as_text=True,
    )
    return baked


def as_bitmap(badge: Credential) -> bytes:
    """A PNG that carries it: some wallets take no other picture."""
    colours = current_app.extensions["scheme"].colours.light
    drawn = drawing.png(lines(badge.title), colours.brand, colours.on_brand)
    baked: bytes = baking.bake_png(
        drawn, json.dumps(badge.document), keyword=baking.ITXT_KEYWORD_OB3
    )
    return baked


def lines(title: str) -> list[str]:
    """A title in lines that fit the badge."""
    made: list[str] = []
    for word in title.split():
        if made and len(made[-1]) + len(word) < MOST_IN_A_LINE:
            made[-1] += f" {word}"
        else:
            made.append(word)
    return made


def as_set(badges: Iterable[Credential]) -> bytes:
    """All of them in one file, each as document and as pictures."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kept:
        for badge in badges:
            kept.writestr(f"{name_of(badge)}.json", as_json(badge))
            kept.writestr(f"{name_of(badge)}.svg", as_picture(badge))
            kept.writestr(f"{name_of(badge)}.png", as_bitmap(badge))
    return file.getvalue()


def name_of(badge: Credential) -> str:
    return f"badge-{badge.achievement}-{badge.reference}"


def attachment(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    headers: Any = response.headers
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
