"""What was mailed to an address before it stopped being theirs, and what stays behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import people as people_actions
from accounts.addresses import actions, mailboxes
from accounts.models.people import OFFICER
from charter.models import WorkerPledge
from charter.workers import queries
from tests.builders import addresses as build
from tests.builders import people, workers
from web import clock
from web.erasing import erase
from web.mail import OutboxMail

MAIN, SECOND = "sam@club.example", "sam@home.example"
PASSWORD = people.PASSWORD


@pytest.fixture
def sam(session):
    made = people.person(session, "Sam", MAIN, password=PASSWORD)
    return build.with_second(session, made, SECOND)


@pytest.mark.parametrize("how", ["removed", "a new password"])
def test_a_code_out_is_dead_at_the_other_address_too(client, session, sam, fetch_mail, how):
    """A code belongs to the account: whoever reads the lost mailbox could type the other one."""
    fetch_mail()
    client.send("/sign-in", press="Send me a code instead", email=SECOND)
    code = next(m for m in fetch_mail() if m.kind == "accounts/code").code
    if how == "removed":
        actions.remove_second(session, sam, at=clock.now())
    else:
        people_actions.reset_password(session, sam, password="x", at=clock.now())
    session.commit()
    client.send("/sign-in", press="Send me a code instead", email=MAIN)
    assert client.send("/sign-in/code", code=code).status_code == 422


def test_a_reset_link_dies_with_the_address(client, session, sam, fetch_mail):
    fetch_mail()
    client.send("/forgot-password", email=SECOND)
    link = next(m for m in fetch_mail() if m.kind == "accounts/reset").link
    assert client.get(link).status_code == 200
    actions.remove_second(session, sam, at=clock.now())
    session.commit()
    assert client.get(link).status_code == 410


def test_who_removes_it_stays_signed_in_and_others_do_not(app, client, session, sam):
    elsewhere = app.test_client()
    elsewhere.sign_in(sam)
    client.send("/sign-in", "Sign in", email=MAIN, password=PASSWORD)
    page = "/my/account/addresses"
    assert client.send(f"{page}/remove").status_code == 303
    assert client.get(page).status_code == 200
    assert elsewhere.get(page).status_code == 302


def test_a_workers_pledge_stays_with_who_made_it_when_the_address_passes_on(session, sam):
    pledge = workers.pledge(session, "Sam", email=MAIN)
    change = build.making_main(session, sam)
    for side in actions.SIDES:
        actions.say_yes(session, change, side, at=clock.now())
    actions.remove_second(session, sam, at=clock.now())
    session.commit()
    next_one = people.person(session, "Nia", MAIN)
    assert queries.of_person(session, next_one) is None
    assert queries.of_person(session, sam) is pledge


def test_a_workers_pledge_of_the_second_address_is_erased_too(session):
    pledge = workers.pledge(session, "Sam", email=SECOND)
    sam = build.with_second(session, people.person(session, "Sam", MAIN), SECOND)
    assert queries.of_person(session, sam) is pledge
    erase(session, sam, by=sam, at=clock.now())
    session.commit()
    assert session.scalars(select(WorkerPledge)).all() == []


def test_who_is_not_an_officer_any_more_hears_nothing_of_lost_mailboxes(session, sam):
    olu, other = people.officer(session, "Olu"), people.officer(session, "Petra")
    build.started(session, build.lost(session, MAIN, "sam@new.example"), olu)
    people_actions.end_appointment(session, olu, OFFICER, by=other, at=clock.now())
    erase(session, olu, by=olu, at=clock.now())
    session.commit()
    assert mailboxes.mend_due(session, clock.now() + timedelta(days=30)) == (0, 1)
    session.commit()
    assert not [m for m in session.scalars(select(OutboxMail)) if "@" not in m.address]
