"""The Charter team closes an organisation, and opens it again: what becomes of its pledge."""

from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select

from charter import states
from charter.jobs import jobs
from charter.models import Pledge, RegisterEntry
from tests.builders import charter as build
from tests.builders import people
from web import clock
from web.mail import OutboxMail

PAGE = "/organisations/kites"
TEAM = "/team/organisations/kites"


@pytest.fixture
def kites(session):
    build.agreed_charter(session)
    return build.club(session, name="Kites")


@pytest.fixture
def officer(client, session):
    client.sign_in(people.officer(session))
    return client


def entry(session):
    session.expire_all()
    found = session.scalars(select(RegisterEntry)).one_or_none()
    return found and {c.key: getattr(found, c.key) for c in inspect(RegisterEntry).column_attrs}


def closes(client):
    assert client.send(f"{TEAM}/close", press="Close it", why="It ended.").status_code == 303


def opens(client):
    assert client.post_raw(f"{TEAM}/open-again", {}).status_code == 303


def ticks(session):
    for job in jobs:
        for one in job.run.find(session, clock.now(), 0):
            job.run.do(session, one, clock.now())
    session.commit()


def in_public(app):
    browser = app.test_client()
    shown = [browser.get(f"{PAGE}{end}").status_code for end in ("", "/certificate.pdf")]
    named = ["Kites" in browser.get(at).text for at in ("/register", "/register.csv")]
    return shown, named


def test_it_goes_from_the_register_and_comes_back_as_it_was(app, session, kites, officer):
    build.pledge(session, states.LIVE, organisation=kites)
    before = entry(session)
    assert in_public(app) == ([200, 200], [True, True])
    closes(officer)
    assert entry(session) is None
    assert in_public(app) == ([404, 404], [False, False])
    clock.freeze(clock.now() + timedelta(hours=23))
    opens(officer)
    assert entry(session) == before
    assert in_public(app) == ([200, 200], [True, True])
    assert session.scalars(select(Pledge.state)).all() == ["live"]


def test_after_a_day_it_stays_closed(app, session, kites, officer):
    build.pledge(session, states.LIVE, organisation=kites)
    closes(officer)
    clock.freeze(clock.now() + timedelta(hours=25))
    said = officer.page(f"{TEAM}/close").main.get_text()
    assert "too late to open it again" in said
    opens(officer)
    assert entry(session) is None
    assert in_public(app)[0] == [404, 404]


def test_what_waited_for_the_team_waits_again(session, kites, officer):
    sent = build.pledge(session, states.SENT, organisation=kites)
    address = f"/team/pledges/{sent.reference}"
    assert sent.reference in str(officer.page("/team/").main)
    closes(officer)
    assert sent.reference not in str(officer.page("/team/").main)
    opens(officer)
    assert sent.reference in str(officer.page("/team/").main)
    assert officer.page(address).select_one("button[value=confirm]")


def test_an_unchecked_one_is_unchecked_again(session, kites, officer):
    closes(officer)
    opens(officer)
    session.refresh(kites)
    assert (kites.state, kites.closed_at, kites.closed_by_id) == ("unchecked", None, None)


def test_a_date_that_passed_meanwhile_counts_from_then_on(session, kites, officer):
    """Its year ran out on the day it was closed: nobody was told, and then they are, once."""
    pledge = build.pledge(session, states.LIVE, organisation=kites)
    clock.freeze(clock.begins(pledge.due_on + timedelta(days=1)))
    ticks(session)
    assert entry(session)["standing"] == "current"
    lapses = clock.begins(pledge.due_on + timedelta(days=61))
    clock.freeze(lapses - timedelta(hours=2))
    closes(officer)
    clock.freeze(lapses + timedelta(hours=2))
    ticks(session)
    session.refresh(pledge)
    assert pledge.state == "due"
    opens(officer)
    ticks(session)
    ticks(session)
    assert entry(session)["standing"] == "not current"
    told = select(func.count()).where(OutboxMail.kind == "charter/lapsed")
    assert session.scalar(told) == 1
