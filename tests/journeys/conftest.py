"""Journeys take place now, on the running example county (tests/browser.py)."""

import pytest

from web import clock


@pytest.fixture(autouse=True)
def still_clock() -> None:
    """The clock runs."""
    clock.freeze(None)
