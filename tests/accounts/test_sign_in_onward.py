"""Where somebody was going survives signing in, making an account and confirming it."""

from urllib.parse import quote

import pytest

from tests.builders import accounts as build
from tests.builders.people import PASSWORD, person
from tests.client import soup
from web import worker

INVITED = "rosie@example.org"


@pytest.fixture
def link(client, session, fetch_mail):
    """An invitation's, to somebody without an account."""
    kites = build.organisation(session)
    build.invitation(session, kites, INVITED)
    session.commit()
    return next(mail for mail in fetch_mail() if mail.to == INVITED).link


def make_account(client, address):
    given = {"name": "Rosie", "email": INVITED, "password": PASSWORD}
    return client.send(address, mailbox="mine", **given)


def link_named(client, address, words):
    page = soup(client.get(address))
    return next(a["href"] for a in page.main.select("a") if a.get_text(strip=True) == words)


def test_an_invitations_link_leads_a_newcomer_back_to_it(app, client, link, fetch_mail):
    response = make_account(client, link_named(client, link, "Create an account"))
    assert f"next={quote(link)}" in response.location
    elsewhere = app.test_client()  # the mail is opened in another browser
    response = elsewhere.send(fetch_mail()[0].link, "Confirm and sign in", password=PASSWORD)
    assert response.location == link
    assert elsewhere.send(link, "Accept the invitation").status_code == 303


def test_also_when_the_mail_was_asked_for_again(client, link, fetch_mail):
    sent = make_account(client, link_named(client, link, "Create an account")).location
    fetch_mail()
    client.send(link_named(client, sent, "Ask for the email again"), email=INVITED)
    response = client.send(fetch_mail()[0].link, "Confirm and sign in", password=PASSWORD)
    assert response.location == link


def test_it_survives_changing_between_the_pages(client, link):
    create = link_named(client, link, "Create an account")
    sign_in = link_named(client, create, "Sign in")
    assert link_named(client, sign_in, "Create an account") == create


def test_a_slip_in_the_address_is_mended_without_typing_all_again(client, link):
    sent = make_account(client, f"/create-account?next={quote(link)}").location
    page = soup(client.get(link_named(client, sent, "Mend the address")))
    assert page.select_one("[name=name]")["value"] == "Rosie"
    assert page.select_one("[name=email]")["value"] == INVITED
    assert not page.select_one("[name=password]").get("value")


def test_whoever_is_signed_in_goes_straight_on(client, session):
    client.sign_in(person(session))
    assert client.get("/create-account?next=/pledge/start").location == "/pledge/start"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\r\nX: y", "/" + "x" * 501],
)
def test_only_to_a_page_of_ours(client, session, fetch_mail, elsewhere):
    response = make_account(client, f"/create-account?next={quote(elsewhere)}")
    assert "next" not in response.location
    [mail] = fetch_mail()
    response = client.send(mail.link, "Confirm and sign in", password=PASSWORD)
    assert response.location == "/my/"


@pytest.mark.parametrize("token", ["", "nonsense", "WzFd.x"])
def test_a_link_that_was_tampered_with_leads_to_the_first_page(client, fetch_mail, token):
    make_account(client, "/create-account?next=/pledge/start")
    path = fetch_mail()[0].link.partition("?")[0]
    response = client.send(f"{path}?on={quote(token)}", "Confirm and sign in", password=PASSWORD)
    assert response.location == "/my/"


def test_what_was_typed_cannot_be_read_in_a_strangers_mail(client, fetch_mail):
    make_account(client, "/create-account?next=/win-money-at-evil.example")
    [mail] = fetch_mail()
    assert "evil" not in mail.body


def test_links_are_made_from_the_sites_address_not_the_requests(app, client, session, monkeypatch):
    """Whoever asks with another Host header does not choose where the mail leads."""
    from web.mail import sending

    bodies = []
    monkeypatch.setattr(sending, "_hand_over", lambda _mail, letter: bodies.append(letter.body))
    settings = app.extensions["settings"]
    elsewhere = settings.model_copy(update={"site_url": "https://charter.example.org"})
    monkeypatch.setitem(app.extensions, "settings", elsewhere)
    make_account(client, "/create-account?next=/pledge/start")
    worker.once(app)
    assert "https://charter.example.org/confirm/" in bodies[0]
    assert "localhost" not in bodies[0]
