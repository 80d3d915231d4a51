"""The migrations with a county in the tables: a release goes up, back to any earlier one, and up.

What a later revision brought goes with it on the way down; what the first tables held stays.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select, table

from tests.client import PortalClient
from tests.conftest import settings_for_tests
from tests.county import copied
from tools import postgres
from web import clock, example, migrate
from web.database import Database
from web.factory import create_app
from web.settings import ROOT

FIRST = "0001"
DAY = datetime(2027, 3, 2)  # noqa: DTZ001 - as the command line gives it
STAYS = (
    "charter_version", "commitment", "invitation", "membership", "organisation", "person", "place",
    "pledge", "pledge_action", "pledge_project", "project",
)  # fmt: skip
"""Tables of the first revision that no later one may empty."""


@dataclass
class Living:
    """A database with the example county in it."""

    url: str
    app: Flask

    def counts(self) -> dict[str, int]:
        """Rows in each of the tables that stay."""
        database = Database(self.url)
        with database.engine.connect() as connection:
            found = {
                name: connection.scalar(select(func.count()).select_from(table(name)))
                for name in STAYS
            }
        database.engine.dispose()
        return found

    def answers(self) -> dict[str, int]:
        """Whether pages that read most of the tables work."""
        browser = PortalClient(self.app, self.app.response_class)
        browser.post_raw("/example/sign-in/officer", {})
        addresses = ("/", "/register", "/my/", "/team/", "/team/organisations")
        return {address: browser.get(address).status_code for address in addresses}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Living]:
    files = {}
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, f"portal_with_data_{worker_id}")
        migrate.upgrade(url)
    else:
        copy = copied(tmp_path_factory, tmp_path_factory.mktemp("with-data"), DAY)
        url, files = copy.url, {"files": copy.files}
    app = create_app(settings_for_tests(url, example=True, **files))
    app.test_client_class = PortalClient
    clock.freeze(None)
    if "TEST_SERVER" in os.environ:
        with app.app_context(), app.extensions["database"].session(writes=True) as session:
            example.load_county(session, as_of=DAY, say=lambda _: None)
    app.extensions["database"].engine.dispose()
    yield Living(url, app)
    app.extensions["database"].engine.dispose()


def revisions() -> list[str]:
    """Newest first, without the first."""
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    return [s.revision for s in scripts.walk_revisions() if s.revision != FIRST]


@pytest.mark.slow
def test_a_county_survives_the_way_down_and_up(living: Living) -> None:
    before = living.counts()
    assert all(before.values()), "the county fills each of them"
    for _ in revisions():
        migrate.downgrade(living.url, "-1")  # one by one: each must bear data
    assert living.counts() == before
    migrate.upgrade(living.url)
    assert living.counts() == before
    command.check(migrate.configuration(living.url))
    assert set(living.answers().values()) == {200}


@pytest.mark.slow
@pytest.mark.once  # the way up with data is above too, all at once
def test_a_county_of_the_first_release_comes_up_one_by_one(living: Living) -> None:
    migrate.downgrade(living.url, FIRST)
    before = living.counts()
    for revision in reversed(revisions()):
        migrate.upgrade(living.url, revision)
        assert living.counts() == before, revision
    assert set(living.answers().values()) == {200}
