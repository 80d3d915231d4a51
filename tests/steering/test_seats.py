"""Seats, times, ties: through the pages, as officers and the group's people use them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.queries import person_by_email
from steering import actions, queries
from steering.jobs import jobs
from steering.models import Chairing, SeatTerm
from tests.builders import accounts, people
from tests.client import soup
from web import clock
from web.audit.verify import verify
from web.jobs import run_due
from web.workflow import Refused

HERE = "/team/steering-group"


def seat_of(session, constituency="agency"):
    return next(s for s in queries.seats(session) if s.constituency == constituency)


@pytest.fixture
def officer(client, group):
    client.sign_in(group.officer)
    return client


def test_make_a_seat_and_invite_somebody_without_an_account(officer, session):
    officer.send(f"{HERE}/seats/new", group="voluntary", body="New Trust")
    seat = next(s for s in queries.seats(session) if s.body == "New Trust")
    wanted = {"email": "new@trust.example", "part": "member", "until": "3 March 2029",
              "decision": "Meeting of 2 March, item 1"}  # fmt: skip
    page = officer.send(f"{HERE}/seats/{seat.reference}/appoint", **wanted)
    assert "Write their name too" in soup(page).main.get_text()
    officer.send(f"{HERE}/seats/{seat.reference}/appoint", **wanted, name="Nia New")
    person = person_by_email(session, "new@trust.example")
    assert person.has_role("steering group")
    page = officer.page(f"{HERE}/seats/{seat.reference}").main.get_text()
    assert "Nia New" in page
    assert "Meeting of 2 March, item 1" in page
    assert "A seat has no deputy" in officer.page(HERE + "/").main.get_text()


def test_an_end_needs_a_reason_and_takes_the_chair_too(officer, session, group):
    term = queries.term_of(session, group.chair)
    page = officer.send(f"{HERE}/terms/{term.reference}/end", why="")
    assert page.status_code == 422
    officer.send(f"{HERE}/terms/{term.reference}/end", why="Moved away.")
    session.expire_all()
    assert not group.chair.has_role("steering group")
    assert not group.chair.has_role("chair")
    assert "Nobody chairs" in officer.page(HERE + "/").main.get_text()
    assert "Moved away." in officer.page(f"{HERE}/seats/{term.seat.reference}").main.get_text()


def test_nobody_appoints_themselves_or_holds_two(session, group):
    seat = actions.make_seat(session, "agency", "B", by=group.officer, at=clock.now())
    term = {"began_on": clock.today(), "ends_on": clock.today() + timedelta(days=9),
            "decision": "D", "by": group.officer, "at": clock.now()}  # fmt: skip
    with pytest.raises(Refused, match="Somebody else"):
        actions.appoint(session, seat, group.officer, "member", **term)
    with pytest.raises(Refused, match="Nobody holds two"):
        actions.appoint(session, seat, group.chair, "member", **term)


def test_a_time_whose_day_has_passed_ends_by_itself(app, session, group):
    term = queries.term_of(session, group.chair)
    clock.freeze(clock.now() + timedelta(days=800))
    run_due(app.extensions["database"], list(jobs))
    session.expire_all()
    assert session.get_one(SeatTerm, term.id).ended_why == "The time was over."
    assert not session.scalars(select(Chairing).where(Chairing.ended_at.is_(None))).all()
    assert not group.chair.has_role("steering group")
    assert (
        list(verify(session, app.extensions["settings"].audit_key.get_secret_value().encode()))
        == []
    )


def test_ties_are_said_ended_and_taken_back(client, session, group):
    for name in ("Hilltop North", "Hilltop South"):
        accounts.checked_organisation(session, name=name)
    member = group.members["voluntary"][1]
    client.sign_in(member)
    page = client.send("/my/steering/ties/new", organisation="Hilltop", kind="relative")
    assert "Which of these?" in soup(page).main.get_text()
    client.send("/my/steering/ties/new", organisation="hilltop north", kind="relative")
    (tie,) = queries.ties_of(session, member)
    assert tie.organisation.name == "Hilltop North"
    client.send(f"/my/steering/ties/{tie.reference}/over", over="1 February 2027")
    assert "ended 1 February 2027" in client.page("/my/steering/").main.get_text()
    client.send("/my/steering/", press="Take back: it was a mistake")
    session.expire_all()
    assert queries.ties_of(session, member) == []
    assert "Hilltop North" in client.page("/my/data/").main.get_text()


def test_why_a_young_person_stands_aside_is_not_told(officer, session, group):
    club = accounts.checked_organisation(session, people.person(session), name="Kites")
    young, adult = group.members["youth"][0], group.members["agency"][1]
    for person in (young, adult):
        actions.note_tie(session, person, club, "relative", by=person, at=clock.now())
    session.commit()
    lines = [" ".join(li.get_text().split()) for li in officer.page(HERE + "/ties/").select("li")]
    (youths,) = [line for line in lines if young.name in line]
    assert "Stands aside" in youths
    assert any("Somebody close" in line for line in lines if adult.name in line)
    assert "close to them" not in youths
