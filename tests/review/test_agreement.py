"""How far assessors agree: the figure, who sees it, and what it never gives away."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.models import Allocation
from review.moderation import agreement
from review.moderation import agreement_queries as queries
from review.moderation.agreement import Rated
from review.states import DESK, VISIT
from steering import actions as ties
from tests.builders import review as build
from web import clock

DAY = datetime(2027, 3, 2, 12, tzinfo=UTC)


def alpha(*units):
    """Each unit is what was said of one thing."""
    return agreement.alpha(Counter(tuple(sorted(unit)) for unit in units), 5)


@pytest.mark.once
def test_a_worked_example():
    """Two readers, five cases; checked by hand against the coincidences."""
    assert alpha((1, 1), (2, 2), (3, 3), (0, 0), (2, 2)) == (1.0, 5)
    assert alpha(*[(2, 2)] * 5) == (1.0, 5)
    assert alpha(*[(2, 2)] * 4) == (None, 4)
    assert alpha(*[(2,)] * 9, (1, 1)) == (None, 1)
    opposite, _n = alpha((0, 3), (3, 0), (0, 3), (3, 0), (1, 2))
    assert opposite < 0
    near, _n = alpha((0, 1), (1, 2), (2, 3), (3, 3), (0, 0), (2, 2))
    far, _n = alpha((0, 3), (1, 2), (2, 3), (3, 3), (0, 0), (2, 2))
    assert far < near < 1


@pytest.mark.once
@given(st.lists(st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3), max_size=30))
def test_counted_it_is_what_the_library_says_of_the_readers(units):
    found, things = alpha(*([r for r in unit if r is not None] for unit in units))
    assert things == sum(len(unit) - unit.count(None) > 1 for unit in units)
    if found not in (None, 1.0):
        table = np.array(units, dtype=float).T
        said = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")
        assert found == round(float(said), 2) <= 1


@pytest.mark.once
def test_standards_are_told_apart():
    same = Counter({(r, r): 2 for r in range(4)})
    other = Counter({(0, 3): 4, (1, 2): 4})
    alike, apart, none = agreement.by_standard({"A1": same, "B1": other}, ["A1", "B1", "C1"])
    assert (alike.alpha, alike.units, alike.is_low) == (1.0, 8, False)
    assert apart.is_low
    assert (none.alpha, none.units, none.is_low) == (None, 0, False)


@pytest.mark.once
def test_pairs_and_halves_are_told_apart():
    def at(case, standard, person, rating, days=0):
        return Rated(case, standard, person, rating, DAY + timedelta(days=days))

    said = [at(c, "A1", p, c % 4) for c in range(8) for p in (1, 2)]
    said += [at(c, "B1", p, c % 4 if p == 1 else 3 - c % 4) for c in range(8) for p in (1, 2, 3)]
    said += [at(c, "B1", p, c % 4, days=200) for c in range(20, 32) for p in (1, 2)]
    found = agreement.by_pair(said, [(1, 2)])
    assert [(a.about, a.units) for a in found[1, 2]] == [("2027/1", 16), ("2027/2", 12)]
    assert found[1, 2][1].alpha == 1.0 > found[1, 2][0].alpha
    assert list(found) == [(1, 2)]


def test_only_what_all_have_sent_counts_and_nothing_of_a_tied_place(session, group):
    def counted(*without):
        read = queries.read(session, clock.now(), without)
        (pairs,) = {tuple(p[:2]) for p in queries.pairs(session, clock.now(), without, 1)} or {()}
        rated = queries.rated(session, clock.now(), without, [pairs] if pairs else [])
        return {(key, n) for key, said in read.items() for n in said.values()}, pairs, len(rated)

    case = build.case_at(session, group, DESK)
    build.sent(session, case.allocations[0])
    assert counted() == (set(), (), 0)
    build.sent(session, case.allocations[1])
    assert case.state == VISIT
    both = tuple(sorted(a.person_id for a in case.allocations))
    assert counted() == ({(s.key, 1) for s in case.standards}, both, 2 * len(case.standards))
    assert counted(case.organisation_id) == (set(), (), 0)


def test_who_sees_it_and_not_while_a_reading_of_theirs_is_unsent(client, session, group):
    case = build.case_at(session, group, DESK)
    session.add(
        Allocation(
            case=case, person=group.lead_assessor, part="adult", state="accepted",
            asked_at=clock.now(),
        )
    )  # fmt: skip
    build.record(session, case.allocations[-1], "ask", by=group.officer, at=clock.now())
    session.commit()
    for person, status in (
        (group.officer, 200), (group.second_lead, 200), (group.lead_assessor, 403),
        (group.assessors[0], 403), (group.chair, 403),
    ):  # fmt: skip
        client.sign_in(person)
        assert client.get("/agreement/").status_code == status


def test_the_page_names_what_is_read_differently(client, session, group, monkeypatch):
    monkeypatch.setattr(agreement, "FEWEST_CASES", 1)
    monkeypatch.setattr(agreement, "FEWEST_PAIRED", 1)
    case = build.read_unlike(session, group, B1=0)
    session.commit()
    client.sign_in(group.second_lead)
    page = client.page("/agreement/")
    text = " ".join(page.main.get_text().split())
    assert case.framework.by_key["B1"].name in text
    assert "read differently" in text
    assert f"{group.assessors[0].name} and {group.assessors[1].name}" in text
    ties.note_tie(
        session, group.second_lead, case.organisation, "trustee", by=group.officer, at=clock.now()
    )
    session.commit()
    assert group.assessors[0].name not in client.page("/agreement/").main.get_text()
