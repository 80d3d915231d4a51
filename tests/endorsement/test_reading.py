"""A framework's file is read whole, or every mistake in it is told with its place and its mend."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endorsement.framework.reading import FrameworkError, read

pytestmark = pytest.mark.once

FILES = Path(__file__).resolve().parents[1] / "content"
INDICATORS, PILLARS = (FILES / f"{name}.toml" for name in ("indicators", "pillars"))
GOOD = INDICATORS.read_text("utf-8")
OTHER = PILLARS.read_text("utf-8")
BRONZE = 'looks = "Two people read it."\n'


def refused(text: str) -> FrameworkError:
    with pytest.raises(FrameworkError) as caught:
        read(text)
    return caught.value


def changed(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def test_two_frameworks_of_different_shape_are_read():
    indicators, pillars = read(INDICATORS), read(PILLARS)
    assert (len(indicators.areas), len(indicators.standards), len(indicators.levels)) == (4, 12, 3)
    assert (len(pillars.areas), len(pillars.standards), pillars.top) == (7, 14, 3)
    assert indicators.levels[2].after.months == 12
    assert pillars.may_not_apply(pillars.by_key["Fair-1"])
    assert not pillars.may_not_apply(pillars.by_key["Safe-1"])


def test_a_text_reads_as_its_file_does():
    assert read(GOOD) == read(INDICATORS)


def test_the_fingerprint_is_of_what_is_said():
    assert read("# a comment\n" + GOOD).fingerprint == read(GOOD).fingerprint
    said = changed(GOOD, "Choices are theirs", "Choices are made")
    assert read(said).fingerprint != read(GOOD).fingerprint


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (GOOD, 'code = "indicators-1"', 'code = "in/1"', 'code: "in/1" is not a name for an address'),
        (GOOD, 'code = "indicators-1"', 'code = "in-"', '"in-" is not a name for an address'),
        (GOOD, 'language = "en"', 'language = "en"\nagreed_by = "Us"', "agreed_by: stands alone"),
        (GOOD, 'language = "en"', 'language = "en"\nagreed_on = 2027-03-03', "agreed_on: stands alone"),
        (GOOD, 'key = "S1-2"', 'key = "s1-1"', 'standards[2].key: "s1-1" is taken by standards[1]'),
        (GOOD, 'key = "S2"', 'key = "s1"', "is taken by areas[1]"),
        (GOOD, 'key = "silver"', 'key = "bronze"', "is taken by levels[1]"),
        (GOOD, "value = 2", "value = 3", "scale[3].value: is 3, and this is point 2 of the scale"),
        (GOOD, 'area = "S1"', 'area = "s1"', 'there is no area "s1". Did you mean S1?'),
        (GOOD, '[[standards]]\nkey = "S1-1"', '[[areas]]\nkey = "S9"\nname = "N"\nabout = "A"\n\n[[standards]]\nkey = "S1-1"', 'no standard is in area "S9"'),
        (GOOD, '  "Enhanced: trust is built.",\n', "", "descriptors: has 2, and the scale has 3 points"),
        (GOOD, 'questions = ["Do you', 'essential = true\nquestions = ["Do you', "template: is missing, and this standard is an essential"),
        (GOOD, 'name = "Everyone"', 'name = "Everyone"\nstandards = ["S1-1", "S9-9"]', 'tracks[1].standards: there is no standard "S9-9"'),
        (GOOD, 'name = "Everyone"', 'name = "Everyone"\nstandards = "most"', 'is neither "all" nor a list of codes'),
        (GOOD, 'name = "Everyone"', 'name = "Everyone"\nstandards = ["S1-1", "S1-1"]', 'names "S1-1" twice'),
        (GOOD, 'name = "Everyone"', 'name = "Everyone"\nstandards = []', "tracks[1].standards: is empty"),
        (GOOD, 'language = "en"', 'language = "en"\nsmall_track_questions = ["Small?"]', "leads to the last of several tracks"),
        (GOOD, 'language = "en"', 'language = "en"\nyoung_assessors_read = ["S1", "S9"]', 'young_assessors_read: there is no area "S9"'),
        (GOOD, BRONZE, BRONZE + 'tracks = ["small"]\n', 'levels[1].tracks: there is no track "small"'),
        (GOOD, 'kind = "every"', 'kind = "each"', "levels[1].rules[1].kind"),
        (GOOD, 'kind = "every"', 'kind = "every"\ncount = 3', 'count: does not fit kind = "every"'),
        (GOOD, 'kind = "every"', 'kind = "count"', "levels[1].rules[1].count: is missing"),
        (GOOD, "at = 1", "at = 3", "at: is 3, and the scale ends at 2"),
        (GOOD, 'kind = "every"', 'kind = "every"\nof = ["S1-1", "S1-7"]', 'of: there is no standard "S1-7"'),
        (GOOD, 'kind = "every"', 'kind = "every"\nof = "essentials"', "of: speaks of no standard on track"),
        (GOOD, 'kind = "every"', 'kind = "every"\nof = "some"', 'is neither "all" or "essentials" nor'),
        (GOOD, "count = 2", "count = 5", "count: can never hold: it asks for 5 of 4"),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 13', "it asks for 13 of 12 on track"),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\nin_area = { S1 = 4 }', "in_area.S1: can never hold: it asks for 4 of 3 in area S1"),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\nin_area = { S1 = 0 }', "in_area.S1: is 0"),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\nin_area = { S8 = 1 }', 'there is no area "S8"'),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\nwhole_areas = ["S8"]', 'there is no area "S8"'),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\nof = ["S1-1", "S1-2", "S1-3"]\nwhole_areas = ["S2"]', "speaks of no standard in area S2"),
        (GOOD, 'kind = "every"', 'kind = "count"\ncount = 3\neach_area = 4', "it asks for 4 of 3 in the smallest area"),
        (GOOD, 'kind = "areas"', 'kind = "areas"\neach_area = 1', 'does not fit kind = "areas"'),
        (GOOD, 'after = { level = "silver"', 'after = { level = "gold"', '"gold" is no level that stands before'),
        (GOOD, '[["Look around", "S1-1"', '[["Look around", "S1-0"', 'first_steps[1]: there is no standard "S1-0"'),
        (GOOD, '["Write it down"]', "[]", "first_steps[2]: is empty"),
        (OTHER, 'kind = "areas"\nat = 1\ncount = 6\n', "", "levels[1].rules"),
        (OTHER, "count = 6", "count = 8", "it asks for 8 of 7"),
        (OTHER, 'name = "Open"', 'nome = "Open"', "Did you mean name?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_its_mend(text, old, new, said):
    wrong = refused(changed(text, old, new))
    assert said in str(wrong)
    assert all(problem.mend and problem.line for problem in wrong.problems)


def test_the_line_is_that_of_the_key():
    text = changed(GOOD, "count = 2", "count = 5")
    (problem,) = refused(text).problems
    assert text.splitlines()[problem.line - 1] == "count = 5"


SMALL = """
[[tracks]]
key = "small"
name = "Small"
meaning = "For small groups."
standards = ["S1-1", "S2-1"]

