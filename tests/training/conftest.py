"""An organisation with people, and the pathways."""

import pytest

from tests.builders import accounts
from tests.builders import training as build
from web import publishing

TEAM = "/my/organisations/kites-youth-club/training"


@pytest.fixture(autouse=True)
def nothing_cached(app):
    """A rolled-back transaction leaves the edition's number to be used again."""
    app.extensions["publishing"].shelf = publishing.Shelf()


@pytest.fixture
def pathways(session):
    return build.pathways(session)


@pytest.fixture
def organisation(session, pathways):
    return accounts.checked_organisation(session)


@pytest.fixture
def lead(organisation):
    return accounts.lead_of(organisation)


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
