"""A published version of the framework never changes: not a word, and none is taken away.

Held where every change must pass: a flush that would do so fails.  (Statements past the session
are refused for every audited table: web.audit.)
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from endorsement.models import FrameworkVersion


class Unchangeable(Exception):
    """A mistake in the code: something tried to change a published version."""


def refuse(session: Session, *_: Any) -> None:
    for thing in session.deleted:
        if isinstance(thing, FrameworkVersion):
            raise Unchangeable(f"{thing!r} is published: it stays.")
    for thing in session.dirty:
        if isinstance(thing, FrameworkVersion) and session.is_modified(thing):
            changed = [a.key for a in inspect(thing).attrs if a.history.has_changes()]
            raise Unchangeable(f"{thing!r} is published: {', '.join(changed)} never changes.")


event.listen(Session, "before_flush", refuse)
