"""What a reading must say of a standard before it can be sent (domain, 4).  Plain Python."""

from collections.abc import Iterable, Mapping
from typing import Any

ESSENTIAL, TOP, DIFFERS = "essential", "top", "differs"
RATING, REASON = "rating", "reason"
"""What can be missing."""


def reasons_owed(standard: Any, top: int, claim: Mapping[str, Any] | None, said: Any) -> list[str]:
    """Why a reason is owed; empty where none is.

    ``claim``: what was sealed of the standard, None where that was removed.  ``said`` has a rating
    and says whether they agree that it does not apply.
    """
    found = []
    if standard.essential:
        found.append(ESSENTIAL)
    if said.rating == top:
        found.append(TOP)
    if _is_rated(said) and claim is not None and _differs(claim, said):
        found.append(DIFFERS)
    return found


def missing(standard: Any, top: int, claim: Mapping[str, Any] | None, said: Any) -> str:
    """The first thing that is missing of a standard; empty when it is whole."""
    if said is None or not _is_rated(said):
        return RATING
    if not said.reason.strip() and reasons_owed(standard, top, claim, said):
        return REASON
    return ""


def all_missing(
    standards: Iterable[Any],
    top: int,
    claims: Mapping[str, Mapping[str, Any] | None],
    said: Mapping[str, Any],
) -> dict[str, str]:
    """By the standard's key, those that are not whole, in the framework's order."""
    found = {s.key: missing(s, top, claims.get(s.key), said.get(s.key)) for s in standards}
    return {key: what for key, what in found.items() if what}


def _is_rated(said: Any) -> bool:
    return said.rating is not None or said.does_not_apply


def _differs(claim: Mapping[str, Any], said: Any) -> bool:
    return (claim["rating"], claim["does_not_apply"]) != (said.rating, said.does_not_apply)
