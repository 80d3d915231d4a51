"""A steering group to work with."""

import pytest

from tests.builders import group as groups


@pytest.fixture
def group(session):
    return groups.group(session)
