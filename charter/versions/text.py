"""A draft as the text it would be published as: what is missing, and the mark of its words."""

import hashlib
import json
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

TITLE, SUMMARY = _l("The charter's name"), _l("What it is")
FIELDS = {
    "title": _l("Title"),
    "explanation": _l("What it means"),
    "know": _l("How you would know"),
    "questions": _l("Questions for young people"),
    "easy_title": _l("Title in easy read"),
    "easy": _l("Easy read"),
    "asks": _l("What we ask of an organisation"),
    "examples": _l("Good examples"),
    "weak_action": _l("A weak example"),
    "weak_why": _l("Why it is weak"),
}
"""The texts of a commitment, in the order in which they are written."""
LINES = ("know", "questions", "easy", "examples")
"""Those that are a list, a line each."""
OF_THE_WHOLE = ("title", "summary", "language")


def words_of(version: Any) -> dict[str, Any]:
    """All its words, for comparing: of a draft or of a published version."""
    own = {name: getattr(version, name) for name in OF_THE_WHOLE}
    own["commitments"] = [
        {name: _plain(getattr(c, name)) for name in ("key", "colour", *FIELDS)}
        for c in version.commitments
    ]
    return own


def fingerprint(draft: Any) -> str:
    """SHA-256 of its words and their order.  Its code is an address, which no one agrees."""
    said = json.dumps(words_of(draft), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def missing(draft: Any) -> list[str]:
    """What stands in the way of showing it to everybody, a sentence for each commitment."""
    found = [] if draft.commitments else [str(_("The charter needs at least one commitment."))]
    for commitment in draft.commitments:
        empty = empty_fields(commitment)
        if empty:
            found.append(
                _(
                    "“%(title)s” is not finished. Write: %(fields)s.",
                    title=commitment.title,
                    fields=", ".join(empty),
                )
            )
        elif len(commitment.know) != len(commitment.questions):
            found.append(
                _(
                    "“%(title)s”: write one question for each line of “How you would know”.",
                    title=commitment.title,
                )
            )
    return found


def empty_fields(commitment: Any) -> list[str]:
    """The names of the texts that nobody has written yet."""
    return [str(label) for name, label in FIELDS.items() if not getattr(commitment, name)]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value
