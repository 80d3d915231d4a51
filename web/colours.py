"""The county's colours as a style sheet: they come from the scheme file, so no build has them."""

from flask import Blueprint, Response, current_app, make_response

from web.access import allow, anyone, published
from web.scheme import Scheme
from web.scheme.colours import MOST_SIGNS, Face

bp = Blueprint("colours", __name__)


def style_sheet(scheme: Scheme) -> str:
    """Custom properties: ``--text``, ``--background``, … turn with the face, light or dark.

    ``--ink``, ``--paper``, ``--deep`` and ``--sign-1``, ``--on-sign-1``, … are the same on both:
    a painted wall does not change its colour at night.
    """
    colours = scheme.colours
    signs = "".join(
        f"--sign-{n}:{colours.sign(n)};--on-sign-{n}:{colours.on_sign(n)};"
        for n in range(1, MOST_SIGNS + 1)
    )
    light, dark = (_face(face) for face in (colours.light, colours.dark))
    still = (
        f"--ink:{colours.light.text};--paper:{colours.light.background};"
        f"--deep:{colours.light.brand};--on-deep:{colours.light.on_brand};"
    )
    return f":root{{{light}{still}{signs}}}@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def _face(face: Face) -> str:
    values = face.model_dump() | {"second": mixed(face.background, face.text, 0.07)}
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in values.items())


def mixed(ground: str, other: str, share: float) -> str:
    """``ground`` with a share of another colour: the second ground that sections stand on."""
    pairs = ((int(ground[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@bp.get("/colours.css")
@published
@allow(anyone)
def colours() -> Response:
    response = make_response(style_sheet(current_app.extensions["scheme"]))
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    return response
