"""Two addresses: adding, confirming, changing the main one, removing; and what must not happen."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.actions import people as people_actions
from accounts.addresses import actions, rules
from accounts.addresses.workflow import CHANGES
from accounts.models import AddressChange, Person, TakenAddress
from accounts.models.addresses import CHANGE_STATES
from tests.builders import accounts as organisations
from tests.builders import addresses as build
from tests.builders import people
from tests.client import soup
from web import clock
from web.audit import record
from web.audit.verify import verify
from web.jobs import run_due
from web.workflow import Refused, obstacles

ADD, MAIN = "/my/account/addresses/add", "/my/account/addresses/main"
NEW = "sam@home.example"


@pytest.fixture
def sam(session, client):
    made = people.person(session, "Sam", "sam@club.example", password=people.PASSWORD)
    client.sign_in(made)
    return made


@pytest.fixture
def links(session, sam, fetch_mail):
    """Sam has two addresses and asks for the second to be the main one: both links."""
    build.with_second(session, sam, NEW)
    build.making_main(session, sam)
    return {m.to: m.link for m in fetch_mail() if m.kind.startswith("accounts/main_asked")}


def answer(client, link, do):
    return client.post_raw(link, {"do": do})


def text_of(response):
    return " ".join(soup(response).main.get_text().split())


# Adding


def test_a_second_address_is_confirmed_at_it_and_told_to_the_first(
    client, session, sam, fetch_mail
):
    client.send(ADD, email="Sam@Home.example", mailbox="mine")
    told = {m.to: m for m in fetch_mail()}
    assert sam.second_email is None
    assert "wants to add sam@home.example" in told["sam@club.example"].body
    link = told[NEW].link
    assert "Sam wants this address to open the account" in text_of(client.get(link))
    assert answer(client, link, "yes").status_code == 303
    session.expire_all()
    assert (sam.email, sam.second_email) == ("sam@club.example", NEW)
    assert {m.to for m in fetch_mail()} == {"sam@club.example", NEW}
    key = client.application.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


@pytest.mark.parametrize("email", ["sam@club.example", NEW])
def test_sign_in_works_with_either(client, session, sam, email):
    build.with_second(session, sam, NEW)
    client.sign_out()
    client.send("/sign-in", email=email, password=people.PASSWORD)
    assert client.get("/my/").status_code == 200


def test_a_code_goes_to_the_address_that_was_typed_and_opens_the_account(
    client, session, sam, fetch_mail
):
    build.with_second(session, sam, NEW)
    client.sign_out()
    fetch_mail()
    client.send("/sign-in", press="Send me a code instead", email=NEW)
    (mail,) = fetch_mail()
    assert mail.to == NEW
    client.send("/sign-in/code", code=mail.code)
    assert client.get("/my/").status_code == 200


@pytest.mark.parametrize(("asked", "other"), [("sam@club.example", NEW), (NEW, "sam@club.example")])
def test_a_reset_goes_to_the_one_asked_for_and_the_other_is_told(
    client, session, sam, fetch_mail, asked, other
):
    build.with_second(session, sam, NEW)
    fetch_mail()
    client.send("/forgot-password", email=asked)
    arrived = {m.to: m for m in fetch_mail()}
    assert "/reset/" in arrived[asked].body
    assert arrived[other].kind == "accounts/reset_elsewhere"
    assert "/reset/" not in arrived[other].body


def test_an_address_that_opens_another_account_gets_the_same_page(client, session, sam, fetch_mail):
    pages = {}
    other = people.person(session, "Other", "main@home.example")
    build.with_second(session, other, "else@home.example")
    fetch_mail()
    for email in ("main@home.example", "else@home.example", "free@home.example"):
        first = client.send(ADD, email=email, mailbox="mine")
        page = client.get(first.location)
        pages[email] = (first.status_code, _without_tokens(page.text.replace(email, "X")))
        mail = next(m for m in fetch_mail() if m.to == email)
        assert mail.kind == (
            "accounts/address_confirm" if "free" in email else "accounts/address_taken"
        )
        if "free" not in email:
            assert "/addresses/" not in mail.body
    assert len(set(pages.values())) == 1


def _without_tokens(text):
    page = BeautifulSoup(text, "html.parser")
    for hidden in page.select("input[type=hidden]"):
        hidden.decompose()
    return str(page.main)


def test_an_address_taken_meanwhile_is_refused_when_it_is_confirmed(client, session, sam):
    change = build.adding(session, sam, NEW)
    people.person(session, "Quicker", NEW)
    with pytest.raises(Refused, match="opens another account"):
        actions.say_yes(session, change, "new", at=clock.now())


def test_the_database_itself_refuses_one_address_for_two_people(session, sam):
    build.with_second(session, sam, NEW)
    with pytest.raises(IntegrityError):
        people_actions.register(session, name="Two", email=NEW, password=None, at=clock.now())
    session.rollback()


def test_registering_with_a_second_address_tells_its_owner_and_makes_nothing(
    client, session, sam, fetch_mail
):
    build.with_second(session, sam, NEW)
    client.sign_out()
    fetch_mail()
    people_before = len(session.scalars(select(Person)).all())

    client.send("/create-account", name="X", email=NEW, password=people.PASSWORD, mailbox="mine")
    assert [(m.to, m.kind) for m in fetch_mail()] == [(NEW, "accounts/account_stands")]
    assert len(session.scalars(select(Person)).all()) == people_before


def test_an_invitation_to_either_address_can_be_accepted(client, session, sam):
    build.with_second(session, sam, NEW)
    club = organisations.organisation(session)
    asked = organisations.invitation(session, club, NEW)
    assert client.page("/my/").find(string=lambda t: "You are invited to Kites" in t)
    organisations.colleagues.accept_invitation(session, asked, by=sam, at=clock.now())
    with pytest.raises(Refused, match="belongs to one of your colleagues"):
        organisations.invitation(session, club, NEW)


def test_a_stranger_cannot_confirm_an_address_into_an_account(client, session, sam, fetch_mail):
    """Somebody typed a stranger's address; the stranger presses the button."""
    build.adding(session, sam, NEW)
    link = next(m.link for m in fetch_mail() if m.to == NEW)
    for who in (None, people.person(session, "Stranger")):
        client.sign_out()
        if who:
            client.sign_in(who)
        assert "Yes, this is my address" not in client.get(link).text
        assert answer(client, link, "yes").status_code == 422
        session.expire_all()
        assert sam.second_email is None


