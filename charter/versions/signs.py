"""The signs that a new commitment may take.

A sign belongs to one commitment for ever: a place where it was painted must not say something
else a year later.
"""

import re
from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from web.folding import slug

PLAIN = "plain"
NAMES = {
    "home": _l("A house"),
    "time": _l("A clock"),
    "outside": _l("A tree and the sun"),
    "online": _l("A phone"),
    "food": _l("A bowl"),
    "play": _l("A kite"),
}
"""The drawn ones that no commitment of ours has yet, in words."""


def free(taken: Iterable[str]) -> list[tuple[str, Any]]:
    """Keys with words, the drawn ones first; the plain circle can always be had."""
    used = set(taken)
    drawn = [key for key in _drawn() if key not in used and key != "us"]
    return [*((key, NAMES.get(key, key)) for key in drawn), (PLAIN, _l("A plain circle"))]


def key_for(chosen: str, title: str, taken: Iterable[str]) -> str:
    """The key of a new commitment: its sign's name, or with the plain circle one of its title."""
    if chosen != PLAIN:
        return chosen
    used = set(taken) | set(_drawn())
    made = slug(title, most=30)
    made = made if re.match("[a-z]", made) else f"c-{made}"
    return slug(made, used, most=36)


def _drawn() -> list[str]:
    names = (
        re.fullmatch(r"signs/([a-z][a-z0-9-]*)\.svg", n) for n in current_app.extensions["assets"]
    )
    return sorted(name[1] for name in names if name)
