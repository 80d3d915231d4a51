"""For the shared core's tests: the probe's views, and an application that really commits."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.client import PortalClient
from tests.conftest import settings_for_tests
from tests.web import probe
from tools import postgres
from web import migrate, unchanging
from web.database import Base, Database
from web.factory import create_app


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    yield from _portal(settings_for_tests(database_url))


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    probe.asked.clear()


@pytest.fixture(autouse=True)
def versions_may_change() -> Iterator[None]:
    """The core's tests take a charter version for any audited and public row, and rename it."""
    event.remove(Session, "before_flush", unchanging.refuse)
    yield
    event.listen(Session, "before_flush", unchanging.refuse)


@pytest.fixture(scope="session")
def real_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """A database in which tests may really commit."""
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, f"portal_real_{worker_id}")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('real') / 'real.sqlite'}"
    migrate.upgrade(url)
    return url


@pytest.fixture
def empty_url(real_url: str) -> Iterator[str]:
    yield real_url
    database = Database(real_url)
    with database.writer.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(text(f'DELETE FROM "{table.name}"'))
    database.engine.dispose()


@pytest.fixture
def real(empty_url: str) -> Iterator[Flask]:
    """A portal whose transactions commit: for threads and processes.  Emptied afterwards."""
    yield from _portal(settings_for_tests(empty_url))


def portal_with(url: str, **settings: Any) -> Iterator[Flask]:
    yield from _portal(settings_for_tests(url, **settings))


def _portal(settings: Any) -> Iterator[Flask]:
    app = create_app(settings, probe.part)
    app.test_client_class = PortalClient
    yield app
    app.extensions["database"].engine.dispose()


def at_once(work: Any, times: int, threads: int = 8) -> list[Any]:
    """Call ``work(number)`` so many times from so many threads; what each returned."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(times)))
