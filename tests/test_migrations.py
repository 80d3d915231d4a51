"""The migrations make the tables that the models describe, and can be undone."""

import os
import re

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import inspect

from tools import postgres
from web import migrate
from web.database import Base, Database
from web.settings import ROOT


@pytest.fixture
def url(fresh_database, worker_id):
    if server := os.environ.get("TEST_SERVER"):
        return postgres.create_database(server, f"portal_migrations_{worker_id}")
    return fresh_database


@pytest.fixture
def tables(url):
    database = Database(url)
    yield lambda: set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    database.engine.dispose()


def test_up_and_down_and_up_again(url, tables):
    migrate.upgrade(url)
    assert tables() == set(Base.metadata.tables)
    migrate.downgrade(url, "base")
    assert tables() == set()
    migrate.upgrade(url)
    assert tables() == set(Base.metadata.tables)


def test_the_newest_schema_is_the_models(url):
    migrate.upgrade(url)
    try:
        command.check(migrate.configuration(url))
    except CommandError as error:
        pytest.fail(f"make a migration: {error}")


def test_a_database_knows_whether_it_is_at_the_newest(url):
    database = Database(url)
    assert not migrate.is_newest(database.engine)
    migrate.upgrade(url)
    assert migrate.is_newest(database.engine)
    database.engine.dispose()


def test_there_is_one_line_of_migrations():
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert len(scripts.get_heads()) == 1
    names = sorted(file.name for file in (ROOT / "migrations" / "versions").glob("*.py"))
    assert all(re.match(r"\d{4}_\w+\.py", name) for name in names), "numbered"


def test_every_constraint_has_the_name_that_the_convention_gives(url):
    migrate.upgrade(url)
    database = Database(url)
    found = inspect(database.engine)
    wanted = {"pk": "get_pk_constraint", "fk": "get_foreign_keys", "uq": "get_unique_constraints"}
    for table in Base.metadata.tables:
        for short, method in wanted.items():
            constraints = getattr(found, method)(table)
            for constraint in [constraints] if short == "pk" else constraints:
                assert constraint["name"].startswith(f"{short}_{table}"), (table, constraint)
        for check in found.get_check_constraints(table):
            assert check["name"].startswith(f"ck_{table}_"), (table, check)
        for index in found.get_indexes(table):
            assert index["name"].startswith(("ix_", "uq_")), (table, index)
    database.engine.dispose()
