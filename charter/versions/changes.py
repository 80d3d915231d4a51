"""What changed between two versions of the charter, commitment by commitment.

Plain Python: of two published ones, or of a published one and a draft.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charter.versions import text

KEPT, REWORDED, NEW, GONE = "kept", "reworded", "new", "gone"


@dataclass(frozen=True)
class TwoTexts:
    """One text of a commitment that reads differently."""

    label: str
    was: Sequence[str]
    """Paragraphs or lines."""
    now: Sequence[str]


@dataclass(frozen=True)
class Change:
    """What became of one commitment."""

    kind: str
    commitment: Any
    """As it is now; one that is gone, as it was."""
    texts: tuple[TwoTexts, ...] = ()
    moved_from: int | None = None


@dataclass(frozen=True)
class Changes:
    commitments: tuple[Change, ...]
    """In the order of the newer one; what is gone comes last."""
    whole: tuple[TwoTexts, ...]
    """Title and summary."""

    @property
    def any(self) -> bool:
        return bool(self.whole) or any(
            c.kind != KEPT or c.moved_from is not None for c in self.commitments
        )

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.commitments if change.kind == kind]

    def by_key(self) -> dict[str, Change]:
        return {change.commitment.key: change for change in self.commitments}


def between(older: Any, newer: Any) -> Changes:
    was = {c.key: (place, c) for place, c in enumerate(older.commitments, start=1)}
    now = {c.key for c in newer.commitments}
    changes = [_change(was.get(c.key), c, n) for n, c in enumerate(newer.commitments, start=1)]
    gone = [Change(GONE, c) for _, c in was.values() if c.key not in now]
    whole = _texts(older, newer, {"title": text.TITLE, "summary": text.SUMMARY})
    return Changes((*changes, *gone), whole)


def _change(before: tuple[int, Any] | None, commitment: Any, place: int) -> Change:
    if before is None:
        return Change(NEW, commitment)
    was_at, was = before
    texts = _texts(was, commitment, text.FIELDS)
    moved = was_at if was_at != place else None
    return Change(REWORDED if texts else KEPT, commitment, texts, moved)


def _texts(was: Any, now: Any, fields: Any) -> tuple[TwoTexts, ...]:
    pairs = ((label, getattr(was, name), getattr(now, name)) for name, label in fields.items())
    return tuple(
        TwoTexts(str(label), _lines(one), _lines(other))
        for label, one, other in pairs
        if _lines(one) != _lines(other)
    )


def _lines(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
