"""Volunteers without an account: entered by a lead, claimed by themselves alone."""

import pytest
from sqlalchemy import select

from accounts.actions import colleagues
from tests.builders import accounts, people
from tests.builders import training as build
from tests.builders import training_sessions as meetings
from tests.client import soup
from tests.training.conftest import TEAM
from training.models import Practitioner, TrainingRecord
from training.records import queries
from training.sessions import booking
from training.team import volunteers
from web import clock
from web.mail import OutboxMail
from web.mail.writing import write
from web.workflow import Refused

NEW = f"{TEAM}/volunteers/new"


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.fixture
def vic(session, organisation):
    return build.volunteer(session, organisation, "vic@example.org")


@pytest.fixture
def person(session):
    return people.person(session, "Vic Vale", email="vic@example.org")


def learned(at_work, vic, module="W1"):
    at_work.send(
        f"{TEAM}/volunteers/{vic.reference}",
        press="Add it", module=module, on="1 March 2027", how="course", provider="Mill Lane",
    )  # fmt: skip


def test_a_lead_enters_somebody_who_is_told(app, session, at_work, organisation):
    answer = at_work.send(
        NEW, press="Enter them", name="Vic Vale", email="Vic@Example.org", roles=["volunteer"]
    )
    made = session.scalars(select(Practitioner)).one()
    assert answer.location.endswith(f"/volunteers/{made.reference}")
    assert (made.name, made.email, made.person_id) == ("Vic Vale", "vic@example.org", None)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == volunteers.KIND)).one()
    with app.test_request_context():
        assert f"/my/training-entered/{made.reference}" in write(session, mail).body
    assert "Vic Vale" in words(at_work.get(TEAM))


def test_what_is_missing_is_said(session, at_work, organisation):
    empty = at_work.post_raw(NEW, {})
    assert empty.status_code == 422
    assert "Enter their name." in words(empty)
    assert "Choose what they do." in words(empty)


def test_what_they_learned_is_entered_and_waits(session, at_work, vic):
    learned(at_work, vic)
    record = session.scalars(select(TrainingRecord)).one()
    assert (record.module, record.state) == ("W1", "awaiting check")
    again = at_work.send(
        f"{TEAM}/volunteers/{vic.reference}",
        press="Add it", module="W1", on="1 March 2027", how="course",
    )  # fmt: skip
    assert again.status_code == 422


def test_only_a_lead_of_that_organisation_enters(session, organisation, vic, browser):
    other = accounts.lead_of(accounts.checked_organisation(session, name="Otters"))
    editor = accounts.member(session, organisation, "editor", "Sam Reid")
    here = f"{TEAM}/volunteers/{vic.reference}"
    assert (browser(editor).get(NEW).status_code, browser(editor).get(here).status_code) == (
        403, 403,
    )  # fmt: skip
    assert browser(other).get(here).status_code == 404
    elsewhere = here.replace("kites-youth-club", "otters")
    assert browser(other).get(elsewhere).status_code == 404


def test_they_claim_it(session, at_work, vic, person, browser):
    learned(at_work, vic)
    mine = browser(person)
    assert "Training was entered for you" in words(mine.get("/my/"))
    mine.send(f"/my/training-entered/{vic.reference}", press="This is me: take it over")
    session.expire_all()
    assert (vic.person_id, vic.name, vic.email) == (person.id, "", "")
    assert [r.module for r in vic.records] == ["W1"]
    assert at_work.get(f"{TEAM}/volunteers/{vic.reference}").status_code == 404


def test_it_joins_what_they_have_already(session, at_work, organisation, vic, person, browser):
    learned(at_work, vic)
    invited = accounts.invitation(session, organisation, person.email, "viewer")
    colleagues.accept_invitation(session, invited, by=person, at=clock.now())
    session.commit()
    build.with_roles(session, person, organisation, "volunteer")
    build.entered(session, person, "W2")
    gone = vic.id
    browser(person).send(f"/my/training-entered/{vic.reference}", press="This is me: take it over")
    session.expire_all()
    assert session.get(Practitioner, gone) is None
    mine = queries.practitioner_of(session, person)
    assert {r.module for r in mine.records} == {"W1", "W2"}
    assert sum(role.stands for role in mine.roles) == 1


def test_nobody_else_and_nobody_unconfirmed_claims(session, vic, browser):
    other = people.person(session, "Olu Other")
    assert browser(other).get(f"/my/training-entered/{vic.reference}").status_code == 404
    with pytest.raises(Refused):
        volunteers.claim(session, vic, by=other, at=clock.now())


def test_nobody_claims_what_they_entered_themselves(session, at_work, organisation, lead):
    own = build.volunteer(session, organisation, lead.email)
    assert at_work.get(f"/my/training-entered/{own.reference}").status_code == 403


def test_not_me_takes_the_address_out(session, vic, person, browser):
    browser(person).send(f"/my/training-entered/{vic.reference}", press="This is not me")
    session.expire_all()
    assert (vic.email, vic.person_id) == ("", None)


def test_they_are_taken_off_the_team(session, at_work, vic):
    at_work.send(f"{TEAM}/volunteers/{vic.reference}", press="Take them off the team")
    assert "Vic Vale" not in words(at_work.get(TEAM))


def test_so_many_a_day(session, organisation, lead, pathways):
    who = {"pathways": pathways.pathways, "by": lead, "at": clock.now(), "most_a_day": 1}
    volunteers.enter(session, organisation, "Ann", "", ["volunteer"], **who)
    with pytest.raises(Refused):
        volunteers.enter(session, organisation, "Bea", "", ["volunteer"], **who)


def test_their_places_come_along_and_a_second_one_goes_to_who_waits(
    session, organisation, lead, vic, person
):
    build.practitioner(session, person)
    both, one = meetings.offered(session, capacity=2), meetings.offered(session, capacity=1)
    for it in (both, one):
        booking.book(session, it, vic, wait=False, by=lead, at=clock.now())
        session.commit()
    meetings.booked(session, both, person)
    waiting = meetings.booked(session, both)
    volunteers.claim(session, vic, by=person, at=clock.now())
    session.commit()
    session.expire_all()
    mine = queries.practitioner_of(session, person)
    standing = sorted(b.session_id for b in mine.bookings if b.state == "booked")
    assert standing == sorted([both.id, one.id])
    assert waiting.state == "booked"
