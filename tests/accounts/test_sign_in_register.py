"""Making an account, and confirming the address."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import people
from accounts.models import Person
from accounts.queries import person_by_email
from tests.builders.people import PASSWORD, person
from web import clock
from web.audit.chain import history_of
from web.audit.models import AuditValue

AMINA = "amina@example.org"
DAYS_LATER = timedelta(days=2, hours=1).total_seconds()


def register(client, email=AMINA, name="Amina Khan", password=PASSWORD):
    given = {"name": name, "email": email, "password": password}
    return client.send("/create-account", mailbox="mine", **given)


def test_from_registering_to_signed_in(client, session, fetch_mail):
    response = register(client)
    assert response.status_code == 303
    assert AMINA in client.get(response.location).text
    [mail] = fetch_mail()
    assert (mail.to, mail.kind) == (AMINA, "accounts/confirm")
    response = client.send(mail.link, "Confirm and sign in", password=PASSWORD)
    assert response.location == "/my/"
    assert client.get("/my/password").status_code == 200
    assert person_by_email(session, AMINA).confirmed_at == clock.now()


def test_opening_the_link_changes_nothing(client, session, fetch_mail):
    register(client)
    link = fetch_mail()[0].link
    for _ in range(2):
        assert client.get(link).status_code == 200
        client.head(link)
    assert person_by_email(session, AMINA).confirmed_at is None


def test_the_link_alone_is_not_enough(client, session, fetch_mail):
    """Somebody may have typed a stranger's address, and a password of their own."""
    register(client, password="a stranger chose this")
    response = client.send(fetch_mail()[0].link, "Confirm and sign in", password=PASSWORD)
    assert response.status_code == 422
    assert "That is not the password" in response.text
    assert person_by_email(session, AMINA).confirmed_at is None


def test_whoever_has_the_mailbox_gets_in_by_a_new_password(client, session, fetch_mail):
    register(client, password="a stranger chose this")
    fetch_mail()
    client.send("/forgot-password", email=AMINA)
    [mail] = fetch_mail()
    client.send(mail.link, password=PASSWORD)
    found = person_by_email(session, AMINA)
    assert found.confirmed_at is not None
    response = client.send("/sign-in", "Sign in", email=AMINA, password="a stranger chose this")
    assert response.status_code == 422
    assert client.send("/sign-in", "Sign in", email=AMINA, password=PASSWORD).status_code == 303


def test_registering_again_before_confirming_counts_and_ends_the_older_link(
    client, session, fetch_mail
):
    register(client, password="the first one I chose")
    old = fetch_mail()[0].link
    register(client, name="Amina K")
    new = fetch_mail()[0].link
    assert client.get(old).status_code == 410
    assert client.send(new, "Confirm and sign in", password=PASSWORD).status_code == 303
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert person_by_email(session, AMINA).name == "Amina K"


def test_a_taken_address_looks_like_a_free_one_and_its_owner_is_told(client, session, fetch_mail):
    person(session, "Amina Khan", AMINA, password=PASSWORD)
    taken, free = register(client, AMINA), register(client, "free@example.org")
    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    told, asked = fetch_mail()
    assert (told.to, told.kind) == (AMINA, "accounts/account_stands")
    assert asked.kind == "accounts/confirm"


def test_registering_over_a_confirmed_account_changes_nothing(client, session):
    amina = person(session, "Amina Khan", AMINA, password=PASSWORD)
    before = (amina.name, amina.password, amina.fs_uniquifier)
    register(client, name="Mallory", password="a stranger chose this")
    session.refresh(amina)
    assert (amina.name, amina.password, amina.fs_uniquifier) == before


def test_nothing_that_was_typed_stands_in_a_mail_to_a_stranger(client, fetch_mail):
    register(client, name="Win money at evil.example")
    [mail] = fetch_mail()
    assert "evil" not in mail.subject + mail.body


