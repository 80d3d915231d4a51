"""The number of the public pages' edition: it grows with every change of what they show.

A model says ``public = True`` when public pages show it; a transaction that writes such a row
moves the number on.  Cached pages and ETags carry it.
"""

import threading
from typing import Any
from weakref import WeakSet

from sqlalchemy import CheckConstraint, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from web.database import Base, Database


class Edition(Base):
    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


CURRENT = select(Edition.number).where(Edition.id == 1)
QUESTION = "SELECT number FROM edition WHERE id = 1"


class EditionNow:
    """The number at this moment, asked of the driver on a connection that each thread keeps.

    Every request of a public page asks it, and a session with its transaction would cost five
    times as much as the answer.  Nothing is remembered: another process may have moved it on.
    """

    def __init__(self, database: Database):
        self._database = database
        self._own = threading.local()
        self._all: WeakSet[_Kept] = WeakSet()
        event.listen(database.engine, "engine_disposed", self._close_all)

    def __call__(self) -> str:
        """Raises OperationalError when the database does not answer."""
        if self._database.pinned is not None:
            return str(self._database.pinned.scalar(CURRENT))
        mistake = self._database.engine.dialect.loaded_dbapi.Error
        try:
            return self._ask()
        except mistake:  # a server that was restarted has closed the connection: once more
            self._own.kept = None
        try:
            return self._ask()
        except mistake as error:
            raise OperationalError(QUESTION, None, error) from error

    def _ask(self) -> str:
        cursor = self._connection().cursor()
        try:
            cursor.execute(QUESTION)
            row = cursor.fetchone()
        finally:
            cursor.close()
        return str(row[0] if row else None)

    def _connection(self) -> Any:
        kept: _Kept | None = getattr(self._own, "kept", None)
        if kept is None:
            connection: Any = self._database.engine.raw_connection()
            if self._database.engine.dialect.name != "sqlite":  # ours is so from the beginning
                connection.driver_connection.autocommit = True
            connection.detach()
            kept = self._own.kept = _Kept(connection)
            self._all.add(kept)
        return kept.connection

    def _close_all(self, _engine: object) -> None:
        for kept in list(self._all):
            kept.connection.close()


class _Kept:
    """A connection that is closed when its thread is gone."""

    def __init__(self, connection: Any):
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


def turn_over(session: Session) -> None:
    """Move the edition on.  One statement, so that two first ones cannot meet."""
    session.execute(
        text(
            "INSERT INTO edition (id, number) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET number = edition.number + 1"
        )
    )


def _see(session: Session, _context: UOWTransaction) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(getattr(thing, "public", False) for thing in touched):
        session.info["edition_due"] = True


def _see_bulk(state: ORMExecuteState) -> None:
    """INSERT, UPDATE and DELETE statements change public rows too."""
    if state.is_select or state.bind_mapper is None:
        return
    if getattr(state.bind_mapper.class_, "public", False):
        state.session.info["edition_due"] = True


def _turn_if_due(session: Session) -> None:
    session.flush()
    if session.info.pop("edition_due", False):
        turn_over(session)


def _forget(session: Session, *_: object) -> None:
    session.info.pop("edition_due", None)


event.listen(Session, "after_flush", _see)
event.listen(Session, "do_orm_execute", _see_bulk)
event.listen(Session, "before_commit", _turn_if_due)
event.listen(Session, "after_soft_rollback", _forget)
