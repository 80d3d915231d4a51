"""What must hold before a draft moves.  True, or a sentence that says why not."""

from typing import Any

from charter.rules import is_officer
from charter.versions import text
from web.access import Verdict

CHANGED_SINCE = (
    "The text was changed after young people agreed it. Ask them again, and record it again."
)


def may_write(person: Any, _thing: object = None) -> Verdict:
    return is_officer(person)


def is_whole(draft: Any) -> Verdict:
    """Nothing is missing that the public pages show."""
    missing = text.missing(draft)
    return True if not missing else " ".join(missing)


def is_agreed(draft: Any) -> Verdict:
    """The newest approval is of the text as it stands, to the letter."""
    approval = draft.approvals[-1] if draft.approvals else None
    if approval is None:
        return "Record first that a group of young people agreed this text."
    return True if approval.fingerprint == text.fingerprint(draft) else CHANGED_SINCE


def says_something_new(draft: Any) -> Verdict:
    if text.words_of(draft) == text.words_of(draft.based_on):
        return "Nothing is different from the version that stands. Change something first."
    return True


def is_only_an_example(draft: Any) -> Verdict:
    """Example text may follow example text; what young people agreed is never replaced by it."""
    if draft.based_on.example_text:
        return True
    return "Young people agreed the version that stands, so the next one needs their approval too."
