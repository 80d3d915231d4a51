"""Moments keep their zone, and parallel writers lose nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, StatementError

from tests.conftest import NOW
from tests.web import probe
from tests.web.conftest import at_once
from web.database import Database, close_session, db
from web.limits import AttemptCount
from web.parking import ParkedForm

WRITES = 200


def parked(moment, **more):
    return ParkedForm(person_id=1, path="/", typed={}, parked_at=moment, **more)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 28, 0, 59, 59, 999_999, tzinfo=UTC),
        datetime(2027, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_a_moment_comes_back_as_it_was_in_utc(session, moment):
    session.add(parked(moment))
    session.commit()
    session.expire_all()
    back = session.scalars(select(ParkedForm.parked_at)).one()
    assert back == moment
    assert back.utcoffset() == timedelta(0)
    assert session.scalar(select(ParkedForm).where(ParkedForm.parked_at == moment))


def test_a_moment_without_a_zone_is_refused(session):
    session.add(parked(datetime(2027, 3, 2, 10, 30)))  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match=r"has no time zone: use web\.clock"):
        session.flush()


def test_a_foreign_key_must_be_there(session):
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        session.execute(
            text("INSERT INTO audit_value (entry_number, field, after) VALUES (99, 'x', 'null')")
        )


def test_no_savepoints(session):
    with pytest.raises(NotImplementedError, match="roll the whole transaction back"):
        session.begin_nested()


def test_what_was_not_committed_is_undone_when_the_request_ends(real):
    with real.test_request_context(method="POST"):
        db().add(parked(NOW))
        db().flush()
        close_session()
        assert db().scalars(select(ParkedForm)).all() == []


def test_a_snapshot_sees_one_moment(real):
    database = real.extensions["database"]
    with database.snapshot() as reading, database.session(writes=True) as writing:
        assert reading.scalars(select(ParkedForm)).all() == []
        writing.add(parked(NOW))
        writing.commit()
        assert reading.scalars(select(ParkedForm)).all() == []


def start_count(app):
    with app.extensions["database"].session(writes=True) as session:
        session.add(AttemptCount(kind="probe", whose="all", window=NOW, count=0))
        session.commit()


def final_count(app):
    with app.extensions["database"].session(writes=False) as session:
        return session.scalars(select(AttemptCount.count)).all()


def poster(app, address):
    """Each thread a browser of its own: one post a call."""
    clients = [app.test_client() for _ in range(8)]
    tokens = [client.token() for client in clients]

    def post(number: int) -> int:
        client, token = clients[number % 8], tokens[number % 8]
        return client.post(address, data={"csrf_token": token, "who": "sam"}).status_code

    return post


def test_200_requests_at_once_that_read_then_write_lose_nothing(real):
    """On SQLite a plain read-then-write; on PostgreSQL that needs a locked row (next test)."""
    if real.extensions["database"].engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")
    start_count(real)
    assert at_once(poster(real, "/probe/count"), WRITES) == [200] * WRITES
    assert final_count(real) == [WRITES]


def test_200_attempts_at_once_are_all_counted(real):
    """Also the first ones, when there is no row to lock yet."""
    answers = at_once(poster(real, "/probe/try"), WRITES)
    assert final_count(real) == [WRITES, WRITES]  # for the connection, and for the account
    most = real.extensions["settings"].attempts_per_account
    assert sorted(answers) == [200] * most + [429] * (WRITES - most)


def test_why_writers_begin_at_once(tmp_path):
    """SQLite refuses, without waiting, a transaction that read before another wrote."""
    database = Database(f"sqlite:///{tmp_path / 'small.sqlite'}")
    with database.writer.begin() as connection:
        connection.execute(text("CREATE TABLE counted (n INTEGER)"))
        connection.execute(text("INSERT INTO counted VALUES (0)"))
    more = text("UPDATE counted SET n = n + 1")
    with database.engine.connect() as deferred:
        deferred.execute(text("SELECT n FROM counted")).all()
        with database.writer.begin() as other:
            other.execute(more)
        with pytest.raises(OperationalError, match="database is locked"):
            deferred.execute(more)
    with database.writer.begin() as connection:  # what every writing request does
        connection.execute(text("SELECT n FROM counted")).all()
        connection.execute(more)
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM counted")) == 2
    database.engine.dispose()


def test_a_writing_request_takes_the_lock_before_it_reads(real):
    database = real.extensions["database"]
    if database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only")
    begun = []
    with real.test_request_context(method="POST"):
        probe.asked.clear()
        connection = db().connection()
        begun.append(connection.get_execution_options().get("begin"))
        close_session()
    with real.test_request_context(method="GET"):
        begun.append(db().connection().get_execution_options().get("begin"))
    assert begun == ["IMMEDIATE", None]
