"""What must hold before a draft moves.  True, or a sentence that says why not."""

from typing import Any

from accounts.rules import is_officer
from endorsement.drafting import document
from web.access import Verdict

CHANGED_SINCE = (
    "The text was changed after the steering group agreed it. "
    "Ask the group again, and record it again."
)


def may_write(person: Any, _thing: object = None) -> Verdict:
    return is_officer(person)


def is_agreed(draft: Any) -> Verdict:
    """The newest approval is of the text as it stands, to the letter."""
    approval = draft.approvals[-1] if draft.approvals else None
    if approval is None:
        return "Record first that the steering group agreed this text."
    return True if approval.fingerprint == document.mark(draft) else CHANGED_SINCE


def says_something_new(draft: Any) -> Verdict:
    if document.words(draft.based_on.framework).fingerprint == document.mark(draft):
        return "Nothing is different from the version that stands. Change something first."
    return True


def is_only_an_example(draft: Any) -> Verdict:
    """Example text may follow example text; what was agreed is never replaced by it."""
    if draft.based_on.example_text:
        return True
    return "The steering group agreed the version that stands, so it must agree the next one too."
