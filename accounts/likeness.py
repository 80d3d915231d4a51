"""Is it the same organisation under nearly the same name?  Plain functions over folded names."""

from difflib import SequenceMatcher

from web.folding import fold

CLOSE = 0.84
"""Catches a slip or two in a usual name; "Newtown Boxing" and "Newtown Boating" just so."""

# They come and go when people write a name.
_LOOSE = frozenset(
    {"the", "of", "and", "for", "in", "at", "a", "ltd", "limited", "cic", "cio", "trust", "charity"}
    | {"uk", "inc", "plc", "llp", "company"}
)
# Hosts where everybody has a page: there the page counts, not the host.
_SHARED = frozenset(
    {"facebook.com", "m.facebook.com", "instagram.com", "x.com", "twitter.com", "linktr.ee"}
    | {"sites.google.com", "linkedin.com", "tiktok.com", "youtube.com"}
)


def core(folded: str) -> str:
    """The words of a name that stay when people write it shorter, put together."""
    words = [word for word in folded.split() if word not in _LOOSE]
    return "".join(words) or folded.replace(" ", "")


def is_close(one: str, other: str) -> bool:
    """Whether two folded names are the same or nearly so."""
    a, b = core(one), core(other)
    if a == b:
        return True
    matcher = SequenceMatcher(None, a, b)
    return min(len(a), len(b)) >= 5 and matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE


def telling_words(name: str) -> list[str]:
    """The longest words first: what near names are looked up by."""
    words = {word for word in fold(name).split() if word not in _LOOSE and len(word) >= 3}
    return sorted(words, key=lambda word: (-len(word), word))[:5]


def web_home(website: str | None) -> str:
    """A website without what two people write differently; empty when there is none."""
    bare = (website or "").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    host = bare.split("/")[0]
    return bare.rstrip("/").lower() if host in _SHARED else host
