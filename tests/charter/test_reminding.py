"""What the digest says of pledges: the latest step that is true, and only to who leads."""

from datetime import date, timedelta

import pytest

from charter import actions, states
from charter.reminding import reminders
from tests.builders import charter as build
from tests.charter.counting import statements
from web import clock


@pytest.fixture
def live(session):
    """Due on 2 March 2028."""
    build.agreed_charter(session)
    return build.pledge(session, states.LIVE)


def told(session, day):
    clock.freeze(clock.begins(date.fromisoformat(day)) + timedelta(hours=9))
    actions.move_with_the_date(session, clock.now(), build.scheme())
    session.commit()
    return list(reminders(session, clock.now()))


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2028-01-01", None),
        ("2028-01-02", "60"),
        ("2028-02-16", "60"),
        ("2028-02-17", "14"),
        ("2028-03-01", "14"),
        ("2028-03-02", "0"),
        ("2028-04-16", "0"),
        ("2028-04-17", "last"),
        ("2028-05-01", "last"),
        ("2028-05-02", None),
    ],
)
def test_only_the_latest_step_is_true(session, live, day, step):
    keys = [reminder.key for reminder in told(session, day)]
    assert keys == ([f"pledge:{live.reference}:{step}"] if step else [])


def test_nothing_is_said_of_a_day_that_is_over_when_the_worker_was_off(session, live):
    """The digest may run before the job that lets the pledge lapse."""
    actions.move_with_the_date(session, clock.begins(date(2028, 3, 2)), build.scheme())
    session.commit()
    assert list(reminders(session, clock.begins(date(2028, 5, 1)))) != []
    assert list(reminders(session, clock.begins(date(2028, 5, 2)))) == []


def test_it_goes_to_the_leads_and_stops_when_the_renewal_is_sent(session, live):
    build.joined(session, live.organisation, "editor")
    second = build.joined(session, live.organisation, "lead")
    first = build.lead_of(live.organisation)
    assert [r.person_id for r in told(session, "2028-02-20")] == [first.id, second.id]
    build.renewal(session, live, states.SENT)
    assert told(session, "2028-03-20") == []


def test_a_closed_organisation_hears_nothing(session, live):
    from accounts.actions.organisations import close_organisation
    from tests.builders import people

    officer = people.officer(session)
    close_organisation(session, live.organisation, by=officer, at=clock.now())
    session.commit()
    assert told(session, "2028-03-20") == []


def test_it_costs_one_statement_however_many_there_are(session, live, app):
    clock.freeze(clock.begins(date(2028, 2, 20)))
    counts = []
    for _more in range(2):
        with statements(app) as said:
            list(reminders(session, clock.now()))
        counts.append(len(said))
        clock.freeze(clock.begins(date(2027, 3, 2)))
        for _ in range(3):
            build.pledge(session, states.LIVE)
        clock.freeze(clock.begins(date(2028, 2, 20)))
    assert counts == [1, 1]
