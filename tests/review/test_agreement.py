"""How far assessors agree: the figure, who sees it, and what it never gives away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.models import Allocation
from review.moderation import agreement
from review.moderation.agreement import Rated
from review.moderation.agreement_queries import rated
from review.states import DESK, VISIT
from steering import actions as ties
from tests.builders import review as build
from web import clock

DAY = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.mark.once
def test_a_worked_example():
    """Two readers, five cases; checked by hand against the coincidences."""
    assert agreement.alpha([[1, 1], [2, 2], [3, 3], [0, 0], [2, 2]], 5) == (1.0, 5)
    assert agreement.alpha([[2, 2]] * 5, 5) == (1.0, 5)
    assert agreement.alpha([[2, 2]] * 4, 5) == (None, 4)
    assert agreement.alpha([[2, None]] * 9 + [[1, 1]], 5) == (None, 1)
    opposite, _n = agreement.alpha([[0, 3], [3, 0], [0, 3], [3, 0], [1, 2]], 5)
    assert opposite < 0
    near, _n = agreement.alpha([[0, 1], [1, 2], [2, 3], [3, 3], [0, 0], [2, 2]], 5)
    far, _n = agreement.alpha([[0, 3], [1, 2], [2, 3], [3, 3], [0, 0], [2, 2]], 5)
    assert far < near < 1


@pytest.mark.once
@given(st.lists(st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3), max_size=30))
def test_any_table_has_a_figure_or_none_and_never_above_one(units):
    found, _count = agreement.alpha(units, 5)
    assert found is None or found <= 1


@pytest.mark.once
def test_standards_and_pairs_are_told_apart():
    def at(case, standard, person, rating, days=0, part="adult"):
        return Rated(case, standard, person, part, rating, DAY + timedelta(days=days))

    same = [at(c, "A1", p, c % 4) for c in range(8) for p in (1, 2)]
    other = [at(c, "B1", 1, c % 4) for c in range(8)]
    other += [at(c, "B1", 2, 3 - c % 4) for c in range(8)]
    later = [at(c, "B1", p, c % 4, days=200) for c in range(20, 32) for p in (1, 2)]
    alike, apart, none = agreement.by_standard([*same, *other], ["A1", "B1", "C1"])
    assert (alike.alpha, alike.is_low) == (1.0, False)
    assert apart.is_low
    assert (none.alpha, none.units, none.is_low) == (None, 0, False)
    (found,) = agreement.by_pair([*same, *other, *later]).values()
    assert [(a.about, a.units) for a in found] == [("2027/1", 16), ("2027/2", 12)]
    assert found[1].alpha == 1.0 > found[0].alpha


def test_only_what_all_have_sent_counts_and_nothing_of_a_tied_place(session, group):
    case = build.case_at(session, group, DESK)
    build.sent(session, case.allocations[0])
    assert rated(session, clock.now(), ()) == []
    build.sent(session, case.allocations[1])
    assert case.state == VISIT
    assert len(rated(session, clock.now(), ())) == 2 * len(case.standards)
    assert rated(session, clock.now(), (case.organisation_id,)) == []


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
