"""Signing in by password and by mailed code, and signing out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import people
from tests.builders.people import PASSWORD, person
from tests.client import soup
from web import clock
from web.mail.models import OutboxMail

AMINA = "amina@example.org"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


def sign_in(client, email=AMINA, password=PASSWORD, address="/sign-in"):
    return client.send(address, "Sign in", email=email, password=password)


def ask_for_code(client, email=AMINA, address="/sign-in"):
    return client.send(address, "Send me a code instead", email=email)


def words(response, email):
    """What the page says, with one address in place of another's."""
    return response.status_code, soup(response).get_text().replace(email, "ADDRESS")


def is_signed_in(client):
    return client.get("/my/password").status_code == 200


def test_by_password(client, amina):
    response = sign_in(client)
    assert response.status_code == 303
    assert response.location == "/my/"
    assert is_signed_in(client)


def test_the_address_may_be_typed_in_capitals_with_spaces_around(client, amina):
    assert sign_in(client, " Amina@EXAMPLE.org ").status_code == 303


def test_a_wrong_password_keeps_the_address_and_never_shows_the_password(client, amina):
    response = sign_in(client, password="wrong horse battery")
    assert response.status_code == 422
    assert "Check your email address and password" in response.text
    assert AMINA in response.text
    assert "wrong horse battery" not in response.text
    assert not is_signed_in(client)


def test_an_unknown_address_a_wrong_password_and_an_unconfirmed_account_look_the_same(
    client, amina, session
):
    person(session, email="new@example.org", password=PASSWORD, confirmed=False)
    answers = {
        words(sign_in(client, email, password), email)
        for email, password in (
            (AMINA, "wrong horse battery"),
            ("nobody@example.org", PASSWORD),
            ("new@example.org", PASSWORD),
        )
    }
    assert len(answers) == 1


def test_an_account_that_is_switched_off_stays_out(client, amina, session):
    from web.audit import record

    amina.active = False
    record(session, amina, "switch off", by="system:test", at=clock.now())
    session.commit()
    assert sign_in(client).status_code == 422


def test_by_code(client, amina, fetch_mail):
    response = ask_for_code(client)
    assert response.status_code == 303
    [mail] = fetch_mail()
    assert mail.to == AMINA
    response = client.send(response.location, code=f"{mail.code[:3]} {mail.code[3:]}")
    assert response.location == "/my/"
    assert is_signed_in(client)


def test_a_code_works_once(client, amina, fetch_mail):
    page = ask_for_code(client).location
    code = fetch_mail()[0].code
    assert client.send(page, code=code).status_code == 303
    client.sign_out()
    with client.session_transaction() as cookie:
        cookie["address"] = AMINA
    assert client.send(page, code=code).status_code == 422


@pytest.mark.parametrize(("minutes", "status"), [(14, 303), (31, 422)])
def test_a_code_lives_fifteen_minutes(client, amina, fetch_mail, minutes, status):
    page = ask_for_code(client).location
    code = fetch_mail()[0].code
    clock.freeze(clock.now() + timedelta(minutes=minutes))
    assert client.send(page, code=code).status_code == status


def test_asking_twice_leaves_the_first_code_good(client, amina, fetch_mail):
    ask_for_code(client)
    first = fetch_mail()[0].code
    page = ask_for_code(client).location
    assert client.send(page, code=first).status_code == 303


def test_a_mail_that_comes_after_its_code_was_used_carries_none(client, amina, fetch_mail):
    ask_for_code(client)
    code = fetch_mail()[0].code
    page = ask_for_code(client).location
    client.send(page, code=code)
    assert "already used" in fetch_mail()[0].body


def test_nobody_learns_from_the_code_pages_who_has_an_account(client, amina, fetch_mail):
    pages = {}
    for email in (AMINA, "nobody@example.org"):
        asked = ask_for_code(client, email)
        entered = client.send(asked.location, code="000000")
        pages[email] = [
            words(response, email) for response in (asked, client.get(asked.location), entered)
        ]
    assert pages[AMINA] == pages["nobody@example.org"]
    assert [m.to for m in fetch_mail()] == [AMINA]


