"""What a count says of a standard: the bar stands in the framework."""

from datetime import date

import pytest

from endorsement.framework import Framework
from endorsement.framework.reading import FrameworkError, read
from endorsement.from_training.bars import fell, figures, judged, needed, watched
from tests.builders.quality import DEFAULT
from training.team.counting import Counts, Lacking

pytestmark = pytest.mark.once

FRAMEWORK = read(DEFAULT)
BAR = FRAMEWORK.by_key["E2"].training


def counts(people, in_date, lack=0):
    lacking = (Lacking("W2", "Safeguarding basics", lack),)
    return Counts("2026", date(2027, 3, 2), people, in_date, 0, 0, lacking, ())


def test_the_text_the_portal_starts_with_asks_for_four_in_five_and_the_basics():
    assert (BAR.point, BAR.in_date_percent, BAR.nobody_without) == (2, 80, ("W2",))
    assert watched(FRAMEWORK) == {"W2"}
    assert [s.key for s in FRAMEWORK.standards if s.training] == ["E2"]


@pytest.mark.parametrize(
    ("people", "in_date", "met"),
    [(5, 4, True), (5, 3, False), (1, 1, True), (1, 0, False), (6, 5, True), (6, 4, False),
     (10, 8, True), (9, 7, False), (9, 8, True), (0, 0, False)],
)  # fmt: skip
def test_four_in_five_and_not_one_less(people, in_date, met):
    assert judged(FRAMEWORK, counts(people, in_date), "E2").met is met


def test_one_without_the_basics_is_one_too_many():
    one = judged(FRAMEWORK, counts(10, 9, lack=1), "E2")
    assert one.enough
    assert not one.met
    assert [lacking.people for lacking in one.lacking] == [1]


def test_another_bar_is_content():
    easier = BAR.model_copy(update={"in_date_percent": 50, "nobody_without": ()})
    text = FRAMEWORK.model_copy(update={"standards": (_e2(FRAMEWORK, easier),)})
    assert judged(text, counts(4, 2, lack=2), "E2").met
    assert needed(5, 50) == 3


def _e2(framework: Framework, bar):
    return framework.by_key["E2"].model_copy(update={"training": bar})


def test_other_standards_and_other_frameworks_say_nothing():
    assert judged(FRAMEWORK, counts(5, 5), "A1") is None
    assert judged(FRAMEWORK, None, "E2") is None
    silent = FRAMEWORK.model_copy(update={"standards": (_e2(FRAMEWORK, None),)})
    assert figures(silent, counts(5, 5)) is None
    assert figures(FRAMEWORK, None) is None


def test_what_is_sealed_holds_numbers_and_can_be_judged_again():
    told = figures(FRAMEWORK, counts(5, 5))
    (sealed,) = told["standards"]
    assert (told["people"], told["on"], sealed["standard"], sealed["met"]) == (
        5, "2027-03-02", "E2", True,
    )  # fmt: skip
    assert not fell(sealed, counts(5, 4))
    assert fell(sealed, counts(5, 3))
    assert fell(sealed, counts(5, 5, lack=1))
    assert fell(sealed, counts(0, 0))
    assert not fell({**sealed, "met": False}, counts(5, 0)), "what was not met cannot fall"


def test_a_bar_beyond_the_scale_is_refused_in_words(tmp_path):
    text = DEFAULT.read_text().replace("training = { point = 2,", "training = { point = 7,")
    with pytest.raises(FrameworkError) as wrong:
        read(text)
    assert "is 7, and the scale ends at 3" in str(wrong.value)
