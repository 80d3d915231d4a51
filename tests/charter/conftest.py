"""Public pages are kept between requests; tests must not read each other's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.client import PortalClient
from tests.conftest import NOW
from web import clock, publishing


@pytest.fixture(autouse=True)
def nothing_kept(app):
    """An empty shelf: a rolled-back transaction leaves the edition's number to be used again."""
    layer = app.wsgi_app
    while not isinstance(layer, publishing.Publishing):
        layer = getattr(layer, "app", None) or layer.application
    layer.shelf = publishing.Shelf()


@contextmanager
def standing(app: Flask, build: Callable[[Session], object]) -> Iterator[PortalClient]:
    """A browser on what ``build`` made: for a module whose tests only read, so it is made once."""
    clock.freeze(NOW)
    database = app.extensions["database"]
    with database.writer.connect() as connection:
        outer = connection.begin()
        database.pinned = connection
        try:
            with app.app_context(), database.session(writes=True) as session:
                build(session)
                session.commit()
            yield app.test_client()
        finally:
            database.pinned = None
            outer.rollback()
