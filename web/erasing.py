"""Erasing a person: every package takes away its part.  The row itself stays, without its words.

What others wrote and decided must still say that somebody did it, so their records go on pointing
to the row.  The audit chain keeps its digests, and the values that gave them are purged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from web.contributions import Erasure
from web.workflow import Refused


@dataclass(frozen=True)
class Outlook:
    """What erasing a person would mean, in sentences, before it is done."""

    obstacles: list[str]
    """While there is one it cannot be done."""
    warnings: list[str]
    """What others will have to do without them."""
    keeps: list[str]
    """What stays, and why."""


def outlook(session: Session, person: Any) -> Outlook:
    parts = list(_parts())
    return Outlook(
        _said((p.obstacles for p in parts), session, person),
        _said((p.warns for p in parts), session, person),
        _said((p.keeps for p in parts), session, person),
    )


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """Every package's part, those that look upon others first.  Raises Refused."""
    found = _said((p.obstacles for p in _parts()), session, person)
    if found:
        raise Refused(found)
    for part in _parts():
        if part.erase is not None:
            part.erase(session, person, by=by, at=at)
            session.flush()


def _parts() -> Iterator[Erasure]:
    """The uppermost package first: it may still need what the lower ones take away."""
    for contribution in reversed(current_app.extensions["contributions"]):
        yield from contribution.erasure


def _said(
    asked: Iterable[Callable[[Any, Any], Sequence[str]] | None], session: Session, person: Any
) -> list[str]:
    return [str(s) for ask in asked if ask is not None for s in ask(session, person)]
