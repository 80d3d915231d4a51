"""A published version of the pathways never changes: not a word, and none is taken away.

Held where every change must pass: a flush that would do so fails.  (Statements past the session
are refused for every audited table: web.audit.)  What happened to a record does not change either,
except that a note's words may be taken away.
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from training.models import PathwayVersion, TrainingRecordEvent


class Unchangeable(Exception):
    """A mistake in the code: something tried to change what stands for good."""


def refuse(session: Session, *_: Any) -> None:
    for thing in session.deleted:
        if isinstance(thing, PathwayVersion):
            raise Unchangeable(f"{thing!r} is published: it stays.")
    for thing in session.dirty:
        if isinstance(thing, PathwayVersion | TrainingRecordEvent) and session.is_modified(thing):
            _insist_unchanged(thing)


def _insist_unchanged(thing: PathwayVersion | TrainingRecordEvent) -> None:
    known: Any = inspect(thing)
    columns = (a.key for a in known.mapper.column_attrs)
    changed = [key for key in columns if known.attrs[key].history.has_changes()]
    if isinstance(thing, TrainingRecordEvent) and changed == ["note"] and not thing.note:
        return
    if changed:
        raise Unchangeable(f"{thing!r} stands for good: {', '.join(changed)} never changes.")


event.listen(Session, "before_flush", refuse)
