"""Tables, sessions and transactions.

One session a request.  On SQLite every request that writes, and every job, begins with
BEGIN IMMEDIATE: a transaction that reads first and writes later fails at once when another
has written in between, and no busy timeout helps it (docs/decisions/0003).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app, g, has_request_context, request
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Select,
    String,
    TypeDecorator,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

READING = frozenset({"GET", "HEAD", "OPTIONS"})
Row = TypeVar("Row")
Wanted = TypeVar("Wanted", bound=Select[Any])


class UTCDateTime(TypeDecorator[datetime]):
    """A moment.  SQLite drops time zones, so it is stored in UTC and given back with its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: use web.clock")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime, str: String}


class PortalSession(Session):
    """A session without savepoints.

    The audit chain, the edition and the register gather what a transaction changed; part of it
    undone would leave them telling of things that are not so.
    """

    def begin_nested(self) -> SessionTransaction:
        raise NotImplementedError("No savepoints here: commit, or roll the whole transaction back.")


class Database:
    """The engine, and how a session of it begins."""

    def __init__(self, url: str):
        self.engine = _engine(url)
        self.writer = self.engine.execution_options(begin="IMMEDIATE")
        self.pinned: Connection | None = None  # tests hold every session in one outer transaction

    def session(self, *, writes: bool) -> Session:
        """A session of its own: the caller commits and closes it."""
        if self.pinned is not None:
            return PortalSession(self.pinned, join_transaction_mode="create_savepoint")
        return PortalSession(self.writer if writes else self.engine)

    @contextmanager
    def whole(self) -> Iterator[Session]:
        """A session whose commits are steps of one transaction: all of it is kept, or nothing."""
        if self.pinned is not None:
            with self.session(writes=True) as session:
                yield session
            return
        with (
            self.writer.begin() as connection,
            PortalSession(connection, join_transaction_mode="create_savepoint") as session,
        ):
            yield session

    def snapshot(self) -> Session:
        """A reading session for which the database stands still, however long it reads."""
        session = self.session(writes=False)
        if self.pinned is None and self.engine.dialect.name != "sqlite":  # SQLite always does
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return session


def as_json(value: Any) -> str:
    """What ``json.dumps`` says, without what it costs for a text: the audit keeps one a field."""
    if type(value) is str:
        return encode_basestring_ascii(value)
    return str(value) if type(value) is int else json.dumps(value)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, json_serializer=as_json)
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"timeout": 30, "check_same_thread": False}, json_serializer=as_json
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(
        f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}"
    )


def database() -> Database:
    """The database of the running application."""
    found: Database = current_app.extensions["database"]
    return found


def db() -> Session:
    """The session of this request or command; it is rolled back and closed when that ends."""
    if "session" not in g:
        writes = not has_request_context() or request.method not in READING
        g.session = database().session(writes=writes)
    session: Session = g.session
    return session


def hold(session: Session, model: type[Row], key: Any) -> Row | None:
    """One row as it stands now, locked until the commit; None when there is none any more."""
    return session.get(model, key, with_for_update=True, populate_existing=True)


def holding(wanted: Wanted, *of: type[Base]) -> Wanted:
    """The same rows as they stand now, locked until the commit: what was read of them before is
    read again.  ``of``: which tables', where several are joined."""
    locked = wanted.with_for_update(of=of or None)
    return locked.execution_options(populate_existing=True)


def insert_many(
    connection: Connection, table: Any, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Rows with a value for each of these columns, by the driver's own executemany: what a
    statement costs per row is the columns' types alone."""
    told = list(zip(*rows, strict=True))
    if not told:
        return
    dialect = connection.dialect
    for place, name in enumerate(names):
        kind = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if kind is not None:
            told[place] = tuple(map(kind, told[place]))
    quoted = dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(names))
    statement = f"INSERT INTO {quoted.format_table(table)} ({columns}) VALUES ({marks})"  # noqa: S608
    connection.exec_driver_sql(statement, list(zip(*told, strict=True)))


def new_ids(connection: Connection, table: Any, count: int) -> list[int]:
    """Ids for rows that are to be inserted in this transaction."""
    if connection.dialect.name == "postgresql":
        drawn = text(
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        )
        given = {"name": table.name, "count": count}
        return list(connection.execute(drawn, given).scalars())
    last = connection.scalar(select(func.max(table.c.id))) or 0  # on SQLite nobody else writes now
    return list(range(last + 1, last + count + 1))


def let_go() -> None:
    """End this request's transaction, in which nothing was changed yet: what follows takes seconds.

    The next statement begins another one; what was loaded is then loaded anew.
    """
    session: Session | None = g.get("session")
    if session is None:
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed already: it would be lost.")
    session.rollback()


def close_session(_error: BaseException | None = None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
