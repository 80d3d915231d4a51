"""What the date does, and the mails that go with it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from charter import actions, states
from charter.jobs import jobs
from charter.models import Pledge, PledgeEvent
from tests.builders import charter as build
from web import clock
from web.mail import OutboxMail
from web.mail.writing import write


@pytest.fixture(autouse=True)
def version(session):
    return build.agreed_charter(session)


def move_to(session, day):
    clock.freeze(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    moved = actions.move_with_the_date(session, clock.now(), build.scheme())
    session.commit()
    return moved


@pytest.mark.parametrize(
    ("day", "state", "moved"),
    [
        ("2028-03-01", "live", (0, 0)),
        ("2028-03-02", "due", (1, 0)),
        ("2028-05-01", "due", (1, 0)),
        ("2028-05-02", "lapsed", (1, 1)),
        ("2030-01-01", "lapsed", (1, 1)),
    ],
)
def test_a_pledge_falls_due_and_lapses_on_its_day(session, day, state, moved):
    pledge = build.pledge(session, states.LIVE)
    assert move_to(session, day) == moved
    assert pledge.state == state
    assert move_to(session, day) == (0, 0)
    told = [e.verb for e in pledge.events if e.by_id is None]
    assert told == ["fall due", "lapse"][: sum(moved)]


def test_a_day_begins_in_london(session):
    """At 23:30 UTC on 29 June it is the 30th in London."""
    clock.freeze(datetime(2027, 6, 30, 9, tzinfo=UTC))
    pledge = build.pledge(session, states.LIVE)
    late = datetime(2028, 6, 29, 22, 59, tzinfo=UTC)
    assert actions.move_with_the_date(session, late, build.scheme()) == (0, 0)
    assert actions.move_with_the_date(session, late + timedelta(minutes=1), build.scheme()) == (
        1,
        0,
    )
    assert pledge.state == "due"
    session.rollback()


def test_other_states_stay_as_they_are(session):
    for state in (states.DRAFT, states.SENT, states.RETURNED, states.SUSPENDED, states.WITHDRAWN):
        build.pledge(session, state)
    assert move_to(session, "2031-01-01") == (0, 0)


def test_the_worker_runs_it(session):
    build.pledge(session, states.LIVE)
    clock.freeze(clock.now() + timedelta(days=400))
    (job,) = jobs
    (number,) = job.run.find(session, clock.now(), 0)
    job.run.do(session, number, clock.now())
    assert job.run.find(session, clock.now(), 0) == []
    session.commit()
    assert session.scalar(select(Pledge.state)) == "due"


def test_every_mail_can_be_written_and_leads_on(session, app):
    for state in states.ALL_STATES:
        build.pledge(session, state)
    paused = session.scalars(select(Pledge).where(Pledge.state == "suspended")).one()
    officer = session.scalars(
        select(PledgeEvent).where(PledgeEvent.verb == "suspend", PledgeEvent.pledge_id == paused.id)
    ).one()
    actions.restore(
        session, paused, by=officer.by, at=clock.now(), note="All is well.", scheme=build.scheme()
    )
    session.commit()
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.kind.startswith("charter/")).order_by(OutboxMail.id)
    ).all()
    with app.test_request_context(base_url="http://localhost"):
        letters = {mail.kind: write(session, mail) for mail in mails}
    kinds = [
        "confirmed",
        "ended",
        "lapsed",
        "restored",
        "returned",
        "sent",
        "suspended",
        "to-check",
        "withdrawn",
    ]
    assert sorted(letters) == [f"charter/{kind}" for kind in kinds]
    for letter in letters.values():
        assert letter.subject
        assert "http://localhost/" in letter.body
    assert "You will hear from us by 16 March 2027." in letters["charter/sent"].body
    confirmed = letters["charter/confirmed"].body
    assert "certificate.pdf" in confirmed
    assert "poster.pdf" in confirmed
    asked = letters["charter/returned"].body
    assert "Nearly there." in asked
    assert "About “Keep us safe”:\nSay when.\nhttp://localhost/my/organisations/" in asked