def test_asking_for_the_mail_again(client, session, fetch_mail):
    person(session, email="new@example.org", password=PASSWORD, confirmed=False)
    person(session, email=AMINA, password=PASSWORD)
    answers = {
        (r.status_code, r.location)
        for email in ("new@example.org", AMINA, "nobody@example.org")
        for r in [client.send("/confirm", email=email)]
    }
    assert len(answers) == 1
    kinds = {m.to: m.kind for m in fetch_mail()}
    assert kinds == {"new@example.org": "accounts/confirm", AMINA: "accounts/account_stands"}


def test_a_link_that_has_served_says_so(client, fetch_mail):
    register(client)
    link = fetch_mail()[0].link
    client.send(link, "Confirm and sign in", password=PASSWORD)
    client.sign_out()
    assert "is confirmed" in client.get(link).text


def test_a_link_that_is_too_old_leads_on(client, fetch_mail, monkeypatch):
    import itsdangerous.timed as timed

    register(client)
    link = fetch_mail()[0].link
    real = timed.time.time
    monkeypatch.setattr(
        timed.time, "time", lambda: real() + timedelta(days=2, hours=1).total_seconds()
    )
    response = client.get(link)
    assert response.status_code == 410
    assert "/confirm" in response.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter your name."),
        ({"mailbox": ""}, "yours alone or shared"),
        ({"email": ""}, "Enter your email address."),
        ({"email": "amina"}, "like name@example.org"),
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "8 characters or more"),
        ({"password": "liverpool1"}, "harder to guess"),
        ({"password": "amina@example.org"}, "harder to guess"),
        ({"password": "x" * 201}, "200 characters or fewer"),
        ({"name": "n" * 10_000}, "100 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(client, session, typed, sentence):
    good = {"name": "Amina Khan", "email": AMINA, "password": PASSWORD, "mailbox": "mine"}
    response = client.send("/create-account", **good | typed)
    assert response.status_code == 422
    assert sentence in response.text
    for field in {"name", "email"} - set(typed):
        assert good[field] in response.text
    assert PASSWORD not in response.text
    assert person_by_email(session, AMINA) is None


@pytest.mark.parametrize(
    "name", ["مريم الفهد", "Zoë 🦔 O’Brien", "\u202eevil", "<b>Bo</b>", "  A   B "]
)
def test_any_name_will_do(client, session, name):
    assert register(client, name=name).status_code == 303
    assert person_by_email(session, AMINA).name == " ".join(name.split())


def test_long_passwords_from_a_manager_work(client, fetch_mail):
    password = "".join(chr(33 + n * 37 % 90) for n in range(200))
    register(client, password=password)
    response = client.send(fetch_mail()[0].link, "Confirm and sign in", password=password)
    assert response.status_code == 303


def test_the_same_address_at_the_same_moment(client, session, monkeypatch):
    """The second transaction finds the address free, and taken when it writes."""
    from accounts.sign_in.views import registering

    real, looked = registering.person_by_email, []

    def blind_once(db, email, **more):
        looked.append(email)
        return None if len(looked) == 1 else real(db, email, **more)

    person(session, email=AMINA, password=PASSWORD, confirmed=False)
    monkeypatch.setattr(registering, "person_by_email", blind_once)
    assert register(client).status_code == 303
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_the_chain_knows_what_happened_and_no_secret(client, session, fetch_mail):
    register(client)
    client.send(fetch_mail()[0].link, "Confirm and sign in", password=PASSWORD)
    amina = person_by_email(session, AMINA)
    people.rename(session, amina, name="Amina K", by=amina, at=clock.now())
    people.change_password(session, amina, password="hash", at=clock.now())
    session.commit()
    told = [entry.verb for entry in history_of(session, amina)]
    assert told == ["change password", "rename", "confirm", "register"]
    kept = set(session.scalars(select(AuditValue.field)))
    assert {"name", "email", "confirmed_at"} <= kept
    assert not {"password", "fs_uniquifier", "us_totp_secrets"} & kept
