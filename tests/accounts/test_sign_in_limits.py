"""Limits on tries, and that nobody learns anything from them or from the time an answer takes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.sign_in import passwords
from tests.builders.people import PASSWORD, person
from web import clock
from web.limits import AttemptCount

AMINA = "amina@example.org"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


@pytest.fixture
def most(app):
    """How many tries for one address."""
    return app.extensions["settings"].attempts_per_account


def guess(client, email=AMINA, password="wrong horse battery", **more):
    data = {"email": email, "password": password, "way": "password"}
    return client.post_raw("/sign-in", data, **more)


def from_another(number):
    return {"environ_overrides": {"REMOTE_ADDR": f"203.0.113.{number}"}}


@pytest.mark.parametrize("email", [AMINA, "nobody@example.org"])
def test_for_one_address_from_many_connections(client, amina, most, email):
    for number in range(most):
        assert guess(client, email, **from_another(number)).status_code == 422
    response = guess(client, email, **from_another(200))
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "1800"
    assert "Wait 30 minutes" in response.text
    assert guess(client, email, PASSWORD, **from_another(201)).status_code == 429


def test_from_one_connection_for_many_addresses(app, client):
    for number in range(app.extensions["settings"].attempts_per_hour):
        assert guess(client, f"nobody{number}@example.org").status_code == 422
    assert guess(client, "somebody@example.org").status_code == 429


def test_it_ends_with_the_hour(client, amina, most):
    for _ in range(most + 1):
        guess(client)
    clock.freeze(clock.now() + timedelta(minutes=31))
    assert guess(client, password=PASSWORD).status_code == 303


def test_coming_and_going_locks_nobody_out(client, amina, most):
    for _ in range(most + 3):
        assert guess(client, password=PASSWORD).status_code == 303
        client.sign_out()


def test_guessing_a_code(client, amina, most, fetch_mail):
    page = client.send("/sign-in", "Send me a code instead", email=AMINA).location
    right = fetch_mail()[0].code
    wrong = "111111" if right != "111111" else "222222"
    for _ in range(most):
        assert client.post_raw(page, {"code": wrong}).status_code == 422
    assert client.post_raw(page, {"code": right}).status_code == 429


def test_a_mailbox_is_not_flooded_whatever_is_asked_for(client, amina, most, fetch_mail):
    asks = [
        ("/sign-in", {"way": "code"}),
        ("/forgot-password", {}),
        ("/confirm", {}),
        ("/create-account", {"name": "A", "password": PASSWORD, "mailbox": "mine"}),
    ]
    answers = [
        client.post_raw(address, {"email": AMINA} | data).status_code
        for address, data in asks * most
    ]
    assert answers == [303] * most + [429] * (len(answers) - most)
    assert len(fetch_mail()) == most


def test_the_password_of_somebody_signed_in_is_not_guessed_either(client, amina, most):
    client.sign_in(amina)
    typed = {"password": "wrong", "new_password": "seven green buses"}
    for _ in range(most):
        assert client.post_raw("/my/password", typed).status_code == 422
    assert client.post_raw("/my/password", typed | {"password": PASSWORD}).status_code == 429


def test_mistakes_in_the_form_do_not_count(client, amina, most):
    for _ in range(most + 1):
        assert guess(client, password="").status_code == 422
    assert guess(client, password=PASSWORD).status_code == 303


def test_no_address_is_kept(client, session, amina):
    guess(client)
    rows = session.scalars(select(AttemptCount)).all()
    assert len(rows) == 2
    assert all(len(row.whose) == 64 and "amina" not in row.whose for row in rows)


@pytest.mark.parametrize(
    ("address", "typed", "hashes"),
    [
        ("/sign-in", {"password": "wrong horse battery", "way": "password"}, 1),
        ("/create-account", {"name": "A", "password": PASSWORD, "mailbox": "mine"}, 1),
    ],
)
def test_as_much_hashing_for_an_unknown_address(client, amina, monkeypatch, address, typed, hashes):
    """Hashing is what takes the time: the same for an address with an account and one without."""
    done = []
    for name in ("hash_password", "verify_password"):
        real = getattr(passwords, name)
        monkeypatch.setattr(
            passwords, name, lambda *a, real=real, name=name: (done.append(name), real(*a))[1]
        )
    for email in (AMINA, "nobody@example.org"):
        done.clear()
        client.post_raw(address, {"email": email} | typed)
        assert len(done) == hashes, email
