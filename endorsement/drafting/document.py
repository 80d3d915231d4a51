"""A draft's text: what it is as a framework, its mark, and how it is changed.

Plain Python.  Each change takes the text and returns another; whether it still is a framework is
asked afterwards (``framework.reading.check``).
"""

import copy
from typing import Any

from endorsement.drafting.kind import FRAMEWORKS
from endorsement.framework.reading import check
from web.drafting.kind import Text, with_retired

of = FRAMEWORKS.of
framework_of = FRAMEWORKS.document_of
mark = FRAMEWORKS.mark
words = FRAMEWORKS.words


def with_whole(text: Text, facts: dict[str, Any]) -> Text:
    """What is empty is left out."""
    return {key: said for key, said in {**text, **facts}.items() if said or key not in facts}


def with_one(text: Text, of_what: str, key: str, told: dict[str, Any]) -> Text:
    """An area, a standard or a level, told anew under its key."""
    changed = copy.deepcopy(text)
    changed[of_what] = [{"key": key, **told} if x["key"] == key else x for x in text[of_what]]
    return changed


def with_new_standard(text: Text, key: str, told: dict[str, Any]) -> Text:
    """At the end of its area, so that the order of the areas stays."""
    changed = copy.deepcopy(text)
    places = [n for n, s in enumerate(text["standards"]) if s["area"] == told.get("area")]
    place = places[-1] + 1 if places else len(text["standards"])
    changed["standards"].insert(place, {"key": key, **told})
    return changed


def without_standard(text: Text, key: str, *, retired: str = "") -> Text:
    """Taken out of everything that names it.  ``retired``: what it was called, if it ever stood."""
    changed = copy.deepcopy(text)
    changed["standards"] = [s for s in changed["standards"] if s["key"] != key]
    for track in changed["tracks"]:
        _take_out(track, "standards", key)
    for level in changed["levels"]:
        for rule in level.get("rules", ()):
            _take_out(rule, "of", key)
    _take_out(changed, "young_assessors_read", key)
    steps = [
        [t for n, t in enumerate(s) if n == 0 or t != key] for s in text.get("first_steps", ())
    ]
    if steps:
        changed["first_steps"] = steps
    return with_retired(changed, {key: retired}) if retired else changed


def _take_out(table: dict[str, Any], name: str, key: str) -> None:
    if isinstance(table.get(name), list):
        table[name] = [one for one in table[name] if one != key]


def brought_back(text: Text, standard: dict[str, Any]) -> Text:
    """A retired one, as it stood in the version before."""
    retired = [one for one in text.get("retired", ()) if one["key"] != standard["key"]]
    told = {key: value for key, value in standard.items() if key != "key"}
    changed = with_new_standard({**text, "retired": retired}, standard["key"], told)
    if not retired:
        del changed["retired"]
    return changed


__all__ = ["check", "with_retired"]
