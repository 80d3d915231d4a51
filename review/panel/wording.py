"""Words that the panel's templates ask for."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

WORDS = {
    "not yet": _l("not yet"),
    "abstain": _l("could not choose"),
    "with conditions": _l("of these with conditions"),
}


def vote_words(case: Any, what: str) -> str:
    """What votes were for, in words: "for:established" is its level."""
    kind, _sep, level = what.partition(":")
    if kind == "for":
        found = case.framework.level_by_key.get(level)
        return found.name if found else level
    return str(WORDS.get(what, what))


def group_names(keys: Iterable[str]) -> str:
    """The groups' names, as the desks call them."""
    scheme = current_app.extensions["scheme"]
    return ", ".join(scheme.constituency(key).name for key in keys)


def said_of(decision: Any, case: Any) -> str:
    """The outcome, in a few words."""
    if decision.level is None:
        return _("Not yet")
    name = case.framework.level_by_key[decision.level].name
    if decision.outcome == "conditions":
        return _("%(level)s, with conditions", level=name)
    return str(name)
