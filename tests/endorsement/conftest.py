"""An organisation with the framework, and its people in browsers of their own."""

import pytest

from tests.builders import accounts
from tests.builders import quality as build
from tests.charter.conftest import nothing_kept  # noqa: F401 - public pages are kept here too

HERE = "/my/organisations/kites-youth-club/quality"


@pytest.fixture
def version(session):
    return build.framework(session)


@pytest.fixture
def organisation(session, version):
    return accounts.checked_organisation(session)


@pytest.fixture
def lead(organisation):
    return accounts.lead_of(organisation)


@pytest.fixture
def editor(session, organisation):
    return accounts.member(session, organisation, "editor", "Sam Reid")


@pytest.fixture
def viewer(session, organisation):
    return accounts.member(session, organisation, "viewer", "Vi Poole")


@pytest.fixture
def at_work(client, lead):
    client.sign_in(lead)
    return client


@pytest.fixture
def browser(app):
    def open_for(who):
        made = app.test_client()
        made.sign_in(who)
        return made

    return open_for
