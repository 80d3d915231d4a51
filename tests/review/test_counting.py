"""Counting, compared with brute force."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.panel.counting import (
    NOT_YET,
    Cast,
    Counted,
    capped,
    count,
    differs,
    missing,
    not_worse,
)

pytestmark = pytest.mark.once
GROUPS = ("agency", "voluntary", "youth")
TOP = 3

casts = st.builds(
    lambda group, level, conditions, abstains: Cast(
        group,
        NOT_YET if abstains else level,
        conditions and level > NOT_YET and not abstains,
        abstains,
    ),
    st.sampled_from(GROUPS),
    st.integers(NOT_YET, TOP - 1),
    st.booleans(),
    st.booleans(),
)
votes = st.lists(casts, max_size=9)
most = st.integers(NOT_YET, TOP - 1)
castings = st.one_of(st.none(), casts.filter(lambda vote: not vote.abstains))


def by_hand(cast, top, casting):
    """The rule read word by word: every pair of outcomes is put to the vote, highest first."""
    valid = [(min(v.level, top), v.with_conditions) for v in cast if not v.abstains]
    used = False
    for rank in range(top, NOT_YET, -1):
        for_it = len([1 for level, _ in valid if level >= rank])
        against = len(valid) - for_it
        if for_it > against:
            break
        if valid and for_it == against:
            if casting is None:
                return None
            used = True
            if min(casting.level, top) >= rank:
                break
    else:
        return NOT_YET, None, used
    wishes = [wish for level, wish in valid if level > NOT_YET]
    with_, without = wishes.count(True), wishes.count(False)
    if with_ == without:
        if casting is None or casting.level == NOT_YET:
            return None
        return rank, casting.with_conditions, True
    return rank, with_ > without, used


@given(votes, most, castings)
def test_it_counts_as_one_would_by_hand(cast, top, casting):
    counted = count(cast, top, casting)
    expected = by_hand(cast, top, casting)
    if expected is None:
        assert counted.tied
    else:
        assert not counted.tied
        assert (counted.level, counted.with_conditions) == expected[:2]
        assert counted.casting == expected[2]


@given(votes, most)
def test_no_level_above_what_the_ratings_reach(cast, top):
    counted = count(cast, top, Cast("agency", TOP - 1, False))
    assert counted.level is None or counted.level <= top


@given(votes, most, st.integers(0, 8), st.integers(NOT_YET, TOP - 1))
def test_a_higher_vote_never_lowers_the_level(cast, top, place, higher):
    if place >= len(cast) or cast[place].abstains or cast[place].level >= higher:
        return
    raised = [*cast]
    raised[place] = Cast(cast[place].group, higher, cast[place].with_conditions)
    casting = Cast("agency", NOT_YET)
    before, after = (count(v, top, casting).level for v in (cast, raised))
    assert after is None or before is None or after >= before


@given(votes, most)
def test_abstaining_changes_nothing(cast, top):
    with_one_more = [*cast, Cast("youth", abstains=True)]
    assert count(cast, top) == count(with_one_more, top)
    quorum = dict.fromkeys(GROUPS, 1)
    assert missing(cast, quorum) == missing(with_one_more, quorum)


@given(votes, st.fixed_dictionaries({group: st.integers(0, 3) for group in GROUPS}))
def test_one_of_each_group_is_never_waived(cast, quorum):
    short = missing(cast, quorum)
    for group in GROUPS:
        has = len([v for v in cast if v.group == group and not v.abstains])
        assert short.get(group, 0) == max(0, max(1, quorum[group]) - has)


@given(votes, most, castings)
def test_the_casting_vote_decides_in_a_tie_only(cast, top, casting):
    alone = count(cast, top)
    if not alone.tied:
        assert count(cast, top, casting) == alone


def test_an_appeal_never_ends_worse():
    results = [Counted(NOT_YET, None)]
    results += [Counted(level, wish) for level, wish in product(range(TOP), (True, False))]
    for worse, floor in product(results, results):
        kept = not_worse(worse, floor)
        assert results.index(kept) >= results.index(floor)
        assert results.index(kept) >= results.index(worse)
    assert not_worse(results[0], None) == results[0]


@pytest.mark.parametrize(
    ("levels", "result", "differ"),
    [
        ([1, 1, NOT_YET], Counted(1, False), False),
        ([1, NOT_YET, NOT_YET], Counted(1, False), True),
        ([1, NOT_YET], Counted(1, False), False),
        ([], Counted(1, False), False),
        ([0, 0], Counted(NOT_YET, None), True),
        ([0, 0], Counted(0, True), True),
    ],
)
def test_when_the_young_members_are_owed_an_answer(levels, result, differ):
    assert differs([Cast("youth", level) for level in levels], result, 2) is differ


def test_capping_takes_no_conditions_along_where_no_level_is_left():
    assert capped([Cast("youth", 2, True)], NOT_YET) == [Cast("youth", NOT_YET, False)]
