"""Words as people type them: what of them can be shown, and folded for searching and sorting.

Folded, accents and case do not matter.  Collations differ between databases, so the folded forms
are stored beside the name.
"""

import re
import unicodedata

# Letters that carry no combining mark and so survive NFKD.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
_DROPPED = str.maketrans({"'": "", "\N{RIGHT SINGLE QUOTATION MARK}": "", "&": " and "})


_ASCII_WORD = re.compile("[0-9a-z]+")

# NUL and its like, half a surrogate pair, code points that are no characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def showable(text: str) -> str:
    """With � for whatever no page can show and no person types."""
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def fold(text: str) -> str:
    """Lower case, without accents, words apart by one space: what is searched.

    Letters of every script stay, so that no name is empty.
    """
    text = text.translate(_DROPPED)
    if text.isascii():  # most are, and it is twenty times as quick
        return " ".join(_ASCII_WORD.findall(text.casefold()))
    plain = _bare(_bare(text).casefold()).translate(_LETTERS).translate(_DROPPED)
    return " ".join("".join(c if _is_word(c) else " " for c in plain).split())


def _bare(text: str) -> str:
    """Without accents: the marks that stand on a letter, not those that are vowels."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _is_word(c: str) -> bool:
    return unicodedata.category(c)[0] in "LNM"


def sort_key(text: str) -> str:
    """What lists are ordered by: folded, without a leading "the"."""
    return fold(text).removeprefix("the ")


def slug(text: str, taken: "set[str] | frozenset[str]" = frozenset(), most: int = 60) -> str:
    """A name as an address part; a number is added while it stands in ``taken``."""
    base = re.sub("[^0-9a-z]+", "-", fold(text)).strip("-")[:most].strip("-") or "organisation"
    candidate, n = base, 2
    while candidate in taken:
        candidate, n = f"{base}-{n}", n + 1
    return candidate
