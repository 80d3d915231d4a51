"""What differs from one kind of document to another.  Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from web.access import Verdict
from web.drafting.versions import Versions

Text = dict[str, Any]
"""All of a document as its file would say it; who agreed it is not in it."""
OUTSIDE = ("agreed_by", "agreed_on")
"""Told by the approval, not by the text."""


@dataclass(frozen=True)
class Kind:
    """A document is a pydantic model with ``code``, ``agreed_by``, ``agreed_on`` and
    ``fingerprint``, the SHA-256 of what it says."""

    versions: Versions
    draft: Any
    approval: Any
    event: Any
    """The tables (web.drafting.models)."""
    read: Callable[[str], Any]
    """The document of a file's text; raises ContentError."""
    check: Callable[[Text], Any]
    """The document of a text; raises ContentError."""
    as_data: Callable[[Any], Text]
    may_write: Callable[..., Verdict]
    not_agreed: str
    """Why it cannot be published yet, in a sentence."""
    changed_since: str
    """The text was changed after it was agreed."""
    must_agree: str
    """What was agreed is never replaced by what nobody agreed."""

    def of(self, document: Any) -> Text:
        return {key: value for key, value in self.as_data(document).items() if key not in OUTSIDE}

    def document_of(self, draft: Any) -> Any:
        """Raises ContentError, which a draft's text never does: see ``actions.change``."""
        return self.check(draft.text)

    def words(self, document: Any) -> Any:
        """Only what is agreed and compared: no code, and not who agreed it."""
        same: dict[str, Any] = {"code": "draft", "agreed_by": None, "agreed_on": None}
        return document.model_copy(update=same)

    def mark(self, draft: Any) -> str:
        """SHA-256 of its words.  Its code is an address, which no one agrees."""
        return str(self.words(self.document_of(draft)).fingerprint)

    # What must hold before a draft moves: True, or a sentence that says why not.

    def is_agreed(self, draft: Any) -> Verdict:
        """The newest approval is of the text as it stands, to the letter."""
        approval = draft.approvals[-1] if draft.approvals else None
        if approval is None:
            return self.not_agreed
        return True if approval.fingerprint == self.mark(draft) else self.changed_since

    def says_something_new(self, draft: Any) -> Verdict:
        base = self.versions.document(draft.based_on)
        if self.words(base).fingerprint == self.mark(draft):
            return "Nothing is different from the version that stands. Change something first."
        return True

    def is_only_an_example(self, draft: Any) -> Verdict:
        """Example text may follow example text."""
        return True if draft.based_on.example_text else self.must_agree


def with_retired(text: Text, names: dict[str, str]) -> Text:
    """These keys, with what they were called, are said to be gone."""
    retired = [*text.get("retired", ()), *({"key": k, "name": n} for k, n in names.items())]
    return {**text, "retired": retired}
