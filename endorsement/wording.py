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
ACTS = {
    ("step", "plan"): _l("step planned"),
    ("step", "change"): _l("step changed"),
    ("step", "finish"): _l("step done"),
    ("step", "drop"): _l("step dropped"),
    ("step", "open again"): _l("step opened again"),
    ("evidence", "add"): _l("evidence added"),
    ("evidence", "describe"): _l("evidence changed"),
    ("evidence", "use"): _l("evidence: what it is used for"),
    ("evidence", "put away"): _l("evidence put away"),
    ("evidence", "bring back"): _l("evidence brought back"),
    ("evidence", "merge"): _l("evidence of the two organisations put together"),
    ("content", "replace"): _l("evidence replaced"),
    ("content", "remove to protect somebody"): _l("evidence destroyed to protect somebody"),
    ("offer", "offer"): _l("help offered to others"),
    ("offer", "take back"): _l("offer of help taken back"),
    ("whole", "begin"): _l("begun"),
    ("whole", "choose track"): _l("which standards are asked"),
    ("whole", "end"): _l("closed"),
    ("whole", "open again"): _l("opened again"),
}
"""What was done, by what it was done to and the chain's word for it."""
ACT_FIELDS = {
    "what": _l("what"),
    "who": _l("who"),
    "by_on": _l("by when"),
    "young_people": _l("how young people are involved"),
    "title": _l("its title"),
    "shows": _l("what it shows"),
    "review_on": _l("when to look again"),
    "youth_may_see": _l("who may see it"),
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
    "act_fields": ACT_FIELDS,
    "acts_in_words": ACTS,
    "answer_fields": ANSWER_FIELDS,
    "glossary_in": glossary_in,
    "quality_pages": QUALITY_PAGES,
    "quality_rules": rules,
    "standard_needs": TO_DO,
    "why_kept": WHY_KEPT,
}
