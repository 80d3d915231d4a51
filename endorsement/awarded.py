"""What awards say of submissions and organisations.

They stand above and are not known here: whoever makes them hands this over (``awards_are``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.models import Submission


@dataclass(frozen=True)
class Awards:
    stand_on: Callable[[], Any]
    """Selects the ids of the submissions on which an award stands."""
    held: Callable[[Session, int, date], Mapping[str, int]]
    """By the level's key, for how many whole months an organisation has held it on that day."""


def _none(*_: object) -> Any:
    return select(Submission.id).where(Submission.id.is_(None))


_known = [Awards(_none, lambda *_: {})]


def awards_are(said: Awards) -> None:
    _known[:] = [said]


def awards() -> Awards:
    return _known[0]
