"""What a column may hold, and what it is called in people's own sheets.  Plain Python."""

import hashlib
import json
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from web.folding import fold

EMAIL, NAME, MODULE, DAY = "email", "name", "module", "day"
HOW, PROVIDER, UPDATE = "how", "provider", "update"
NEEDED = (MODULE, DAY)
WHO = (EMAIL, NAME)
"""One of them, at the least."""

WORDS = {
    EMAIL: _l("Email address"),
    NAME: _l("Name"),
    MODULE: _l("Module: its code or its name"),
    DAY: _l("The day it was done"),
    HOW: _l("How it was learned"),
    PROVIDER: _l("With whom"),
    UPDATE: _l("Whether it is a yearly update"),
}
CALLED = {
    EMAIL: ("email", "e mail", "email address", "e mail address", "mail", "work email"),
    NAME: ("name", "full name", "person", "staff name", "who", "staff member", "volunteer",
           "employee", "participant", "learner"),
    MODULE: ("module", "course", "training", "module code", "code", "course name", "module name",
             "training course", "title", "what"),
    DAY: ("date", "day", "completed", "date completed", "completed on", "completion date", "when",
          "date of training", "training date", "done on"),
    HOW: ("how", "way", "method", "delivery", "mode", "type", "format"),
    PROVIDER: ("provider", "with whom", "trainer", "training provider", "delivered by", "by whom"),
    UPDATE: ("update", "yearly update", "is update", "refresher"),
}  # fmt: skip
"""Folded."""


def guess(headings: Sequence[str]) -> list[str]:
    """For each column its field; of two that could hold the same, the first."""
    found: list[str] = []
    for heading in headings:
        plain = fold(heading)
        key = next((k for k, names in CALLED.items() if plain in names and k not in found), "")
        found.append(key)
    return found


def fingerprint(headings: Sequence[str]) -> str:
    said = json.dumps([fold(heading) for heading in headings])
    return hashlib.sha256(said.encode()).hexdigest()
