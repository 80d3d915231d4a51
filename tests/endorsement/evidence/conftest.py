"""A club, its lead, and the framework the portal starts with."""

import pytest

from endorsement import versions
from endorsement.framework.reading import read
from tests.builders import accounts, people
from tests.conftest import NOW
from web.settings import ROOT

FRAMEWORK = read(ROOT / "content" / "framework.toml")


@pytest.fixture
def lead(session):
    return people.person(session, "Lena Lead")


@pytest.fixture
def club(session, lead):
    versions.publish(session, FRAMEWORK, by="system:test", at=NOW)
    return accounts.checked_organisation(session, lead, name="Kites")


@pytest.fixture
def mine(client, club, lead):
    """The lead's browser."""
    client.sign_in(lead)
    return client


@pytest.fixture
def home(club):
    return f"/my/organisations/{club.slug}/quality/evidence"
