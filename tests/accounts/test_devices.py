"""Where somebody is signed in: seeing it, ending it, and what a copied cookie is worth."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Device
from accounts.sign_in.agents import described
from accounts.sign_in.devices import forget_over
from tests.accounts.test_sign_in import AMINA, sign_in
from tests.builders.people import PASSWORD, officer, person
from tests.charter.counting import statements
from tests.client import soup
from web import clock

ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"
OPEN = "/my/password"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


def copied(app, client):
    """Another browser with the same cookie."""
    thief = app.test_client()
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    with thief.session_transaction() as cookie:
        cookie.update(kept)
    return thief


def is_in(client):
    return client.get(OPEN).status_code == 200


def later(**much):
    clock.freeze(clock.now() + timedelta(**much))


def rows(session):
    return list(session.scalars(select(Device)))


def test_a_copied_cookie_is_dead_once_its_owner_has_signed_out(app, client, amina):
    sign_in(client)
    thief = copied(app, client)
    assert is_in(thief)
    client.send(OPEN, "Sign out")
    assert not is_in(thief)
    assert not is_in(client)


def test_the_database_does_not_hold_what_the_cookie_holds(client, amina, session):
    sign_in(client)
    with client.session_transaction() as cookie:
        token = cookie["device"]
    [row] = rows(session)
    assert token not in row.digest
    assert not hasattr(row, "address")


def test_the_page_names_each_in_plain_words(app, client, amina):
    sign_in(client)
    phone = app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = ANDROID
    sign_in(phone)
    page = client.page("/my/devices")
    words = [" ".join(h.get_text().split()) for h in page.select("main h2")]
    assert sorted(words) == ["A browser we do not know (here)", "Firefox on Android"]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, ("Firefox", "Android")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 "
            "Safari/537.36 Edg/131.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
            "Version/18.1 Mobile/15E148 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("curl/8.1", (None, None)),
        ("", (None, None)),
    ],
)
def test_what_a_browser_says_of_itself(agent, words):
    assert described(agent) == words


def test_signing_one_out(app, client, amina, session):
    sign_in(client)
    phone = app.test_client()
    sign_in(phone)
    response = client.send("/my/devices", "Sign out this one")
    assert response.location == "/my/devices"
    assert not is_in(phone)
    assert is_in(client)


def test_signing_out_everywhere_else(app, client, amina):
    sign_in(client)
    others = [app.test_client() for _ in range(2)]
    for other in others:
        sign_in(other)
    client.send("/my/devices", "Sign out everywhere else")
    assert [is_in(b) for b in (client, *others)] == [True, False, False]


def test_signing_out_everywhere(app, client, amina, session):
    sign_in(client)
    phone = app.test_client()
    sign_in(phone)
    assert client.send("/my/devices", "Sign out everywhere").location == "/sign-in"
    assert not is_in(client)
    assert not is_in(phone)
    assert rows(session) == []


def test_somebody_elses_is_not_there(app, client, amina, session):
    other = app.test_client()
    other.sign_in(person(session, "Bo"))
    sign_in(client)
    theirs = next(d for d in rows(session) if d.person_id != amina.id)
    answer = client.post_raw(f"/my/devices/{theirs.reference}/sign-out", {})
    assert answer.status_code == 404
    assert is_in(other)


def test_a_new_password_ends_the_others_and_not_this_one(app, client, amina, session):
    sign_in(client)
    phone = app.test_client()
    sign_in(phone)
    client.send(OPEN, password=PASSWORD, new_password="seven quiet harbours")
    assert is_in(client)
    assert not is_in(phone)
    assert len(rows(session)) == 1


def test_unused_it_ends_after_some_hours_and_used_it_goes_on(client, amina):
    sign_in(client)
    for _ in range(3):
        later(hours=11)
        assert is_in(client)
    later(hours=13)
    assert not is_in(client)


def test_used_or_not_it_ends_after_some_days(client, amina):
    sign_in(client)
    for _ in range(16):
        later(hours=10)
        assert is_in(client)
    later(hours=10)
    assert not is_in(client)


def test_of_an_officer_it_ends_after_twelve_hours(client, session):
    client.carry(officer(session).fs_uniquifier)
    later(hours=6)
    assert is_in(client)
    later(hours=6)
    assert not is_in(client)


def test_a_visit_is_written_down_once_in_ten_minutes(app, client, amina, session):
    sign_in(client)
    later(minutes=11)
    with statements(app) as first:
        client.get(OPEN)
    with statements(app) as second:
        client.get(OPEN)
    assert [len([s for s in said if "UPDATE device" in s]) for said in (first, second)] == [1, 0]
    session.expire_all()
    assert rows(session)[0].last_seen_at == clock.now()


def test_asking_who_it_is_takes_one_statement(app, client, amina):
    sign_in(client)
    client.get("/my/account")
    with statements(app) as said:
        client.get("/my/account")
    assert len([s for s in said if "device" in s]) == 1
    assert len([s for s in said if "appointment" in s]) == 1


def test_what_has_ended_is_forgotten(app, client, amina, session):
    sign_in(client)
    with app.app_context():
        forget_over(session, clock.now() + timedelta(hours=12))
        assert len(rows(session)) == 1
        forget_over(session, clock.now() + timedelta(hours=13))
        assert rows(session) == []


def test_signing_in_again_in_one_browser_leaves_one_row(client, amina, session):
    sign_in(client)
    client.send(OPEN, "Sign out")
    sign_in(client)
    assert len(rows(session)) == 1


def test_the_page_takes_as_many_statements_for_many(app, client, amina):
    sign_in(client)
    with statements(app) as few:
        client.get("/my/devices")
    for _ in range(5):
        sign_in(app.test_client())
    with statements(app) as many:
        page = soup(client.get("/my/devices"))
    assert len(page.select("main h2")) == 6
    assert len(many) == len(few)
