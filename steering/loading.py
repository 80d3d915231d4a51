"""From an address to the seat, time or tie it names, or None where it is not theirs to know of."""

from typing import Any

from flask import request

from steering import queries
from steering.models import Seat, Tie
from steering.rules import has_a_part, is_officer
from web.database import READING, db


def _writes() -> bool:
    return request.method not in READING


def seat(person: Any, reference: str) -> Seat | None:
    if is_officer(person) is not True:
        return None
    return queries.seat(db(), reference, lock=_writes())


def term(person: Any, reference: str) -> Any:
    if is_officer(person) is not True:
        return None
    return queries.term(db(), reference, lock=_writes())


def own_tie(person: Any, reference: str) -> Tie | None:
    """For whom it is about."""
    if has_a_part(person) is not True:
        return None
    tie = queries.tie(db(), reference, lock=_writes())
    return tie if tie is not None and tie.person_id == person.id else None


def team_tie(person: Any, reference: str) -> Tie | None:
    if is_officer(person) is not True:
        return None
    return queries.tie(db(), reference, lock=_writes())
