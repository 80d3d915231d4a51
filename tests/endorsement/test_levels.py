"""The level that ratings reach, against a reading of the rules one standard at a time."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endorsement.framework.reading import read
from endorsement.gaps import gaps, waiting
from endorsement.levels import Standing, holds, levels_ahead, months_to_wait, reached
from tests.endorsement import shapes

pytestmark = pytest.mark.once

FILES = Path(__file__).resolve().parents[1] / "content"
INDICATORS, PILLARS = (read(FILES / f"{name}.toml") for name in ("indicators", "pillars"))
MANY = settings(max_examples=100, deadline=None)


def number(framework, level):
    return framework.levels.index(level) + 1 if level else 0


@MANY
@given(shapes.cases(most=8))
def test_the_level_is_what_the_words_of_the_rules_say(case):
    framework, ratings, left_out = case
    standing = shapes.standing(ratings, left_out)
    by_hand = shapes.level_by_hand(framework, ratings, left_out)
    assert number(framework, reached(framework, "full", standing)) == by_hand
    for level in framework.levels:
        for rule in level.rules:
            said = shapes.says(rule, framework, ratings, left_out)
            assert holds(framework, "full", rule, standing) == said


@MANY
@given(shapes.cases(most=8), st.data())
def test_a_higher_rating_never_lowers_the_level(case, data):
    framework, ratings, left_out = case
    before = reached(framework, "full", shapes.standing(ratings, left_out))
    key = data.draw(st.sampled_from(sorted(ratings)))
    higher = ratings | {key: data.draw(st.integers(ratings[key], framework.top))}
    after = reached(framework, "full", shapes.standing(higher, left_out))
    assert number(framework, after) >= number(framework, before)


@MANY
@given(shapes.cases(most=8))
def test_there_is_a_gap_exactly_where_a_level_is_not_reached(case):
    framework, ratings, left_out = case
    standing = shapes.standing(ratings, left_out)
    for level in framework.levels:
        found = gaps(framework, "full", level, standing)
        whole = all(shapes.says(rule, framework, ratings, left_out) for rule in level.rules)
        assert (found == []) == whole
        for gap in found:
            assert gap.short >= 1
            assert gap.sentence[-1] == "."
            assert all(ratings[s.key] < gap.rule.at for s in gap.standards)
    ahead = levels_ahead(framework, "full", standing)
    assert all(gaps(framework, "full", level, standing) for level in ahead)


def all_at(framework, value, **others):
    return Standing({s.key: value for s in framework.standards} | others)


def test_a_blank_counts_below_everything():
    blank = all_at(INDICATORS, 2, **{"S1-1": None})
    assert reached(INDICATORS, "everyone", blank) is None
    without = {k: v for k, v in blank.ratings.items() if k != "S1-1"}
    assert reached(INDICATORS, "everyone", Standing(without)) is None


@pytest.mark.parametrize(
    ("raised", "level"),
    [
        ((), "bronze"),
        (("S1-1", "S1-2", "S1-3"), "bronze"),
        (("S1-1", "S1-2", "S1-3", "S2-1", "S2-2", "S3-3"), "bronze"),
        (("S1-1", "S1-2", "S1-3", "S2-1", "S2-2", "S2-3"), "silver"),
        ([s.key for s in INDICATORS.standards[:-1]], "silver"),
        ([s.key for s in INDICATORS.standards], "gold"),
    ],
)
def test_where_every_indicator_counts(raised, level):
    standing = all_at(INDICATORS, 1, **dict.fromkeys(raised, 2))
    assert reached(INDICATORS, "everyone", standing).key == level
    assert reached(INDICATORS, "everyone", all_at(INDICATORS, 0)) is None


@pytest.mark.parametrize(
    ("low", "level"),
    [
        ((), "three-star"),
        (("Safe-1",), "three-star"),
        (("Safe-1", "Safe-2"), "three-star"),
        (("Safe-1", "Open-2"), "one-star"),
    ],
)
def test_where_six_of_seven_pillars_are_enough(low, level):
    standing = all_at(PILLARS, 3, **dict.fromkeys(low, 1))
    assert reached(PILLARS, "pillars", standing).key == level


def test_what_does_not_apply_falls_out_of_a_pillar_but_no_whole_pillar_is_given():
    framework = PILLARS
    low = {"Fair-1": 0, "Open-1": 0}
    standing = all_at(framework, 3, **low)
    assert reached(framework, "pillars", standing) is None
    one = Standing(standing.ratings, frozenset({"Fair-1"}))
    assert reached(framework, "pillars", one).key == "three-star"
    pillar = Standing(standing.ratings, frozenset({"Fair-1", "Fair-2"}))
    assert reached(framework, "pillars", pillar) is None


def test_an_essential_always_applies():
    low = all_at(PILLARS, 3, **{"Safe-2": 0, "Open-1": 0})
    assert reached(PILLARS, "pillars", Standing(low.ratings, frozenset({"Safe-2"}))) is None


def test_gaps_are_told_in_plain_sentences():
    silver = INDICATORS.levels[1]
    standing = all_at(INDICATORS, 1, **{"S1-1": 0, "S4-3": None})
    said = [gap.sentence for gap in gaps(INDICATORS, "everyone", silver, standing)]
    assert said == [
        "2 standards are below Established: Trust is built; Spaces are safe.",
        "2 more areas must be at Enhanced in all their standards. It asks for 2, and you have 0.",
    ]
    many = gaps(INDICATORS, "everyone", silver, all_at(INDICATORS, 0))[0].sentence
    assert many == (
        "12 standards are below Established: "
        "Trust is built; Choices are theirs; Groups are kind; and 9 more."
    )


COUNT = {
    "kind": "count",
    "at": 2,
    "count": 3,
    "in_area": {"B": 1},
    "whole_areas": ["A"],
    "each_area": 1,
}


def test_each_part_of_a_count_has_its_own_sentence():
    framework = shapes.framework({"A": 2, "B": 2}, [[COUNT]], essentials=("A1",))
    found = gaps(framework, "full", framework.levels[0], shapes.standing({"A1": 2, "A2": 1}))
    assert [(gap.what, gap.short) for gap in found] == [
        ("count", 2), ("in_area", 1), ("whole_area", 1), ("each_area", 1),
    ]  # fmt: skip
    assert [gap.sentence for gap in found] == [
        "2 more standards must be at In place. It asks for 3, and you have 1.",
        "1 more standard in “Area B” must be at In place.",
        "All of “Area A” must be at In place. Below it: Name A2.",
        "1 more standard in “Area B” must be at In place.",
    ]
    every = shapes.framework(
        {"A": 2}, [[{"kind": "every", "at": 1, "of": "essentials"}]], essentials=("A1",)
    )
    (gap,) = gaps(every, "full", every.levels[0], Standing({}))
    assert gap.sentence == "1 essential is below Started: Name A1."


def test_time_held_is_told_apart_from_ratings():
    gold = INDICATORS.levels[2]
    best = all_at(INDICATORS, 2)
    assert reached(INDICATORS, "everyone", best) is gold
    held = ({}, {"silver": 7}, {"silver": 12}, {"silver": 30})
    months = [months_to_wait(gold, Standing(best.ratings, held=one)) for one in held]
    assert months == [12, 5, 0, 0]
    standing = Standing(best.ratings, frozenset(), {"silver": 11})
    assert waiting(INDICATORS, gold, standing) == (
        "Silver must be held for 12 months first. It needs 1 month more."
    )
    assert waiting(INDICATORS, INDICATORS.levels[0], standing) == ""


def test_any_level_may_be_the_first_where_only_its_holder_must_wait():
    after = {"level": "l1", "months": 6, "needed": False}
    rule = [{"kind": "every", "at": 1}]
    framework = shapes.framework({"A": 1}, [rule, rule], after=None)
    level = framework.levels[1].model_copy(update={"after": None})
    level = type(level).model_validate(level.model_dump() | {"after": after}, strict=False)
    assert months_to_wait(level, Standing({})) == 0
    assert months_to_wait(level, Standing({}, held={"l1": 2})) == 4
    assert months_to_wait(level, Standing({}, held={"l1": 6})) == 0


def test_a_level_that_asks_nothing_is_not_reached_by_ratings():
    framework = shapes.framework({"A": 1}, [[], [{"kind": "every", "at": 1}]])
    assert reached(framework, "full", Standing({"A1": 0})) is None
    assert reached(framework, "full", Standing({"A1": 1})).key == "l2"
