"""Proposing assessors: against brute force on small cases, and how long a county's takes."""

import random
import time
from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.allocation.parts import Candidate, Plan, Wanted
from review.allocation.proposing import propose
from review.allocation.variety import Table, vary

pytestmark = pytest.mark.once


@st.composite
def counties(draw):
    people = [
        Candidate(
            key,
            draw(st.sampled_from(["adult", "adult", "young"])),
            held=draw(st.integers(0, 2)),
            most=draw(st.integers(1, 3)),
            read=draw(st.sampled_from([0, 0, 3])),
        )
        for key in range(draw(st.integers(1, 5)))
    ]
    keys = st.frozensets(st.integers(0, 4), max_size=2)
    cases = [
        Wanted(number, {"adult": draw(st.integers(0, 2)), "young": draw(st.integers(0, 1))},
               barred=draw(keys))
        for number in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return cases, people


def every_way(cases, people):
    """All ways to fill some of the cases: by case, who is given to it."""
    for filled in product((False, True), repeat=len(cases)):
        chosen = [case for case, is_filled in zip(cases, filled, strict=True) if is_filled]
        for teams in product(*(list(teams_for(case, people)) for case in chosen)):
            held = Counter(key for team in teams for key in team)
            if all(held[one.key] <= one.room for one in people):
                yield {case.key: team for case, team in zip(chosen, teams, strict=True)}


def teams_for(case, people):
    by_kind = [
        combinations([p.key for p in people if p.kind == kind and p.key not in case.barred], count)
        for kind, count in case.needs.items()
    ]
    return (sum(parts, ()) for parts in product(*by_kind))


def worth(way, people):
    """What is wanted: many filled, those that waited longest, an even load."""
    held = Counter(key for team in way.values() for key in team)
    load = sum((one.held + held[one.key]) ** 2 for one in people)
    return -len(way), sum(way), load


@given(counties())
@settings(max_examples=150, deadline=None)
def test_no_way_is_better(county):
    cases, people = county
    proposal = propose(cases, people)
    way = {case.key: () for case in cases}
    for choice in proposal.choices:
        way[choice.case] += (choice.person.key,)
    short = {shortage.case for shortage in proposal.shortages}
    way = {case: team for case, team in way.items() if case not in short}
    assert all(
        Counter(team) == Counter(set(team)) and set(team).isdisjoint(cases[case].barred)
        for case, team in way.items()
    )
    ways = list(every_way(cases, people))
    assert any({c: sorted(t) for c, t in w.items()} == {c: sorted(t) for c, t in way.items()}
               for w in ways)  # fmt: skip
    assert worth(way, people) == min(worth(w, people) for w in ways)


def adults(*read, most=2):
    return [Candidate(key, "adult", read=count, most=most) for key, count in enumerate(read)]


def test_somebody_experienced_sits_beside_somebody_new():
    cases = [Wanted(1, {"adult": 2}), Wanted(2, {"adult": 2})]
    proposal = propose(cases, adults(5, 0, 5, 0, most=1))
    for choice in proposal.choices:
        assert [p.is_new for p in choice.partners] == [not choice.person.is_new]


def test_pairs_that_met_are_parted():
    cases = [Wanted(1, {"adult": 2}), Wanted(2, {"adult": 2})]
    met = {frozenset((0, 1)): 2, frozenset((2, 3)): 1}
    plan = Plan({1: [0, 1], 2: [2, 3]})
    vary(plan, cases, adults(1, 1, 1, 1), met)
    assert {frozenset(team) for team in plan.given.values()}.isdisjoint(met)


def test_who_stays_is_looked_at_too():
    cases = [Wanted(1, {"adult": 1}, staying=(9,)), Wanted(2, {"adult": 1}, staying=(8,))]
    plan = Plan({1: [0], 2: [1]})
    vary(plan, cases, adults(1, 1), {frozenset((0, 9)): 1})
    assert plan.given == {1: [1], 2: [0]}


def test_what_is_short_is_said():
    people = [*adults(0, 0, 0), Candidate(3, "adult", held=2)]
    proposal = propose([Wanted(1, {"adult": 2, "young": 1}, frozenset({0, 1}))], people)
    adult, young = proposal.shortages
    assert (adult.current, adult.tied, adult.full) == (4, 2, 1)
    assert (young.kind, young.current) == ("young", 0)


def test_who_waited_longer_comes_first():
    proposal = propose([Wanted(1, {"adult": 2}), Wanted(2, {"adult": 2})], adults(0, 0, most=1))
    assert {choice.case for choice in proposal.choices} == {1}
    assert [s.others_wait_longer for s in proposal.shortages] == [True]


def county_of(cases, most, seed=5):
    chance = random.Random(seed)
    people = [
        Candidate(key, "adult" if key < 45 else "young", chance.randint(0, 1), most,
                  chance.choice((0, 0, 1, 4)))
        for key in range(60)
    ]  # fmt: skip
    wanted = [
        Wanted(number, {"adult": 2, "young": chance.choice((0, 1))},
               frozenset(chance.sample(range(60), chance.randint(0, 6))))
        for number in range(cases)
    ]  # fmt: skip
    return wanted, people


@pytest.mark.slow
@pytest.mark.parametrize("most", [2, 10, 16])
def test_two_hundred_cases_and_sixty_assessors_take_two_seconds(most):
    """With too little room, with just enough, and with plenty."""
    propose(*county_of(2, 2))  # the optimiser is imported once in a worker's life
    cases, people = county_of(200, most)
    began = time.process_time()  # what others do on the machine is not ours
    proposal = propose(cases, people)
    assert time.process_time() - began < 2
    table = Table(_plan(proposal), cases, people, {})
    assert table.cost() < len(table.given), "most pairs are new to each other, and mixed"


def _plan(proposal):
    plan = Plan()
    for choice in proposal.choices:
        plan.given.setdefault(choice.case, []).append(choice.person.key)
    return plan
