"""What endorsement's templates ask for."""

import re
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from charter.public.words import Term, glossary
from endorsement import rules

ANSWER_FIELDS = {
    "rating": _l("the point"),
    "does_not_apply": _l("whether it applies"),
    "reason": _l("why"),
    "shown_by": _l("what shows it"),
    "at_visit": _l("shown at the visit"),
    "voices": _l("what young people say"),
}
STILL = {
    "rating": _l("a point"),
    "reason": _l("a reason"),
    "action": _l("a step"),
    "again": _l("another look, as its step is done"),
}
"""What a standard still needs."""
TO_DO = {
    "rating": _l("Choose a point"),
    "reason": _l("Say why"),
    "action": _l("Plan a step"),
    "again": _l("Look at it again"),
}
WHY_KEPT = {
    "now": _l("today"),
    "kept": _l("kept by you"),
    "sent": _l("sent to the steering group"),
    "ended": _l("end of a year"),
}
QUALITY_PAGES: list[tuple[Any, str]] = [
    (_l("Evidence"), "evidence.library"),
    (_l("Pictures: where you stand, and how far you came"), "pictures.pictures"),
    (_l("Ready to send?"), "sending.check"),
    (_l("What you have sent"), "sending.everything"),
    (_l("Two pages for a funder"), "record.two_pages"),
    (_l("Take all of it with you (ZIP)"), "record.export"),
]
"""Pages of an organisation's quality that the overview leads to, in their order."""
MOST_TERMS = 6


def glossary_in(*texts: str) -> list[Term]:
    """The glossary's words that stand in the texts."""
    said = " ".join(texts).lower()
    return [term for term in glossary().terms if _pattern(term.term).search(said)][:MOST_TERMS]


@cache
def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term.lower())}s?\b")


GLOBALS: dict[str, Any] = {
    "answer_fields": ANSWER_FIELDS,
    "glossary_in": glossary_in,
    "quality_pages": QUALITY_PAGES,
    "quality_rules": rules,
    "standard_needs": TO_DO,
    "why_kept": WHY_KEPT,
}
