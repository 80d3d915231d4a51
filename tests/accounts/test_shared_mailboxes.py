"""A club's shared mailbox: an account of one organisation's, and of no person's."""

import pytest

from accounts.actions import people as people_actions
from accounts.addresses import actions
from accounts.models.people import DATA_PROTECTION, OFFICER
from accounts.queries import person_by_email
from tests.accounts.test_sign_in_register import register
from tests.builders import accounts as organisations
from tests.builders import addresses as build
from tests.builders import people
from tests.client import soup
from web import clock
from web.workflow import Refused

INFO = "info@kites.example"


@pytest.fixture
def info(session, client):
    made = people.person(session, "Kites office", INFO, password=people.PASSWORD)
    actions.mark_shared(session, made, at=clock.now())
    session.commit()
    client.sign_in(made)
    return made


@pytest.fixture
def kites(session, info):
    """Led by Lena, and by the shared account."""
    club = organisations.organisation(session, people.person(session, "Lena", "lena@home.example"))
    asked = organisations.invitation(session, club, INFO, "lead")
    organisations.colleagues.accept_invitation(session, asked, by=info, at=clock.now())
    session.commit()
    return club


def test_whose_the_mailbox_is_is_asked_when_an_account_is_made(client, session):
    for email, answer in (("a@example.org", "shared"), ("b@example.org", "mine")):
        typed = {"name": "A", "email": email, "password": people.PASSWORD}
        assert client.send("/create-account", mailbox=answer, **typed).status_code == 303
        made = person_by_email(session, email)
        assert made is not None
        assert made.shared == (answer == "shared")
    register(client, email="a@example.org")
    session.expire_all()
    assert not person_by_email(session, "a@example.org").shared, "the newest registration counts"


def test_a_code_alone_does_not_open_it_and_the_page_is_the_same(client, info, session, fetch_mail):
    client.sign_out()
    people.person(session, "Amina", "amina@example.org")
    pages = set()
    for email in (INFO, "amina@example.org", "nobody@example.org"):
        sent = client.send("/sign-in", "Send me a code instead", email=email)
        page = soup(client.get(sent.location))
        pages.add((sent.status_code, page.main.get_text().replace(email, "X")))
    assert len(pages) == 1
    mails = {m.to: m for m in fetch_mail()}
    assert mails[INFO].kind == "accounts/password_needed"
    assert "a code alone does not open the account" in mails[INFO].body
    client.send("/sign-in", email=INFO, password=people.PASSWORD)
    assert client.get("/my/").status_code == 200


def test_a_code_sent_before_it_was_shared_does_not_open_it_either(client, session, fetch_mail):
    person = people.person(session, "Kites office", INFO)
    client.send("/sign-in", "Send me a code instead", email=INFO)
    code = next(m.code for m in fetch_mail())
    actions.mark_shared(session, person, at=clock.now())
    session.commit()
    assert client.send("/sign-in/code", code=code).status_code == 422


@pytest.mark.parametrize("role", [OFFICER, DATA_PROTECTION])
def test_it_can_hold_no_role_in_the_programme(app, session, info, role):
    with pytest.raises(Refused, match="shared by a club"):
        people_actions.appoint(session, info, role, by="system:test", at=clock.now())
    session.rollback()
    said = app.test_cli_runner().invoke(args=["officers", "appoint", INFO])
    assert said.exit_code == 1
    assert "shared by a club" in said.output


def test_whoever_has_a_role_cannot_share(client, session):
    officer = people.officer(session)
    client.sign_in(officer)
    assert client.get("/my/account/shared").status_code == 403
    with pytest.raises(Refused, match="role in the programme"):
        actions.mark_shared(session, officer, at=clock.now())


def test_it_belongs_to_one_organisation(client, session, info, kites):
    other = organisations.organisation(session, name="Other Club")
    asked = organisations.invitation(session, other, INFO)
    with pytest.raises(Refused, match="one organisation only"):
        organisations.colleagues.accept_invitation(session, asked, by=info, at=clock.now())
    assert client.get("/my/organisations/new").status_code == 403
    in_two = organisations.member(session, kites)
    organisations.organisation(session, in_two, name="Third Club")
    with pytest.raises(Refused, match="several organisations"):
        actions.mark_shared(session, in_two, at=clock.now())


def test_a_new_password_by_mail_is_told_to_the_other_leads(
    client, session, info, kites, fetch_mail
):
    client.sign_out()
    fetch_mail()
    client.send("/forgot-password", email=INFO)
    link = next(m.link for m in fetch_mail() if "/reset/" in m.body)
    client.send(link, password="four blue herons")
    told = [m for m in fetch_mail() if m.to == "lena@home.example"]
    assert [m.kind for m in told] == ["accounts/shared_password"]
    assert INFO in told[0].body


