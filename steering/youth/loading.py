"""From an address to a young person's seat, or None where it is not theirs to know of."""

from collections.abc import Sequence
from typing import Any

from flask import request

from steering.models import YouthSeat
from steering.rules import is_officer
from steering.youth import queries
from web.database import READING, db


def _writes() -> bool:
    return request.method not in READING


def for_the_team(person: Any, reference: str) -> YouthSeat | None:
    if is_officer(person) is not True:
        return None
    return queries.by_reference(db(), reference, lock=_writes())


def supported(person: Any) -> Sequence[YouthSeat] | None:
    """Nobody else is to know that there are such pages."""
    return queries.supported_by(db(), person) or None


def one_supported(person: Any, reference: str) -> YouthSeat | None:
    youth = queries.by_reference(db(), reference, lock=_writes())
    if youth is None or youth.ended_at is not None:
        return None
    return youth if youth.supporter_id == person.id else None


def own(person: Any) -> YouthSeat | None:
    return queries.of_person(db(), person)
