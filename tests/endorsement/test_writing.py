"""The way back from a framework to its file, and what changed between two of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endorsement.framework.changes import between
from endorsement.framework.reading import FrameworkError, check, read
from tests.endorsement import shapes
from tests.endorsement.test_loading import RETIRED, changed, without_the_last_standard
from web.settings import ROOT
from web.toml_writing import as_data, as_toml

pytestmark = pytest.mark.once

FILES = [
    ROOT / "content" / "framework.toml",
    ROOT / "tests" / "content" / "indicators.toml",
    ROOT / "tests" / "content" / "pillars.toml",
]
INDICATORS = read(FILES[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_written_reads_as_what_was_read(file):
    framework = read(file)
    assert read(as_toml(framework)) == framework
    assert check(as_data(framework)) == framework


def test_who_agreed_is_written_too():
    text = changed(('language = "en"', 'language = "en"\nagreed_by = "Us"\nagreed_on = 2027-03-03'))
    assert read(as_toml(read(text))) == read(text)


@settings(max_examples=60, deadline=None)
@given(shapes.small_frameworks(), st.text(min_size=1, max_size=60))
def test_any_words_and_any_rules_are_written(framework, words):
    data = as_data(framework)
    data["summary"] = words
    data["levels"][0]["award"] = False
    try:
        changed_one = check(data)
    except FrameworkError:
        return
    assert read(as_toml(changed_one)) == changed_one


def test_a_change_that_cannot_be_is_told_by_its_key():
    data = as_data(INDICATORS)
    data["levels"][1]["rules"][1]["count"] = 9
    with pytest.raises(FrameworkError) as caught:
        check(data)
    (problem,) = caught.value.problems
    assert (problem.key, problem.line) == ("levels[2].rules[2].count", 0)


def test_nothing_changed():
    found = between(INDICATORS, INDICATORS)
    assert not found.any
    assert {change.kind for change in found.standards} == {"kept"}


def test_what_is_new_changed_and_gone():
    newer = read(
        changed(
            ('name = "Trust is built"', 'name = "Trust is made"'),
            ("Emerging: choices are theirs.", "Nobody asks them."),
            ("count = 2", "count = 3"),
            ('meaning = "It has begun."', 'meaning = "A start is made."'),
            text=without_the_last_standard(retired=RETIRED + "\n"),
        )
    )
    found = between(INDICATORS, newer)
    by_key = found.by_key()
    assert (by_key["S1-1"].kind, by_key["S1-1"].asks_anew) == ("changed", False)
    assert (by_key["S1-2"].kind, by_key["S1-2"].asks_anew) == ("changed", True)
    assert [change.of.key for change in found.of("gone")] == ["S4-3"]
    (text,) = by_key["S1-1"].texts
    assert (text.label, text.was, text.now) == (
        "Its name", ["Trust is built"], ["Trust is made"],
    )  # fmt: skip
    silver = found.levels[1]
    assert silver.texts[0].now[1] == "At least 3 whole areas are at “Enhanced” or above."
    assert "The points" in {pair.label for pair in found.whole}
    back = between(newer, INDICATORS)
    assert [change.of.key for change in back.of("new")] == ["S4-3"]