def test_each_can_have_an_account_of_their_own(client, kites):
    page = client.page("/my/account/addresses")
    assert page.select_one("a[href='/my/organisations/kites-youth-club/colleagues/invite']")
    assert "Each of you can have an account of your own" in page.get_text()


def test_an_own_second_address_does_not_open_a_shared_account(client, session, info):
    page = client.send("/my/account/addresses/add", email="sam@home.example", mailbox="mine")
    assert "make an account of your own" in page.text
    build.with_second(session, info, "hello@kites.example")
    assert info.second_email == "hello@kites.example"


def test_mine_alone_takes_a_new_password_and_tells_the_leads(
    client, session, info, kites, fetch_mail
):
    fetch_mail()
    old = info.fs_uniquifier
    wrong = {"password": "not it at all", "new_password": "four blue herons"}
    assert client.send("/my/account/mine-alone", **wrong).status_code == 422
    right = wrong | {"password": people.PASSWORD}
    assert client.send("/my/account/mine-alone", **right).status_code == 303
    session.expire_all()
    assert (info.shared, info.fs_uniquifier == old) == (False, False)
    kinds = {(m.to, m.kind) for m in fetch_mail()}
    assert ("lena@home.example", "accounts/not_shared_any_more") in kinds
    assert client.get("/my/").status_code == 302
    assert client.get("/my/account/mine-alone").status_code == 302


def test_ending_a_role_is_told(session, fetch_mail):
    officer = people.officer(session)
    people_actions.end_appointment(session, officer, OFFICER, by="system:test", at=clock.now())
    session.commit()
    assert [m.subject for m in fetch_mail()] == [
        "You have a role in the programme now: Charter team",
        "Your role has ended: Charter team",
    ]


# Leaving


@pytest.mark.parametrize(
    ("email", "more", "asked"),
    [
        ("sam@kites.example", {"public_email": "info@kites.example"}, True),
        ("sam@kites.example", {"website": "https://www.kites.example/us"}, True),
        ("kites@gmail.com", {"public_email": "kites@gmail.com"}, True),
        ("sam@gmail.com", {"public_email": "kites@gmail.com"}, False),
        ("sam@home.example", {"public_email": "info@kites.example"}, False),
    ],
)
def test_who_leaves_is_asked_for_an_address_of_their_own(client, session, email, more, asked):
    club = organisations.organisation(session, **more)
    sam = people.person(session, "Sam", email)
    invited = organisations.invitation(session, club, email)
    organisations.colleagues.accept_invitation(session, invited, by=sam, at=clock.now())
    session.commit()
    client.sign_in(sam)
    membership = organisations.membership(session, club, sam)
    leave = f"/my/organisations/{club.slug}/colleagues/{membership.reference}/end"
    assert ("Add an address" in client.page(leave).main.get_text()) == asked
    assert "Keep your account" not in client.page("/my/").get_text()
    assert client.send(leave).status_code == 303, "a prompt, never a bar"
    session.expire_all()
    assert ("Keep your account" in client.page("/my/").get_text()) == asked
    build.with_second(session, sam)
    assert "Keep your account" not in client.page("/my/").get_text()


def test_colleagues_at_the_same_domain_say_it_too(session, client):
    club = organisations.organisation(session, people.person(session, "Lena", "lena@kites.example"))
    sam = people.person(session, "Sam", "sam@kites.example")
    invited = organisations.invitation(session, club, sam.email)
    organisations.colleagues.accept_invitation(session, invited, by=sam, at=clock.now())
    membership = organisations.membership(session, club, sam)
    organisations.colleagues.end_membership(session, membership, by=sam, at=clock.now())
    session.commit()
    client.sign_in(sam)
    assert "Keep your account" in client.page("/my/").get_text()


# What else is told


def test_a_changed_and_an_ended_role_in_an_organisation_are_told(session, fetch_mail):
    club = organisations.organisation(session, people.person(session, "Lena", "lena@home.example"))
    lead, sam = organisations.lead_of(club), organisations.member(session, club)
    zoe = organisations.member(session, club, "viewer", "Zoe")
    fetch_mail()
    at, act = clock.now(), organisations.colleagues
    act.change_role(session, organisations.membership(session, club, sam), "viewer", by=lead, at=at)
    act.end_membership(session, organisations.membership(session, club, sam), by=lead, at=at)
    act.end_membership(session, organisations.membership(session, club, zoe), by=zoe, at=at)
    session.commit()
    assert [(m.to, m.subject) for m in fetch_mail()] == [
        (sam.email, "What you may do for Kites Youth Club has changed"),
        (sam.email, "You do not belong to Kites Youth Club any more"),
        ("lena@home.example", "Zoe has left Kites Youth Club"),
    ]