[[levels]]
key = "bronze"
"""


def test_a_rule_that_cannot_hold_on_one_track_is_told_with_the_track():
    text = changed(GOOD, '[[levels]]\nkey = "bronze"\n', SMALL)
    assert len(read(text).on_track("small")) == 2
    one = changed(text, 'standards = ["S1-1", "S2-1"]', 'standards = ["S1-1"]')
    assert 'it asks for 2 of 1 on track "small"' in str(refused(one))


def test_a_level_that_needs_one_a_track_cannot_reach_is_refused():
    text = changed(GOOD, '[[levels]]\nkey = "bronze"\n', SMALL)
    text = changed(text, 'key = "silver"\n', 'key = "silver"\ntracks = ["everyone"]\n')
    assert '"silver" must have been held, and track "small" cannot reach it' in str(refused(text))


def test_rules_of_no_track_of_the_level_are_refused():
    text = changed(GOOD, '[[levels]]\nkey = "bronze"\n', SMALL + 'tracks = ["everyone"]\n')
    text = changed(text, 'kind = "every"\nat = 1\n', 'kind = "every"\nat = 1\ntracks = ["small"]\n')
    assert "are none of the tracks that may reach this level" in str(refused(text))


@pytest.mark.parametrize(
    "text", ["", "code =", "\0", "[" * 5000, "x = 1", "standards = 3", "levels = [1, {rules = 2}]"]
)
def test_what_is_no_framework_is_refused_in_a_sentence(text):
    assert "cannot be used" in str(refused(text))


def test_a_file_that_is_not_there():
    with pytest.raises(FrameworkError, match="there is no such file"):
        read(FILES / "nowhere.toml")


def test_every_mistake_is_told_at_once():
    bad = changed(changed(GOOD, 'area = "S2"', 'area = "X"'), "count = 2", "count = 50")
    assert len(refused(bad).problems) == 2


VALUES = [
    "3",
    "-1",
    "true",
    '"all"',
    '["S1-1", 3]',
    "[]",
    "{}",
    "{ S1 = true }",
    '""',
    "[[1]]",
    "1.5",
    "2027-03-03",
]
KEYS = sorted({m[1] for m in re.finditer(r"^(\w+) =", GOOD + OTHER, re.M)})


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(VALUES), st.integers(0, 40))
def test_any_value_in_any_place_is_read_or_refused(key, value, which):
    """Never anything but a framework or a FrameworkError."""
    places = list(re.finditer(rf"^{key} = .*$", GOOD, re.M))
    if not places:
        return
    place = places[which % len(places)]
    text = GOOD[: place.start()] + f"{key} = {value}" + GOOD[place.end() :]
    try:
        tomllib.loads(text)
        read(text)
    except (FrameworkError, tomllib.TOMLDecodeError):
        pass