def test_the_strangers_no_ends_the_change_and_nothing_else(client, session, sam, fetch_mail):
    build.adding(session, sam, NEW)
    link = next(m.link for m in fetch_mail() if m.to == NEW)
    stranger = client.application.test_client()
    assert answer(stranger, link, "no").status_code == 303
    assert client.get("/my/").status_code == 200, "still signed in"
    assert "stopped" in text_of(client.get(link))


def test_no_after_it_was_added_takes_it_off_and_signs_out_everywhere(
    client, session, sam, fetch_mail
):
    build.with_second(session, sam, NEW)
    stop = next(m.link for m in fetch_mail() if m.kind == "accounts/address_asked")
    assert answer(client.application.test_client(), stop, "no").status_code == 303
    session.expire_all()
    assert sam.second_email is None
    assert client.get("/my/").status_code == 302
    assert session.get(TakenAddress, NEW) is None


def test_asking_twice_leaves_the_newest(client, session, sam, fetch_mail):
    first, second = build.adding(session, sam, NEW), build.adding(session, sam, "b@home.example")
    assert (first.state, second.state) == ("taken back", "waiting")
    old = next(m.link for m in fetch_mail() if m.to == NEW)
    assert answer(client, old, "yes").status_code == 409


def test_what_cannot_be_added(client, session, sam):
    assert "sign in with this address already" in text_of(
        client.send(ADD, email=sam.email, mailbox="mine")
    )
    assert "cannot open your own account" in text_of(client.send(ADD, email=NEW, mailbox="shared"))
    assert client.send(ADD, email="no address", mailbox="mine").status_code == 422
    build.with_second(session, sam, NEW)
    assert client.get(ADD).status_code == 403


# The main one


