"""What every test stands on: the real schema, one outer transaction a test, a client that lints.

The database is built by the migrations.  TEST_DATABASE=postgresql runs the same suite there.
"""

import gc
import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import Session

from tests.browser import browser, portal, signed, visit  # noqa: F401 - fixtures
from tests.client import PortalClient
from tools import postgres
from web import clock, migrate
from web.database import Database
from web.factory import create_app
from web.settings import load_settings

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")

SECRET = "a-secret-for-tests-only-not-for-anything-else"
NOW = datetime(2027, 3, 2, 10, 30, tzinfo=UTC)
"""A Tuesday."""
FILES = TemporaryDirectory(prefix="portal-files-")


def settings_for_tests(url: str, **more: object):
    usual = {
        "_env_file": None,
        "environment": "test",
        "DATABASE_URL": url,
        "secret_key": SECRET,
        "audit_key": SECRET[::-1],
        "site_url": "http://localhost",
        "mail_from": "portal@example.org",
        "files": FILES.name,
    }
    return load_settings(**{**usual, **more})


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL server for the whole run; each worker has a database of its own on it."""
    if os.environ.get("TEST_DATABASE") != "postgresql" or "TEST_SERVER" in os.environ:
        return
    if sentence := postgres.missing():
        pytest.exit(sentence, returncode=3)
    server = postgres.temporary_server()
    os.environ["TEST_SERVER"] = server.__enter__()
    config.add_cleanup(lambda: server.__exit__(None, None, None))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never opens this run's database says nothing of it: SQLite's run has it."""
    if "TEST_SERVER" not in os.environ:
        return
    left = [item for item in items if not _opens_the_database(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _opens_the_database(item)]


def _opens_the_database(item: pytest.Item) -> bool:
    """One of its fixtures asks for the server, or the test makes a database there by itself."""
    made_by = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
    asks = any("TEST_SERVER" in _source_of(fixture.func) for *_, fixture in made_by)
    return asks or "TEST_SERVER" in _text_of(item.path)


@cache
def _source_of(function: Callable[..., object]) -> str:
    return inspect.getsource(function)


@cache
def _text_of(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """A migrated database of this worker's own."""
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, f"portal_{worker_id}")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite'}"
    migrate.upgrade(url)
    return url


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(settings_for_tests(database_url))
    app.test_client_class = PortalClient
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """An empty database with its tables, to be copied: to migrate takes longer."""
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, f"migrated_{worker_id}")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('migrated') / 'portal.sqlite'}"
    migrate.upgrade(url)
    return url


@pytest.fixture
def own_app(migrated: str, fresh_database: str) -> Iterator[Flask]:
    """An application on an empty database of its own, where transactions are real."""
    url = fresh_database
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, f"parallel_{uuid4().hex[:12]}", like=migrated)
    else:
        shutil.copy(_file_of(migrated), _file_of(url))
    app = create_app(settings_for_tests(url))
    app.test_client_class = PortalClient
    yield app
    app.extensions["database"].engine.dispose()


def _file_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[datetime]:
    """Time stands still; a test moves it with clock.freeze."""
    clock.freeze(NOW)
    yield NOW
    clock.freeze(None)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session inside an outer transaction that is rolled back; the app's sessions join it."""
    database: Database = app.extensions["database"]
    with database.writer.connect() as connection:
        outer = connection.begin()
        database.pinned = connection
        try:
            with app.app_context(), database.session(writes=True) as session:
                yield session
        finally:
            database.pinned = None
            outer.rollback()


@pytest.fixture
def client(app: Flask, session: Session) -> PortalClient:
    """Somebody's browser, signed out.  ``client.sign_in(person)`` signs in."""
    return app.test_client()


@pytest.fixture
def fresh_database(tmp_path: Path) -> str:
    """The address of an empty, unmigrated SQLite file: for what must really commit."""
    return f"sqlite:///{tmp_path / 'portal.sqlite'}"
