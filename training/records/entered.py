"""What somebody says of one module on one day.  Plain Python."""

from dataclasses import dataclass
from datetime import date

UPDATE = ":update"
"""After a module's code, where one chooses from a list: its update, not the whole of it."""


@dataclass(frozen=True)
class Entered:
    module: str
    completed_on: date
    how: str
    provider: str = ""
    is_update: bool = False
    words: str = ""


def chosen(key: str) -> tuple[str, bool]:
    """Of what stands in such a list: the module's code, and whether it is its update."""
    module, _colon, update = key.partition(":")
    return module, bool(update)
