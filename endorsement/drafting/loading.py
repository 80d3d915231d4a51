"""From an address to a draft of the framework, for the Charter team alone."""

from dataclasses import dataclass
from typing import Any

from endorsement.drafting.pages import PAGES
from endorsement.models import FrameworkDraft


@dataclass(frozen=True)
class InDraft:
    """A standard, an area, a level or a track of a draft, as its text tells it."""

    draft: FrameworkDraft
    told: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.told["key"])


def draft(person: Any, reference: str) -> FrameworkDraft | None:
    """What is about to be changed is locked."""
    found: FrameworkDraft | None = PAGES.from_url(person, reference)
    return found


def standard(person: Any, reference: str, key: str) -> InDraft | None:
    return _one(draft(person, reference), "standards", key)


def an_area(person: Any, reference: str, key: str) -> InDraft | None:
    return _one(draft(person, reference), "areas", key)


def level(person: Any, reference: str, key: str) -> InDraft | None:
    return _one(draft(person, reference), "levels", key)


def track(person: Any, reference: str, key: str) -> InDraft | None:
    return _one(draft(person, reference), "tracks", key)


def retired(person: Any, reference: str, key: str) -> InDraft | None:
    """A standard of the version before that this draft retires, or has brought back."""
    found = draft(person, reference)
    if found is None or key not in found.based_on.framework.by_key:
        return None
    return InDraft(found, {"key": key})


def _one(found: FrameworkDraft | None, of_what: str, key: str) -> InDraft | None:
    if found is None:
        return None
    told = next((one for one in found.text[of_what] if one["key"] == key), None)
    return InDraft(found, told) if told is not None else None
