"""Who is told that something waits for a young person."""

import pytest

from steering.youth.waits import chosen


@pytest.mark.parametrize(
    ("own", "tied", "wanted"),
    [(1, (), 1), (1, (2,), 1), (1, (1,), 2), (1, (1, 2), 3), (1, (1, 2, 3), None)],
)
def test_their_own_supporter_unless_a_tie_replaces_them(own, tied, wanted):
    assert chosen(own, (1, 2, 3), tied, turn=0) == wanted


def test_those_who_stand_in_take_turns():
    assert {chosen(1, (1, 2, 3), (1,), turn) for turn in range(4)} == {2, 3}
