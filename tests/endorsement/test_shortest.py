"""The shortest way to a level, against all ways there are."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from endorsement.framework.reading import read
from endorsement.levels import Standing, reaches
from endorsement.shortest import way_to
from tests.endorsement import shapes

pytestmark = pytest.mark.once

FILES = Path(__file__).resolve().parents[1] / "content"
INDICATORS, PILLARS = (read(FILES / f"{name}.toml") for name in ("indicators", "pillars"))


def taken(ratings, way):
    return ratings | {step.standard.key: step.to for step in way.steps}


@settings(max_examples=100, deadline=None)
@given(shapes.cases(most=5))
def test_the_way_is_the_best_of_all_ways(case):
    framework, ratings, left_out = case
    standing = shapes.standing(ratings, left_out)
    for level in framework.levels:
        all_ways = shapes.ways_by_hand(framework, level, ratings, left_out)
        way = way_to(framework, "full", level, standing)
        if way is None:
            assert all_ways == []
            continue
        after = shapes.standing(taken(ratings, way), left_out)
        assert reaches(framework, "full", level, after)
        by_key = {step.standard.key: step.points for step in way.steps}
        order = [-by_key.get(s.key, 0) for s in framework.standards]
        assert all_ways[0] == (way.points, len(way.steps), order)


@settings(max_examples=40, deadline=None)
@given(shapes.cases(most=9))
def test_the_same_question_has_the_same_answer(case):
    framework, ratings, left_out = case
    level, standing = framework.levels[-1], shapes.standing(ratings, left_out)
    first, again = (way_to(framework, "full", level, standing) for _ in range(2))
    assert first == again
    if first and first.steps:
        short = Standing(taken(ratings, first) | {first.steps[0].standard.key: None}, left_out)
        assert not reaches(framework, "full", level, short)


def all_at(framework, value, **others):
    return Standing({s.key: value for s in framework.standards} | others)


def told(way):
    return [(step.standard.key, step.before, step.to) for step in way.steps]


def test_to_the_six_nearest_pillars():
    standing = all_at(PILLARS, 2, **{"Safe-1": 0, "Fair-1": 1, "Open-2": 1})
    two_star = PILLARS.levels[1]
    assert told(way_to(PILLARS, "pillars", two_star, standing)) == [
        ("Fair-1", 1, 2), ("Open-2", 1, 2),
    ]  # fmt: skip


def test_two_whole_standards_of_three_indicators():
    standing = all_at(INDICATORS, 1, **{"S2-1": 2, "S4-1": 2, "S4-2": 2, "S3-3": None})
    silver = INDICATORS.levels[1]
    assert told(way_to(INDICATORS, "everyone", silver, standing)) == [
        ("S2-2", 1, 2), ("S2-3", 1, 2), ("S3-3", None, 1), ("S4-3", 1, 2),
    ]  # fmt: skip


def test_no_way_is_needed_to_where_one_stands_and_none_leads_where_ratings_do_not():
    gold = INDICATORS.levels[2]
    assert way_to(INDICATORS, "everyone", gold, all_at(INDICATORS, 2)).steps == ()
    two = [[{"kind": "count", "at": 1, "count": 2}], []]
    framework = shapes.framework({"A": 2}, two)
    assert way_to(framework, "full", framework.levels[1], Standing({})) is None
    out = Standing({}, frozenset({"A2"}))
    assert way_to(framework, "full", framework.levels[0], out) is None


def test_fewer_standards_come_before_the_order():
    """Two points in one, rather than a point in each of two."""
    rules = [
        {"kind": "count", "at": 1, "count": 1, "of": ["A1", "A3"]},
        {"kind": "count", "at": 2, "count": 1, "of": ["A2", "A3"]},
    ]
    framework = shapes.framework({"A": 3}, [rules])
    standing = Standing({"A1": 0, "A2": 1, "A3": 0})
    assert told(way_to(framework, "full", framework.levels[0], standing)) == [("A3", 0, 2)]


@pytest.mark.parametrize("many", [200])
def test_two_hundred_standards(many):
    areas = dict.fromkeys("ABCDEFGHIJ", many // 10)
    rules = [{"kind": "every", "at": 1}, {"kind": "count", "at": 3, "count": 60, "each_area": 2}]
    framework = shapes.framework(areas, [rules], top=3)
    way = way_to(framework, "full", framework.levels[0], Standing({}))
    assert (way.points, len(way.steps)) == (200 + 2 * 60, 200)
    assert [step.to for step in way.steps[:20]] == [3] * 20