@pytest.mark.parametrize("order", [("sam@club.example", NEW), (NEW, "sam@club.example")])
def test_the_main_address_changes_when_both_have_said_yes(
    client, session, sam, links, fetch_mail, order
):
    browser = client.application.test_client()  # nobody has to be signed in
    first, second = (links[email] for email in order)
    assert answer(browser, first, "yes").status_code == 303
    session.expire_all()
    assert sam.email == "sam@club.example"
    assert answer(browser, second, "yes").status_code == 303
    session.expire_all()
    assert (sam.email, sam.second_email) == (NEW, "sam@club.example")
    assert {m.to for m in fetch_mail()} == {NEW, "sam@club.example"}


@pytest.mark.parametrize("side", ["sam@club.example", NEW])
def test_no_from_either_stops_it_and_signs_out_everywhere(client, session, sam, links, side):
    other = next(email for email in links if email != side)
    browser = client.application.test_client()
    answer(browser, links[other], "yes")
    assert answer(browser, links[side], "no").status_code == 303
    assert answer(browser, links[side], "yes").status_code == 409
    assert answer(browser, links[other], "yes").status_code == 409
    session.expire_all()
    assert sam.email == "sam@club.example"
    assert client.get("/my/").status_code == 302, "signed out"


def test_a_scanner_that_opens_every_link_changes_nothing(client, session, sam, links):
    scanner = client.application.test_client()
    for link in [*links.values()] * 3:
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    session.expire_all()
    assert sam.email == "sam@club.example"
    assert session.scalars(
        select(AddressChange.state).where(AddressChange.sort == "main")
    ).all() == ["waiting"]


def test_a_link_used_again_changes_nothing_back(client, session, sam, links):
    for link in links.values():
        answer(client, link, "yes")
    for link in links.values():
        assert answer(client, link, "yes").status_code == 303
        assert "main address is changed" in text_of(client.get(link))
        assert answer(client, link, "no").status_code == 409
    session.expire_all()
    assert sam.email == NEW


def test_one_sides_link_does_not_speak_for_the_other(client, session, sam, links):
    for _ in range(3):
        answer(client, links[NEW], "yes")
    session.expire_all()
    assert sam.email == "sam@club.example"


def test_after_its_days_it_has_run_out(client, app, session, sam, links):
    clock.freeze(clock.now() + timedelta(days=7))
    for link in links.values():
        assert client.application.test_client().get(link).status_code == 410
        assert answer(client, link, "yes").status_code == 409
    run_due(app.extensions["database"], [j for j in app.extensions["jobs"] if "address" in j.name])
    session.expire_all()
    assert "expired" in session.scalars(select(AddressChange.state)).all()
    assert sam.email == "sam@club.example"


def test_removed_meanwhile(client, session, sam, links):
    client.send("/my/account/addresses/remove")
    session.expire_all()
    assert sam.second_email is None
    for link in links.values():
        assert answer(client, link, "yes").status_code == 409


def test_garbage_for_an_answer(client, session, sam, links):
    link = links[NEW]
    assert answer(client, link, "maybe").status_code == 422
    assert client.post_raw(link, {}).status_code == 422
    assert client.get(link + "x").status_code == 404


# Every state, every mover


@pytest.mark.parametrize("state", CHANGE_STATES)
def test_who_may_make_which_move(session, sam, state):
    may = {
        ("finish", "waiting"): {rules.HOLDER},
        ("stop", "waiting"): {rules.HOLDER},
        ("stop", "done"): {rules.HOLDER},
        ("take back", "waiting"): {sam},
        ("expire", "waiting"): {rules.CLOCK},
        ("end with the account", "waiting"): {rules.PORTAL},
    }
    change = build.adding(session, sam, NEW)
    change.state, change.new_said_yes_at = state, clock.now()
    sam.second_email = NEW if state == "done" else None
    for thing in (change, sam):
        record(session, thing, "test", by=sam, at=clock.now())
    session.commit()
    portal = [rules.HOLDER, rules.CLOCK, rules.PORTAL]
    who = [sam, people.person(session), people.officer(session), *portal]
    for verb in CHANGES:
        for person in who:
            allowed = person in may.get((verb, state), set())
            assert (obstacles(CHANGES, verb, change, person) == []) == allowed, (verb, person)
