"""What others do when a decision is told, or taken back: the award stands above and is not known
here."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Decision

RELEASE, TAKE_BACK, LAPSE = "release", "take back", "lapse"
Follower = Callable[..., None]
"""``follower(session, decision, by=, at=)``, in the transaction of the move; it may raise Refused,
and then nothing is done."""

_followers: dict[str, list[Follower]] = defaultdict(list)


def following(verb: str) -> Callable[[Follower], Follower]:
    """Called after a decision was told, was taken back, or ended because a condition lapsed."""

    def add(follower: Follower) -> Follower:
        if follower not in _followers[verb]:
            _followers[verb].append(follower)
        return follower

    return add


def follow(session: Session, verb: str, decision: Decision, *, by: Any, at: datetime) -> None:
    for follower in _followers[verb]:
        follower(session, decision, by=by, at=at)
