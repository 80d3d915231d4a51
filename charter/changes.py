"""What differs between two versions of the charter: for whoever renews from one to the other."""

from dataclasses import dataclass
from typing import Any

TEXTS = ("title", "explanation", "asks", "know")


@dataclass(frozen=True)
class Changes:
    new: frozenset[str]
    """Keys of commitments that the earlier version did not have."""
    before: dict[str, Any]
    """By key, how a commitment stood that reads differently now."""
    gone: tuple[Any, ...]
    """Commitments that the charter has no more."""

    def __bool__(self) -> bool:
        return bool(self.new or self.before or self.gone)


def between(earlier: Any, later: Any) -> Changes:
    """Commitments are the same by their key, whatever their number."""
    was = {c.key: c for c in earlier.commitments}
    now = {c.key: c for c in later.commitments}
    return Changes(
        new=frozenset(now.keys() - was.keys()),
        before={k: was[k] for k in now.keys() & was.keys() if _reads(was[k]) != _reads(now[k])},
        gone=tuple(c for key, c in was.items() if key not in now),
    )


def for_pledge(pledge: Any) -> Changes:
    """Since the pledge that this one renews."""
    if pledge.renews is None or pledge.renews.charter_version_id == pledge.charter_version_id:
        return Changes(frozenset(), {}, ())
    return between(pledge.renews.charter_version, pledge.charter_version)


def _reads(commitment: Any) -> tuple[Any, ...]:
    return tuple(getattr(commitment, name) for name in TEXTS)
