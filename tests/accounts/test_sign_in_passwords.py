"""Choosing a new password, by a mailed link or with the old one."""

import pytest

from accounts.actions import people
from accounts.sign_in import passwords
from tests.builders.people import PASSWORD, person
from web import clock

AMINA = "amina@example.org"
NEW = "seven green buses"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


@pytest.fixture
def reset_link(client, amina, fetch_mail):
    client.send("/forgot-password", email=AMINA)
    return fetch_mail()[0].link


def sign_in(client, password):
    return client.send("/sign-in", "Sign in", email=AMINA, password=password).status_code


def test_by_a_mailed_link(client, reset_link, fetch_mail):
    response = client.send(reset_link, password=NEW)
    assert response.location == "/sign-in"
    page = client.get("/sign-in").text
    assert "Your new password is saved" in page
    assert AMINA in page
    assert [m.kind for m in fetch_mail()] == ["accounts/password_changed"]
    assert sign_in(client, PASSWORD) == 422
    assert sign_in(client, NEW) == 303


def test_opening_the_link_changes_nothing(client, amina, session, reset_link):
    before = amina.password, amina.fs_uniquifier
    assert client.get(reset_link).status_code == 200
    session.refresh(amina)
    assert (amina.password, amina.fs_uniquifier) == before


def test_the_link_works_once(client, reset_link):
    client.send(reset_link, password=NEW)
    assert client.get(reset_link).status_code == 410


def test_an_older_link_ends_when_the_password_is_changed(client, amina, reset_link):
    client.sign_in(amina)
    client.send("/my/password", "Save the new password", password=PASSWORD, new_password=NEW)
    assert client.get(reset_link).status_code == 410


@pytest.mark.parametrize("token", ["x", "é", "a.b.c", "W10.x", "x" * 5000, "%F0%9F%A6%94"])
def test_a_made_up_link_is_a_page_that_leads_on(client, token):
    for page in ("reset", "confirm"):
        response = client.get(f"/{page}/{token}")
        assert response.status_code == 410
        assert "Ask for a new link" in response.text


def test_a_link_to_confirm_is_none_to_reset(client, session, fetch_mail):
    person(session, email="new@example.org", password=PASSWORD, confirmed=False)
    client.send("/confirm", email="new@example.org")
    token = fetch_mail()[0].link.rpartition("/")[2]
    assert client.get(f"/reset/{token}").status_code == 410


def test_asking_looks_the_same_for_everybody(client, amina, fetch_mail):
    known, unknown = (client.send("/forgot-password", email=e) for e in (AMINA, "no@example.org"))
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [m.to for m in fetch_mail()] == [AMINA]


def test_a_change_ends_the_sessions_elsewhere_and_keeps_this_one(app, client, amina, fetch_mail):
    elsewhere = app.test_client()
    for browser in (client, elsewhere):
        assert sign_in(browser, PASSWORD) == 303
    response = client.send(
        "/my/password", "Save the new password", password=PASSWORD, new_password=NEW
    )
    assert response.location == "/my/"
    assert client.get("/my/password").status_code == 200
    assert elsewhere.get("/my/password").status_code == 302
    assert [m.kind for m in fetch_mail()] == ["accounts/password_changed"]


def test_a_reset_ends_every_session_this_one_too(app, client, amina, reset_link):
    elsewhere = app.test_client()
    for browser in (client, elsewhere):
        sign_in(browser, PASSWORD)
    client.send(reset_link, "Save the new password", password=NEW)
    for browser in (client, elsewhere):
        assert browser.get("/my/password").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "not this one"}, "That is not the password"),
        ({"password": ""}, "Enter the password you have now"),
        ({"new_password": ""}, "Choose a new password"),
        ({"new_password": "short"}, "8 characters or more"),
        ({"new_password": "password1"}, "harder to guess"),
        ({"new_password": "Amina Khan"}, "harder to guess"),
    ],
)
def test_what_is_wrong_is_said(client, amina, session, typed, sentence):
    client.sign_in(amina)
    before = amina.password
    good = {"password": PASSWORD, "new_password": NEW}
    response = client.send("/my/password", "Save the new password", **good | typed)
    assert response.status_code == 422
    assert sentence in response.text
    session.refresh(amina)
    assert amina.password == before


def test_somebody_who_only_ever_used_codes_can_get_a_password(client, session, fetch_mail):
    client.sign_in(person(session, email=AMINA))
    response = client.send("/my/password", "Save the new password", password="x", new_password=NEW)
    assert response.status_code == 422
    client.send("/forgot-password", "Send the email")
    assert [m.kind for m in fetch_mail()] == ["accounts/reset"]


def test_letters_typed_on_two_keyboards_are_the_same_letter(app, session):
    """é as one character or as e with an accent."""
    assert passwords.matches("cafe\u0301 ole ole", passwords.hashed("caf\u00e9 ole ole"))


def test_changing_the_name(client, amina, session):
    client.sign_in(amina)
    client.send("/my/name", "Save", name="  Amina   K ")
    session.refresh(amina)
    assert amina.name == "Amina K"
    assert client.send("/my/name", "Save", name=" ").status_code == 422


def test_a_password_that_was_hashed_more_weakly_is_hashed_anew_at_sign_in(client, session):
    from argon2 import PasswordHasher

    from web.audit.chain import history_of

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    old = person(session, email="old@example.org", password="x")
    people.hash_anew(session, old, password=weak, at=clock.now())
    session.commit()
    for _ in range(2):
        client.send("/sign-in", "Sign in", email="old@example.org", password=PASSWORD)
        assert client.get("/my/password").status_code == 200
        client.send("/my/password", "Sign out")
    session.refresh(old)
    assert old.password != weak
    assert [e.verb for e in history_of(session, old)].count("hash anew") == 2, "once by the test"
