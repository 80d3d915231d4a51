"""Who may be given a case: by their training, or by the day they were given until there is a
route."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from steering.current import BY_DAY, BY_TRAINING, NONE, NOT, Routes, basis

DAY = date(2027, 3, 2)
STOOD = datetime(2027, 2, 1, tzinfo=UTC)
ROUTES = Routes({"adult": STOOD}, frozenset({7}))
BEFORE, AFTER = STOOD - timedelta(days=1), STOOD + timedelta(days=1)
OVER = DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("routes", "person", "kind", "appointed", "until", "wanted"),
    [
        (NONE, 1, "adult", AFTER, DAY, BY_DAY),
        (NONE, 1, "adult", AFTER, OVER, NOT),
        (ROUTES, 7, "adult", AFTER, OVER, BY_TRAINING),
        (ROUTES, 7, "adult", BEFORE, DAY, BY_TRAINING),
        (ROUTES, 1, "adult", BEFORE, DAY, BY_DAY),
        (ROUTES, 1, "adult", BEFORE, OVER, NOT),
        (ROUTES, 1, "adult", AFTER, DAY, NOT),
        (ROUTES, 1, "young", AFTER, DAY, BY_DAY),
        (ROUTES, 7, "young", AFTER, OVER, NOT),
    ],
)
def test_what_they_are_current_by(routes, person, kind, appointed, until, wanted):
    term = SimpleNamespace(person_id=person, kind=kind, appointed_at=appointed, current_until=until)
    assert basis(term, DAY, routes) == wanted
