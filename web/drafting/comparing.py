"""Two versions of a thing side by side, label by label.  Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

KEPT, CHANGED, NEW, GONE = "kept", "changed", "new", "gone"


@dataclass(frozen=True)
class TwoTexts:
    """One thing that reads differently; lines or paragraphs."""

    label: str
    was: Sequence[str]
    now: Sequence[str]


def differing(
    was: dict[str, list[str]], now: dict[str, list[str]], labels: dict[str, Any]
) -> tuple[TwoTexts, ...]:
    return tuple(
        TwoTexts(str(label), was[name], now[name])
        for name, label in labels.items()
        if was[name] != now[name]
    )


def lines_of(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if isinstance(value, list | tuple):
        return list(value)
    return [str(value)] if value else []
