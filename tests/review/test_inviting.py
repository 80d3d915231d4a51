"""Whom the panel asks: every seat once, nobody who may not, somebody kept back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.panel.inviting import DEPUTY, LEAST_YOUTH, Known, SeatHeld, first_round, reserves

pytestmark = pytest.mark.once
GROUPS = ("agency", "voluntary", "youth")
QUORUM = dict.fromkeys(GROUPS, 1)


@st.composite
def groups(draw):
    made, person = [], 0
    for number in range(draw(st.integers(0, 12))):
        holders = []
        for _ in range(2):
            person += 1
            holders.append(person if draw(st.booleans()) else None)
        made.append(SeatHeld(number, draw(st.sampled_from(GROUPS)), *holders))
    return made


def people(seats, group=None):
    return [
        one
        for seat in seats
        if group in (None, seat.group)
        for one in (seat.member, seat.deputy)
        if one is not None
    ]


some = st.sets(st.integers(1, 24), max_size=8)


@given(groups(), some, st.integers(0, 5))
def test_nobody_who_may_not_is_asked_and_nobody_twice(seats, barred, turn):
    asked = first_round(seats, QUORUM, Known(barred, turn=turn), keep_back=True)
    found = [one.person for one in asked]
    assert len(set(found)) == len(found)
    assert not barred & set(found)
    of = {one: seat.group for seat in seats for one in (seat.member, seat.deputy)}
    assert all(of[one.person] == one.group for one in asked)


@given(groups(), some, st.integers(0, 5))
def test_each_group_is_asked_where_it_has_anybody(seats, barred, turn):
    asked = first_round(seats, QUORUM, Known(barred, turn=turn), keep_back=True)
    for group in GROUPS:
        could = [one for one in people(seats, group) if one not in barred]
        got = [one for one in asked if one.group == group]
        assert bool(got) == bool(could)
        if group == "youth":
            assert len(got) >= min(LEAST_YOUTH, len(could))


@given(groups(), some, st.integers(0, 5))
def test_somebody_is_kept_back_where_more_are_there_than_needed(seats, barred, turn):
    asked = first_round(seats, QUORUM, Known(barred, turn=turn), keep_back=True)
    for group in GROUPS:
        least = LEAST_YOUTH if group == "youth" else 1
        could = [one for one in people(seats, group) if one not in barred]
        got = [one for one in asked if one.group == group]
        if len(could) > least:
            assert len(got) < len(could)


@given(groups(), some, st.integers(0, 5))
def test_asked_again_it_asks_nobody_new(seats, barred, turn):
    """Unless somebody's standing changed: the job may run as often as it likes."""
    first = first_round(seats, QUORUM, Known(barred, turn=turn), keep_back=False)
    known = Known(barred, {one.person: one.group for one in first}, turn=turn)
    assert first_round(seats, QUORUM, known, keep_back=False) == []


@given(groups(), some, st.integers(0, 5))
def test_reserves_are_others_and_one_stays_back(seats, barred, turn):
    first = first_round(seats, QUORUM, Known(barred, turn=turn), keep_back=True)
    known = Known(barred, {one.person: one.group for one in first}, turn=turn)
    more = reserves(seats, GROUPS, known)
    assert not {one.person for one in more} & (set(known.asked) | barred)
    for group in GROUPS:
        left = [p for p in people(seats, group) if known.may(p)]
        got = [one for one in more if one.group == group]
        assert len(got) == (len(left) - 1 if len(left) > 1 else len(left))


def test_the_deputy_takes_the_place_of_a_tied_member():
    seats = [SeatHeld(1, "agency", 1, 2), SeatHeld(2, "agency", 3, 4)]
    asked = first_round(seats, {"agency": 1}, Known({1}), keep_back=True)
    assert [(one.person, one.capacity) for one in asked] == [(2, DEPUTY), (3, "member")]


def test_the_chair_is_never_kept_back():
    seats = [SeatHeld(1, "agency", 1), SeatHeld(2, "agency", 2)]
    for turn in range(4):
        asked = first_round(seats, {"agency": 1}, Known(leads={1}, turn=turn), keep_back=True)
        assert [one.person for one in asked] == [1]
