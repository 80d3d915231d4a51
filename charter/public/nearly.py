"""Names spelt nearly so: what "Did you mean" is worked out from.

A name is cut into pieces of three letters; the pieces stand in a table beside the register, so
that whoever shares most of them with what was typed is found by one indexed query.  How near each
of those few really is, is measured afterwards.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher

from web.folding import fold

NEAR = 0.74
"""Catches "lanten street yuoth"; lower, other clubs of the same street come in."""
LONGEST = 60
SHORT = 2
"""Words of so few letters say nothing."""

# In so many names that they find everybody.
_USUAL = frozenset(
    {"youth", "club", "clubs", "group", "groups", "centre", "center", "project", "young", "people"}
    | {"peoples", "community", "association", "the", "of", "and", "for", "in", "at", "a"}
)


def pieces(text: str) -> set[str]:
    """Of each telling word, its beginning, its end and every three letters between."""
    words = fold(text)[:LONGEST].split()
    telling = [word for word in words if word not in _USUAL] or words
    padded = [f" {word} " for word in telling]
    return {word[n : n + 3] for word in padded for n in range(len(word) - 2)}


def nearest(typed: str, names: Iterable[str], most: int) -> list[str]:
    """Those of the names that were probably meant, the nearest first."""
    asked = fold(typed)[:LONGEST]
    scored = sorted(((nearness(asked, fold(name)), name) for name in names), reverse=True)
    return [name for score, name in scored if score >= NEAR][:most]


def nearness(asked: str, name: str) -> float:
    """From 0 to 1, of two folded texts.  A name may have more words than were typed."""
    return max(_word_by_word(asked, name), _together(asked, name))


def _word_by_word(asked: str, name: str) -> float:
    words = [word for word in asked.split() if len(word) > SHORT] or asked.split()
    theirs = name.split()
    if not words or not theirs:
        return 0.0
    best = [max(_ratio(word, other) for other in theirs) * len(word) for word in words]
    return sum(best) / sum(map(len, words))


def _together(asked: str, name: str) -> float:
    """ "lanternstreet" is "Lantern Street"; the name as far as something was typed."""
    one, other = asked.replace(" ", ""), name.replace(" ", "")
    return _ratio(one, other[: len(one) + 1]) if len(one) > 4 else 0.0


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 else 0.0
