"""What one cell says.  Plain Python."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from training.pathways import Pathways
from training.states import AT_WORK, COURSE, ONLINE
from web.folding import fold

NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
IN_WORDS = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)[ ,-]+(\d{4}|\d{2})")
WORDS_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
TIME = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?z?$")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)
"""A day of a spreadsheet that lost its shape: days since 30 December 1899."""
EPOCH = date(1899, 12, 30)
WAYS = {
    COURSE: ("course", "classroom", "face to face", "in person", "in room", "workshop"),
    ONLINE: ("online", "e learning", "elearning", "webinar", "virtual", "zoom", "teams"),
    AT_WORK: ("at work", "on the job", "work", "shadowing", "in house"),
}
YES = ("yes", "y", "true", "x", "1", "update", "refresher", "yearly update")
NO = ("", "no", "n", "false", "0")


def day(text: str) -> tuple[date | None, bool]:
    """The day; and whether it could be read in two ways.  03/04/2027 is 3 April."""
    said = TIME.sub("", " ".join(text.casefold().split()))
    if match := NUMBERS.fullmatch(said):
        first, second, year = (int(part) for part in match.groups())
        return _made(year, second, first), first != second and first <= 12 and second <= 12
    if match := YEAR_FIRST.fullmatch(said):
        return _made(int(match[1]), int(match[2]), int(match[3])), False
    if match := IN_WORDS.fullmatch(said):
        return _made(int(match[3]), _month(match[2]), int(match[1])), False
    if match := WORDS_FIRST.fullmatch(said):
        return _made(int(match[3]), _month(match[1]), int(match[2])), False
    if SERIAL.fullmatch(said):
        return EPOCH + timedelta(days=int(said)), False
    return None, False


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return None


def _month(word: str) -> int:
    """By three letters or more of it; 0: there is none."""
    found = [n for n, name in enumerate(MONTHS, 1) if len(word) > 2 and name.startswith(word)]
    if word == "sept":
        return 9
    return found[0] if found else 0


def modules(pathways: Pathways) -> dict[str, str]:
    """By whatever a module may be called, folded, its code.  What two are called tells none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for module in pathways.modules:
        names = (module.name, f"{module.key} {module.name}")
        for name in dict.fromkeys(fold(n) for n in names):
            if name in found:
                twice.add(name)
            found[name] = module.key
    for name in twice:
        del found[name]
    return found | {fold(module.key): module.key for module in pathways.modules}


def retired(pathways: Pathways) -> frozenset[str]:
    names: Iterable[str] = (name for one in pathways.retired for name in (one.key, one.name))
    return frozenset(map(fold, names))


def way(text: str) -> str:
    """Empty: none that is known."""
    said = fold(text)
    return next((key for key, names in WAYS.items() if said in names), "")


def yes_or_no(text: str) -> bool | None:
    said = fold(text)
    return True if said in YES else False if said in NO else None
