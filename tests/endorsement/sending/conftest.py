"""An organisation that is ready to send, and its people in browsers of their own."""

import pytest

from tests.builders import charter as pledges
from tests.builders import sending as build
from tests.charter.counting import statements


@pytest.fixture
def club(session):
    return pledges.club(session, name="Kites")


@pytest.fixture
def ready(session, club):
    return build.ready(session, club)


@pytest.fixture
def lead(club):
    return pledges.lead_of(club)


@pytest.fixture
def at_work(client, lead):
    client.sign_in(lead)
    return client


@pytest.fixture
def counted(app):
    """How many statements a page takes."""

    def count(client, address):
        with statements(app) as said:
            client.page(address)
        return len(said)

    return count
