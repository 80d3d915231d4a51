"""Which checked records are looked at again.  Plain Python.

Each check draws a number from 0 to 9999, by the record and the moment: whoever works it out again
gets the same, and nobody chooses.  The share stands in the scheme file.
"""

import hashlib
from datetime import UTC, datetime

NUMBERS = 10_000


def drawn(reference: str, checked_at: datetime) -> int:
    said = f"{reference} {checked_at.astimezone(UTC).isoformat()}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8]) % NUMBERS


def below(percent: int) -> int:
    """Numbers under this one are in a sample of so many in a hundred."""
    return NUMBERS * percent // 100
