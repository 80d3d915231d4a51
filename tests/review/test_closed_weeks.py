"""Weeks in which an organisation is closed: its clocks stand still, six times a year at most."""

from datetime import date, timedelta

import pytest

from review import states
from review.closing import weeks
from review.closing.weeks import WEEK, left_in, moved, open_mondays
from tests.builders import charter as pledges
from tests.builders import review as build
from web import clock, working_days

TUESDAY = date(2027, 3, 2)
MONDAY = date(2027, 3, 8)


def test_a_week_is_closed_before_it_begins():
    found = open_mondays(TUESDAY, [MONDAY])
    assert found[0] == MONDAY + WEEK
    assert all(monday.weekday() == 0 for monday in found)
    assert open_mondays(MONDAY, [])[0] == MONDAY + WEEK
    assert left_in(2027, [MONDAY, MONDAY + WEEK, date(2028, 1, 3)], 6) == 4


@pytest.mark.parametrize("days", [1, 4, 5, 10, 20])
def test_a_clock_that_runs_ends_where_it_would_have_had_it_been_known(days):
    due = working_days.after(TUESDAY, days)
    wanted = working_days.after(TUESDAY, days, [weeks.span(MONDAY)])
    assert moved(due, MONDAY, ()) == wanted


def test_a_lead_closes_a_week_and_the_check_of_the_facts_waits(client, session, group):
    case = build.case_at(session, group, states.FACT_CHECK)
    here = f"/my/organisations/{case.organisation.slug}/quality/closed-weeks"
    client.sign_in(pledges.lead_of(case.organisation))
    before = case.due_on
    assert client.send(here, week=MONDAY.isoformat()).status_code == 303
    session.expire_all()
    assert case.due_on == before + timedelta(days=7)
    assert "8 March 2027" in client.page(here).text
    assert client.post_raw(here, {"week": "never"}).status_code in (400, 422)
    client.send(here, press="Open it again")
    session.expire_all()
    assert case.due_on == before + timedelta(days=7), "a clock runs, so it stays closed"
    for number in range(1, 6):
        client.send(here, week=(MONDAY + number * WEEK).isoformat())
    assert client.send(here, week=(MONDAY + 9 * WEEK).isoformat()).status_code == 422
    assert clock.today() == TUESDAY
