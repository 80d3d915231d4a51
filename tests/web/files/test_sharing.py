"""One content of several owners is one object; it goes with the last of them, and never before."""

import hashlib
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.web.conftest import at_once
from tests.web.files import making
from web import clock
from web.files import removing, sending, sweeping
from web.files.models import StoredFile
from web.files.receiving import PREFIX, receive, scratch
from web.files.store import Missing, content_key
from web.jobs import run_due

CONTENT = b"What two clubs wrote in one word."


def take(app, content=CONTENT, by="system:tests"):
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        stored = receive(session, making.sent(content), by=by, at=NOW)
        session.commit()
        return stored.id


def throw(app, number):
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        removing.destroy(session, session.get_one(StoredFile, number), by="system:tests", at=NOW)
        session.commit()


def work(app, jobs):
    clock.freeze(clock.now() + timedelta(days=2))
    with app.app_context():
        return run_due(app.extensions["database"], list(jobs))


def row(app, number):
    with app.extensions["database"].session(writes=False) as session:
        return session.get_one(StoredFile, number)


def object_is_there(app, content=CONTENT):
    return app.extensions["files"].has(content_key(hashlib.sha256(content).hexdigest()))


def test_the_object_goes_with_its_last_owner(real):
    first, second = take(real), take(real)
    throw(real, first)
    work(real, removing.jobs)
    assert row(real, first).removed_at is not None
    assert object_is_there(real)
    throw(real, second)
    work(real, removing.jobs)
    assert not object_is_there(real)


def test_it_comes_again_after_it_went(real):
    first = take(real)
    throw(real, first)
    second = take(real)
    work(real, removing.jobs)
    assert object_is_there(real), "another owner came before the worker"
    throw(real, second)
    work(real, removing.jobs)
    third = take(real)
    with real.app_context():
        assert b"".join(sending.open_to_read(row(real, third))) == CONTENT


def test_pictures_of_pages_go_too(real):
    number = take(real, making.pdf(2))
    stored = row(real, number)
    throw(real, number)
    work(real, removing.jobs)
    with pytest.raises(Missing):
        real.extensions["files"].read(f"previews/{stored.sha256[:2]}/{stored.sha256}/1.webp")


def test_many_send_the_same_at_once(real):
    numbers = at_once(lambda _: take(real), 8)
    assert len(set(numbers)) == 8
    with real.app_context():
        for number in numbers:
            assert b"".join(sending.open_to_read(row(real, number))) == CONTENT


def test_removing_waits_for_whoever_is_sending_the_same(real):
    throw(real, take(real))
    with real.app_context(), real.extensions["database"].session(writes=True) as session:
        receive(session, making.sent(CONTENT), by="system:tests", at=NOW)
        removing_it = Thread(target=remove_all, args=(real,))
        removing_it.start()
        removing_it.join(0.5)
        assert removing_it.is_alive()
        session.commit()
    removing_it.join(20)
    assert object_is_there(real)


def test_sending_while_it_is_removed_never_leaves_a_row_without_its_bytes(real):
    def one(number):
        if number % 2:
            taken = take(real)
            with real.app_context():
                assert b"".join(sending.open_to_read(row(real, taken))) == CONTENT
            throw(real, taken)
        else:
            remove_all(real)

    at_once(one, 24)
    living = take(real)
    remove_all(real)
    with real.app_context():
        assert b"".join(sending.open_to_read(row(real, living))) == CONTENT


def remove_all(app):
    database = app.extensions["database"]
    with app.app_context():
        with database.session(writes=False) as session:
            numbers = removing.destroyed(session, NOW, 0)
        for number in numbers:
            with database.session(writes=True) as session:
                removing.remove(session, number, NOW)
                session.commit()


@pytest.fixture
def later(monkeypatch):
    """The sweep, as if it ran in three days."""
    moment = datetime.now(UTC) + timedelta(days=3)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr(sweeping, "datetime", Later)


def left_behind(app):
    """What a transaction that failed, and a check that was killed, leave."""
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        receive(session, making.sent(b"Nobody knows of this."), by="system:tests", at=NOW)
    place = scratch(app.extensions["settings"]) / f"{PREFIX}killed"
    place.mkdir(exist_ok=True)
    (place / "sent").write_bytes(b"x")
    return place


def test_what_nothing_refers_to_is_swept_after_a_day(real, later):
    number, place = take(real), left_behind(real)
    assert object_is_there(real, b"Nobody knows of this.")
    work(real, sweeping.jobs)
    assert not object_is_there(real, b"Nobody knows of this.")
    assert not place.exists()
    with real.app_context():
        assert b"".join(sending.open_to_read(row(real, number))) == CONTENT


def test_what_is_young_is_left(real):
    place = left_behind(real)
    work(real, sweeping.jobs)
    assert object_is_there(real, b"Nobody knows of this.")
    assert place.exists()


def test_every_step_of_a_file_is_in_the_chain(real):
    number = take(real)
    throw(real, number)
    work(real, removing.jobs)
    from web.audit import AuditEntry

    with real.extensions["database"].session(writes=False) as session:
        wanted = select(AuditEntry.verb).where(AuditEntry.subject == f"stored_file:{number}")
        assert session.scalars(wanted.order_by(AuditEntry.number)).all() == [
            "stored",
            "destroyed",
            "removed",
        ]
