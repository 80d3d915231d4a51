"""Setting what differs."""

from typing import Any


def put(thing: Any, wanted: dict[str, Any]) -> bool:
    """Set what differs; says whether anything did."""
    differs = {k: v for k, v in wanted.items() if getattr(thing, k, None) != v}
    for field, value in differs.items():
        setattr(thing, field, value)
    return bool(differs)
