"""A published version never changes: not its words, its place, its number of commitments.

Held where every change must pass: a flush that would change or remove one of its rows fails, and
so does one that adds a commitment to a version that stands.  (Statements past the session are
refused for every audited table: web.audit.)
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from charter.models import CharterVersion, Commitment


class Unchangeable(Exception):
    """A mistake in the code: something tried to change a published version."""


def refuse(session: Session, *_: Any) -> None:
    for thing in session.deleted:
        if isinstance(thing, CharterVersion | Commitment):
            raise Unchangeable(f"{thing!r} is published: it stays.")
    for thing in session.dirty:
        if isinstance(thing, CharterVersion | Commitment) and _is_different(thing):
            raise Unchangeable(f"{thing!r} is published: it never changes.")
    for thing in session.new:
        if isinstance(thing, Commitment) and _belongs_to_a_standing_one(thing):
            raise Unchangeable("A published version gets no more commitments.")


def _is_different(thing: Any) -> bool:
    state: Any = inspect(thing)
    return any(
        state.attrs[column.key].history.has_changes() for column in state.mapper.column_attrs
    )


def _belongs_to_a_standing_one(commitment: Commitment) -> bool:
    version = commitment.charter_version
    return commitment.charter_version_id is not None or bool(
        version is not None and inspect(version).persistent
    )


event.listen(Session, "before_flush", refuse)
