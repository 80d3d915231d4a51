"""Appending to the chain.

An action calls ``record`` for each audited thing it changes.  The entries are appended just
before the commit, so that the head is the last row a transaction locks and two of them cannot
deadlock.  A commit that would change an audited row without a record fails: nothing is written
behind the chain's back, and no entry appears from nowhere.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, event, inspect, select, text
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, UOWTransaction

import web.edition  # noqa: F401 - its row is locked before the head, in every transaction
from web.audit.digest import AS_IT_IS, GENESIS, REMOVED, field_digests, head_proof, plain, seal
from web.audit.models import AuditEntry, AuditHead, AuditValue
from web.database import insert_many, new_ids
from web.unchanging import stays

SYSTEM = "system"
Changes = dict[str, Any]
"""By field, what it holds now."""


class Unrecorded(Exception):
    """An audited row was changed and no action said so: a mistake in the code."""


@dataclass
class _Pending:
    subject: Any
    verb: str
    by: Any
    at: datetime
    told: Changes | None = None
    """Of one of many (``add_many``), which the session does not know: what its fields hold."""
    model: type | None = None

    @property
    def actor(self) -> str:
        """Asked just before the commit, when somebody who is new has an id."""
        return self.by if isinstance(self.by, str) else f"person:{self.by.id}"


def record(session: Session, subject: Any, verb: str, *, by: Any, at: datetime) -> None:
    """Say that ``by`` did ``verb`` to an audited thing: a person, or ``"system:"`` and a job."""
    _pending(session).append(_Pending(subject, verb, by, at))


def add_many(
    session: Session, model: Any, rows: list[dict[str, Any]], verb: str, *, by: Any, at: datetime
) -> list[int]:
    """Insert rows of an audited table and record each: their ids, in the order of the rows.

    The same as to add them one by one, many times as quick.  A row names every column but its id,
    all in one order.
    """
    if getattr(model, "public", False):
        raise ValueError(f"{model.__name__} is public: others listen to each one that is added")
    if not rows:
        return []
    table, named = model.__table__, [f for f in audited_fields(model) if f != "id"]
    ids = new_ids(session.connection(), table, len(rows))
    names = ["id", *rows[0]]
    numbered = ((id_, *row.values()) for id_, row in zip(ids, rows, strict=True))
    insert_many(session.connection(), table, names, numbered)
    for number, row in zip(ids, rows, strict=True):
        told = {"id": number} | {field: row[field] for field in named}
        name = f"{table.name}:{number}"
        _pending(session).append(_Pending(name, verb, by, at, told, model))
    return ids


def remove_many(
    session: Session, model: Any, ids: Collection[int], verb: str, *, by: Any, at: datetime
) -> None:
    """Remove rows of an audited table that the session has not loaded, and record each; all that
    was kept of their fields goes."""
    if getattr(model, "public", False) or stays(model):
        raise ValueError(f"{model.__name__} is not removed like this")
    table = model.__table__
    names = [f"{table.name}:{number}" for number in sorted(ids)]
    about = select(AuditEntry.number).where(AuditEntry.subject.in_(names))
    connection = session.connection()
    connection.execute(delete(AuditValue).where(AuditValue.entry_number.in_(about)))
    connection.execute(delete(table).where(table.c.id.in_(ids)))
    for name in names:
        _pending(session).append(_Pending(name, verb, by, at, {REMOVED: None}, model))


def name_of(thing: Any) -> str:
    """``pledge:12``."""
    key = inspect(thing).identity or [thing.id]
    return f"{thing.__tablename__}:{'-'.join(str(part) for part in key)}"


def audited_fields(model: type) -> tuple[str, ...]:
    """The columns of a model that the chain covers: all but those it names in ``unaudited``."""
    left_out = getattr(model, "unaudited", ())
    mapper: Mapper[Any] = inspect(model)
    return tuple(a.key for a in mapper.column_attrs if a.key not in left_out)


def is_audited(thing: Any) -> bool:
    return bool(getattr(thing, "audited", False))


def _pending(session: Session) -> list[_Pending]:
    found: list[_Pending] = session.info.setdefault("audit_pending", [])
    return found


def _changes(session: Session) -> dict[Any, Changes]:
    found: dict[Any, Changes] = session.info.setdefault("audit_changes", {})
    return found


def _note_changes(session: Session, _context: UOWTransaction) -> None:
    changes = _changes(session)
    for thing in filter(is_audited, session.new):
        changes[thing] = {f: getattr(thing, f) for f in audited_fields(type(thing))}
    for thing in filter(is_audited, session.dirty):
        changed = {f: getattr(thing, f) for f in _changed_fields(thing)}
        if changed:
            changes.setdefault(thing, {}).update(changed)
    for thing in filter(is_audited, session.deleted):
        changes[thing] = {REMOVED: None}


def _changed_fields(thing: Any) -> Iterator[str]:
    attributes = inspect(thing).attrs
    return (f for f in audited_fields(type(thing)) if attributes[f].history.has_changes())


def _refuse_bulk(state: ORMExecuteState) -> None:
    """UPDATE, INSERT and DELETE statements pass the session by: nobody could say what changed."""
    if state.is_select or state.bind_mapper is None:
        return
    if getattr(state.bind_mapper.class_, "audited", False):
        raise Unrecorded(f"{state.bind_mapper.class_.__name__} is audited: change it row by row")


def _append(session: Session) -> None:
    session.flush()
    changes, pending = _changes(session), _pending(session)
    named = {id(p.subject) for p in pending}
    silent = [name_of(thing) for thing in changes if id(thing) not in named]
    if silent:
        raise Unrecorded(f"changed without a record: {', '.join(silent)}")
    if not pending:
        return
    key = _key(session)
    head = _locked_head(session)
    last = {id(p.subject): p for p in pending}
    written = _Written([], [])
    for p in pending:
        # A thing that was recorded twice: its changes stand with the last.
        mine = changes.get(p.subject, {}) if last[id(p.subject)] is p else {}
        _append_one(written, key, head, p, mine if p.told is None else p.told)
    written.keep(session)
    head.proof = head_proof(key, head.number, head.seal)
    _forget(session)
    session.flush()


@dataclass
class _Entry:
    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    digests: dict[str, str]
    previous: str
    seal: str = ""


ENTRY = [field.name for field in fields(_Entry)]
VALUE = ["entry_number", "field", "after"]


@dataclass(frozen=True)
class _Written:
    """What one commit appends: rows for two statements, however many they are."""

    entries: list[dict[str, Any]]
    values: list[tuple[int, str, Any]]

    def keep(self, session: Session) -> None:
        connection = session.connection()
        entries = (tuple(entry.values()) for entry in self.entries)
        insert_many(connection, AuditEntry.__table__, ENTRY, entries)
        insert_many(connection, AuditValue.__table__, VALUE, self.values)


def _locked_head(session: Session) -> AuditHead:
    """The one row; made where it is missing, also when two make it at once."""
    session.execute(
        text(
            "INSERT INTO audit_head (id, number, seal, proof) VALUES (1, 0, :genesis, '')"
            " ON CONFLICT (id) DO NOTHING"
        ),
        {"genesis": GENESIS},
    )
    return session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)


def _append_one(written: _Written, key: bytes, head: AuditHead, p: _Pending, mine: Changes) -> None:
    subject = p.subject if p.told is not None else name_of(p.subject)
    number = head.number + 1
    secret = {REMOVED, *getattr(p.model or type(p.subject), "secret_fields", ())}
    told = {f: now if type(now) in AS_IT_IS else plain(now) for f, now in mine.items()}
    digests = {REMOVED: REMOVED} if REMOVED in told else field_digests(key, subject, told)
    written.values.extend((number, f, value) for f, value in told.items() if f not in secret)
    entry = _Entry(number, p.at, p.actor, p.verb, subject, digests, head.seal)
    entry.seal = seal(key, entry)
    written.entries.append(vars(entry))
    head.number, head.seal = entry.number, entry.seal


def _key(session: Session) -> bytes:
    """The settings' key; a session outside an application carries its own."""
    own: bytes | None = session.info.get("audit_key")
    key = own or current_app.extensions["settings"].audit_key.get_secret_value().encode()
    return bytes(key)


def _forget(session: Session, *_: object) -> None:
    session.info.pop("audit_pending", None)
    session.info.pop("audit_changes", None)


def history_of(session: Session, thing: Any, most: int = 200) -> list[AuditEntry]:
    """The entries about one thing, newest first."""
    wanted = select(AuditEntry).where(AuditEntry.subject == name_of(thing))
    return list(session.scalars(wanted.order_by(AuditEntry.number.desc()).limit(most)))


event.listen(Session, "after_flush", _note_changes)
event.listen(Session, "do_orm_execute", _refuse_bulk)
event.listen(Session, "before_commit", _append)
event.listen(Session, "after_soft_rollback", _forget)
