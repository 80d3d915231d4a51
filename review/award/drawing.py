"""The badge that a club puts on its own site: one picture that always tells the current truth."""

from flask import current_app, render_template

from review.award.levels import Shown

FACES = ("light", "dark")


def badge(shown: Shown, face: str) -> str:
    """As SVG.  Its text is part of it, so that a screen reader hears what it says."""
    scheme = current_app.extensions["scheme"]
    colours = getattr(scheme.colours, face)
    return render_template("review/award/badge.svg", shown=shown, colours=colours, scheme=scheme)
