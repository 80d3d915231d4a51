"""When a reason is owed: a pure rule."""

from types import SimpleNamespace

import pytest

from review.desk import owed
from review.desk.seal import digest_of

TOP = 3
CLAIM = {"rating": 2, "does_not_apply": False}
NOT_FOR_US = {"rating": None, "does_not_apply": True}


def standard(essential=False):
    return SimpleNamespace(essential=essential, key="A1")


def said(rating=None, agrees=False, reason=""):
    return SimpleNamespace(standard="A1", rating=rating, does_not_apply=agrees, reason=reason)


@pytest.mark.parametrize(
    ("essential", "claim", "it", "why"),
    [
        (False, CLAIM, said(2), []),
        (True, CLAIM, said(2), ["essential"]),
        (False, {**CLAIM, "rating": 3}, said(3), ["top"]),
        (False, CLAIM, said(1), ["differs"]),
        (True, CLAIM, said(3), ["essential", "top", "differs"]),
        (False, NOT_FOR_US, said(agrees=True), []),
        (False, NOT_FOR_US, said(0), ["differs"]),
        (False, None, said(1), []),
        (False, CLAIM, said(), []),
    ],
)
def test_a_reason_is_owed(essential, claim, it, why):
    assert owed.reasons_owed(standard(essential), TOP, claim, it) == why


def test_what_is_missing():
    assert owed.missing(standard(), TOP, CLAIM, None) == "rating"
    assert owed.missing(standard(), TOP, CLAIM, said(reason="Words alone.")) == "rating"
    assert owed.missing(standard(), TOP, CLAIM, said(1, reason="  ")) == "reason"
    assert owed.missing(standard(), TOP, CLAIM, said(1, reason="It fell.")) == ""
    assert owed.missing(standard(), TOP, CLAIM, said(2)) == ""


def test_a_seal_is_of_one_reading_and_of_its_every_word():
    seal = digest_of("AB12", [said(2, reason="So.")])
    assert seal == digest_of("AB12", [said(2, reason="So.")])
    others = [said(3, reason="So."), said(2, reason="So"), said(agrees=True, reason="So.")]
    assert seal not in {digest_of("AB12", [other]) for other in others}
    assert seal != digest_of("CD34", [said(2, reason="So.")])
