"""What somebody says of one module on one day.  Plain Python."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entered:
    module: str
    completed_on: date
    how: str
    provider: str = ""
    is_update: bool = False
    words: str = ""
