"""What others do when a submission moves.  The review of it stands above and is not known here."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

Follower = Callable[..., None]
"""``follower(session, submission, by=, at=)``, in the transaction of the move; it may raise
Refused, and then nothing is done."""

_followers: dict[str, list[Follower]] = defaultdict(list)


def following(verb: str) -> Callable[[Follower], Follower]:
    """Called after a submission made that move."""

    def add(follower: Follower) -> Follower:
        if follower not in _followers[verb]:
            _followers[verb].append(follower)
        return follower

    return add


def follow(session: Session, verb: str, submission: Any, *, by: Any, at: datetime) -> None:
    for follower in _followers[verb]:
        follower(session, submission, by=by, at=at)
