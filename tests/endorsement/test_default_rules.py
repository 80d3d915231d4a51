"""The levels of the default framework (its rules as the scheme wrote them), case by case."""

import pytest

from endorsement.framework.reading import read
from endorsement.levels import Standing, reached
from endorsement.shortest import way_to
from web.settings import ROOT

pytestmark = pytest.mark.once

ESSENTIALS = ("A1", "A2", "A3", "C1", "E1", "E2", "F1", "F2")
SMALL = (*ESSENTIALS, "B1", "B2", "D1", "G3")
DEFAULT = read(ROOT / "content" / "framework.toml")
LEVELS = DEFAULT.level_by_key
FOUNDATION, ESTABLISHED, EXCELLENT = "foundation", "established", "excellent"
AT_3 = ["A1", "A2", "B1", "B2", "B3", "C1", "C2", "D1", "D2", "E1", "E2", "F1", "G1", "G2"]


def level(track="full", rest=2, left_out=(), **ratings):
    said = dict.fromkeys(DEFAULT.by_key, rest) | ratings
    found = reached(DEFAULT, track, Standing(said, frozenset(left_out)))
    return found.key if found else None


def threes(*keys):
    return dict.fromkeys(keys, 3)


@pytest.mark.parametrize(
    ("rest", "ratings", "expected"),
    [
        (0, {}, None),
        (None, {}, None),
        (1, {}, None),
        (1, dict.fromkeys(ESSENTIALS, 2), FOUNDATION),
        (1, dict.fromkeys(ESSENTIALS, 2) | {"G2": 0}, None),
        (1, dict.fromkeys(ESSENTIALS, 2) | {"G2": None}, None),
        (3, {"E2": 1}, None),  # essentials are never averaged
        (2, {}, FOUNDATION),
        (2, threes("A1", "A2", "C1", "D1"), FOUNDATION),
        (2, threes("A1", "A2", "C1", "D1", "E1"), FOUNDATION),  # five, none of them in B
        (2, threes("A1", "A2", "C1", "D1", "B3"), ESTABLISHED),
        (2, threes("B1", "B2", "B3", "D1", "A1") | {"G1": 1}, FOUNDATION),
        (2, threes(*AT_3), EXCELLENT),
        (2, threes(*AT_3[1:]), ESTABLISHED),  # thirteen
        (2, threes(*AT_3) | {"B3": 2, "G3": 3}, ESTABLISHED),  # fourteen, not all of B
        (2, threes(*AT_3) | {"F1": 2, "G3": 3}, ESTABLISHED),  # fourteen, none in F
        (3, {"G1": 1}, FOUNDATION),
        (3, {}, EXCELLENT),
    ],
)
def test_the_full_track(rest, ratings, expected):
    assert level(rest=rest, **ratings) == expected


@pytest.mark.parametrize(
    ("rest", "ratings", "expected"),
    [
        (1, dict.fromkeys(ESSENTIALS, 2), FOUNDATION),
        (2, threes("A1", "A2", "A3", "C1", "E1", "E2", "B1", "B2"), EXCELLENT),
        (2, threes("A1", "A2", "A3", "C1", "E1", "E2", "F1", "B1"), FOUNDATION),
        (2, threes("A1", "A2", "A3", "C1", "E1", "B1", "B2"), FOUNDATION),  # seven
        (2, threes("A1", "A2", "A3", "C1", "E1", "E2", "B1", "B2") | {"C2": None}, EXCELLENT),
    ],
)
def test_the_small_track(rest, ratings, expected):
    """What is not on the track is not asked for."""
    assert level("small", rest=rest, **ratings) == expected


def test_what_does_not_apply_is_left_out_of_every_and_counts_stay_absolute():
    low = threes("A1", "A2", "C1", "D1", "B3") | {"G1": None}
    assert level(**low) is None
    assert level(left_out=["G1"], **low) == ESTABLISHED
    thirteen = threes(*AT_3[1:]) | {"A1": None}
    assert level(left_out=["A1"], **thirteen) is None  # never an essential
    assert level(left_out=["B3"], **threes(*AT_3) | {"B3": 0}) is None  # nor one of B
    assert level(left_out=["G3"], **threes(*AT_3[1:]) | {"G3": None}) == ESTABLISHED


def told(way):
    return {step.standard.key: step.to for step in way.steps}


def test_the_shortest_way_from_a_plain_two():
    standing = Standing(dict.fromkeys(DEFAULT.by_key, 2) | {"G3": 1})
    established = way_to(DEFAULT, "full", LEVELS[ESTABLISHED], standing)
    assert told(established) == threes("A1", "A2", "A3", "B1", "G3")  # G3 is raised anyway
    excellent = way_to(DEFAULT, "full", LEVELS[EXCELLENT], standing)
    assert (excellent.points, len(excellent.steps)) == (15, 14)
    assert {"B1", "B2", "B3"} <= set(told(excellent))
    assert {key[0] for key, to in told(excellent).items() if to == 3} == set("ABCDEFG")


def test_the_shortest_way_of_a_small_group_with_nothing_yet():
    foundation = way_to(DEFAULT, "small", LEVELS[FOUNDATION], Standing({}))
    assert told(foundation) == dict.fromkeys(ESSENTIALS, 2) | dict.fromkeys(
        ("B1", "B2", "D1", "G3"), 1
    )
