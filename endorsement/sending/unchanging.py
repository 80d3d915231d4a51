"""What is sealed stays sealed: a flush that would change it fails.

Allowed is what the law of the house asks for: the state moves, an organisation becomes part of
another, words are taken away.  (Statements past the session: for audited tables web.audit refuses
them; for the items ``flask submission verify`` tells.)
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from endorsement.models import Submission, SubmissionEvent, SubmissionItem
from endorsement.unchanging import Unchangeable

MOVES: dict[type, set[str]] = {
    Submission: {"state", "organisation_id", "words_gone_at", "version"},
    SubmissionItem: {"removed_at", "removed_why"},
    SubmissionEvent: set(),
}
EMPTIED: dict[type, dict[str, Any]] = {
    Submission: {"declared_name": "", "declared_role": ""},
    SubmissionItem: {"content": None, "salt": None},
    SubmissionEvent: {"note": ""},
}


def refuse(session: Session, *_: Any) -> None:
    for thing in session.deleted:
        if type(thing) in MOVES:
            raise Unchangeable(f"{thing!r} is sealed: it stays.")
    for thing in session.dirty:
        if type(thing) in MOVES and (changed := _changed(thing)):
            raise Unchangeable(f"{thing!r} is sealed: {', '.join(changed)} never changes.")


def _changed(thing: Any) -> list[str]:
    known, empty = inspect(thing), EMPTIED[type(thing)]
    columns = (attribute.key for attribute in known.mapper.column_attrs)
    return [
        name
        for name in columns
        if name not in MOVES[type(thing)]
        and known.attrs[name].history.has_changes()
        and (name not in empty or getattr(thing, name) != empty[name])
    ]


event.listen(Session, "before_flush", refuse)
