"""A pathways file is read whole, or every mistake in it is told with its place and its mend."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.pathways.reading import PathwaysError, read

pytestmark = pytest.mark.once

GOOD = """
code = "one"
title = "Learning"
summary = "What we learn."
language = "en"

[[stages]]
key = "first"
name = "First"
for_whom = "All."
about = "You may begin."

[[modules]]
key = "A"
stage = "first"
name = "Beginning"
about = ["What it is."]
how = "Ask."
valid_months = 12

[[modules]]
key = "B"
stage = "first"
name = "Going on"
about = ["What comes then."]
how = "Ask again."
needs = ["A"]
renews = ["A"]

[[modules]]
key = "C"
name = "Visiting"
about = ["Where to look."]
how = "Come along."
qualification = true

[[roles]]
key = "worker"
name = "Worker"
about = "You work."
stages = ["first"]

[[routes]]
key = "side"
name = "Besides"
about = "For some."
[[routes.steps]]
key = "visitor"
name = "Visitor"
about = "You visit."
modules = ["C"]
"""


def refused(text: str) -> PathwaysError:
    with pytest.raises(PathwaysError) as caught:
        read(text)
    return caught.value


def changed(old, new, text=GOOD):
    assert old in text
    return text.replace(old, new, 1)


def test_pathways_of_another_shape_are_read():
    found = read(GOOD)
    assert (found.asked_of("worker"), found.asked_at("visitor")) == ({"A", "B"}, {"C"})
    assert found.by_key["C"].once
    assert not found.by_key["A"].once


def test_the_fingerprint_is_of_what_is_said():
    assert read("# a comment\n" + GOOD).fingerprint == read(GOOD).fingerprint
    assert read(changed("You work.", "You rest.")).fingerprint != read(GOOD).fingerprint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "one"', 'code = "o/1"', 'code: "o/1" is not a name for an address'),
        ('language = "en"', 'language = "en"\nagreed_by = "Us"', "agreed_by: stands alone"),
        ('key = "B"', 'key = "a"', 'modules[2].key: "a" is taken by modules[1]'),
        ('stage = "first"', 'stage = "frist"', 'there is no stage "frist". Did you mean first?'),
        ('needs = ["A"]', 'needs = ["Z"]', 'modules[2].needs: there is no module "Z"'),
        ('needs = ["A"]', 'needs = ["A", "A"]', 'names "A" twice'),
        ('needs = ["A"]', 'needs = ["B"]', 'names "B" itself'),
        ("valid_months = 12", 'valid_months = 12\nneeds = ["B"]', '"A" has to come before itself: A → B → A'),
        ("valid_months = 12", 'valid_months = 12\nrenews = ["B"]', '"A" renews itself: A → B → A'),
        ("valid_months = 12", "valid_months = 0", "modules[1].valid_months"),
        ("qualification = true", "qualification = true\nvalid_months = 12", "stands in a qualification"),
        ('stages = ["first"]', 'stages = ["last"]', 'roles[1].stages: there is no stage "last"'),
        ('stages = ["first"]', "", "roles[1]: needs nothing"),
        ('modules = ["C"]', 'modules = ["D"]', 'routes[1].steps[1].modules: there is no module "D"'),
        ('modules = ["C"]', "", 'modules[3]: "C" is in no stage, on no route and needed by no role'),
        ('[[modules]]\nkey = "A"', '[[stages]]\nkey = "bare"\nname = "B"\nfor_whom = "N"\nabout = "A"\n\n[[modules]]\nkey = "A"', 'no module is in stage "bare"'),
        ('[[routes]]', '[[retired]]\nkey = "b"\nname = "B"\n\n[[routes]]', 'retired[1].key: "b" is modules[2] too'),
        ('modules = ["C"]', 'modules = ["C"]\n[[routes.steps]]\nkey = "Visitor"\nname = "V"\nabout = "v"', "is taken by a step before it"),
        ('name = "Beginning"', "", "modules[1].name: is missing. Add name: its name, in a few plain words"),
        ('how = "Ask."', 'how = "Ask."\nhuors = 3', "huors: is not a key this file knows. Did you mean hours?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(old, new, said):
    error = refused(changed(old, new))
    assert said in str(error)
    assert all(problem.line or not problem.key for problem in error.problems)


@pytest.mark.parametrize(
    "text", ["", "code =", "\0", "[" * 5000, "x = 1", "modules = 3", "routes = [1, {steps = 2}]"]
)
def test_what_is_no_pathways_is_refused_in_a_sentence(text):
    assert "cannot be used" in str(refused(text))


def test_every_mistake_is_told_at_once():
    text = changed(
        'needs = ["A"]', 'needs = ["Z"]', changed('stages = ["first"]', 'stages = ["x"]')
    )
    assert len(refused(text).problems) == 2


VALUES = ["3", "-1", "true", '"all"', '["A", 3]', "[]", "{}", '""', "[[1]]", "1.5", "2027-03-03"]
KEYS = sorted({m[1] for m in re.finditer(r"^(\w+) =", GOOD, re.M)})


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(VALUES), st.integers(0, 20))
def test_any_value_in_any_place_is_read_or_refused(key, value, which):
    places = list(re.finditer(rf"^{key} = .*$", GOOD, re.M))
    place = places[which % len(places)]
    text = GOOD[: place.start()] + f"{key} = {value}" + GOOD[place.end() :]
    try:
        tomllib.loads(text)
        read(text)
    except (PathwaysError, tomllib.TOMLDecodeError):
        pass