def test_a_code_for_an_unconfirmed_account_is_a_mail_to_confirm(client, session, fetch_mail):
    person(session, email="new@example.org", password=PASSWORD, confirmed=False)
    ask_for_code(client, "new@example.org")
    assert [m.kind for m in fetch_mail()] == ["accounts/confirm"]


def test_the_code_page_without_having_asked_leads_to_sign_in(client):
    assert client.get("/sign-in/code").location == "/sign-in"


def test_back_to_where_one_was_going(client, amina, fetch_mail):
    page = client.get("/my/password?why=not")
    assert "/sign-in?next=" in page.location
    assert sign_in(client, address=page.location).location == "/my/password?why=not"


def test_back_to_where_one_was_going_by_code_too(client, amina, fetch_mail):
    page = client.get("/my/password").location
    asked = ask_for_code(client, address=page)
    assert client.send(asked.location, code=fetch_mail()[0].code).location == "/my/password"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "http:evil.example",
    ],
)
def test_never_on_to_another_site(client, amina, elsewhere):
    from urllib.parse import quote

    response = sign_in(client, address=f"/sign-in?next={quote(elsewhere)}")
    assert response.location == "/my/"


def test_signing_out(client, amina):
    sign_in(client)
    response = client.send("/my/password", "Sign out")
    assert response.location == "/sign-in"
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert "You are signed out" in client.get("/sign-in").text
    assert not is_signed_in(client)


def test_signing_out_with_a_session_that_has_ended_says_what_happened(client, amina):
    sign_in(client)
    client.sign_out()
    response = client.post("/sign-out")
    assert "so that was not done" in client.get(response.location).text


def test_a_stolen_old_cookie_is_worth_nothing_after_a_change_of_password(client, amina, session):
    sign_in(client)
    people.change_password(session, amina, password="x", at=clock.now())
    session.commit()
    assert not is_signed_in(client)


def test_the_sign_in_pages_are_for_those_who_are_signed_out(client, amina):
    sign_in(client)
    for address in ("/sign-in", "/sign-in/code", "/create-account"):
        assert client.get(address).location == "/my/"


def test_the_session_cookie_is_renewed_with_use_and_kept_from_scripts(client, amina):
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie
    assert "Expires=" in client.get("/my/password").headers["Set-Cookie"]


def test_nobody_is_remembered(client, amina):
    response = client.send("/sign-in", "Sign in", email=AMINA, password=PASSWORD, remember="y")
    assert all(c.startswith("portal=") for c in response.headers.getlist("Set-Cookie"))


def test_no_cookie_without_a_form(client):
    for address in (
        "/create-account/check-your-mail",
        "/confirm/x",
        "/forgot-password/check-your-mail",
    ):
        assert "Set-Cookie" not in client.get(address).headers


def test_no_sign_in_by_a_token_in_an_address_or_a_header(client, amina, app):
    with app.test_request_context():
        token = amina.get_auth_token()
    assert client.get(f"/my/password?auth_token={token}").status_code == 302
    answer = client.get("/my/password", headers={"Authentication-Token": token})
    assert answer.status_code == 302


def test_the_outbox_holds_neither_code_nor_link(client, amina, session, fetch_mail):
    ask_for_code(client)
    client.send("/forgot-password", email=AMINA)
    code, reset = fetch_mail()
    for mail in session.scalars(select(OutboxMail)):
        assert mail.facts == {"person": amina.id}
        assert code.code not in mail.body
        assert reset.link not in mail.body
        assert "[link removed]" in mail.body


def test_when_they_last_came(client, amina, session):
    sign_in(client)
    session.refresh(amina)
    assert amina.last_used_at == clock.now()


def test_officers_come_in_too(client, session):
    """The library's own notion of roles must not stumble over ours."""
    from tests.builders.people import officer

    client.sign_in(officer(session))
    assert is_signed_in(client)


def test_no_view_and_no_command_of_the_library_is_there(app):
    ours = [e for e in app.view_functions if e.startswith("security.")]
    assert ours
    for endpoint in ours:
        assert app.view_functions[endpoint].__module__.startswith("accounts.sign_in.views")
    assert not {"users", "roles"} & set(app.cli.commands)
