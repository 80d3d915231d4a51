"""A portal with a shelf to put files on."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.client import PortalClient
from tests.conftest import settings_for_tests
from tests.web import probe
from tests.web.files import probe as shelf
from web.factory import create_app


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    yield from with_shelf(settings_for_tests(database_url))


def with_shelf(settings: object) -> Iterator[Flask]:
    app = create_app(settings, probe.part, shelf.part)
    app.test_client_class = PortalClient
    yield app
    app.extensions["database"].engine.dispose()
