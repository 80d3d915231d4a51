"""A session that ends in mid-form gives the text back, to the same person only."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import select

from tests.client import soup
from tests.web import probe
from web import clock, parking
from web.jobs import run_due
from web.own import own_contribution
from web.parking import MOST_KEPT, ParkedForm

TYPED = {"name": "The Shed", "note": "We meet on Mondays.\nBring “tea” 🎈"}


@pytest.fixture
def sam(session):
    return probe.a_person(session)


@pytest.fixture
def form(client, sam):
    """The fields of the form that Sam had open when the session ended."""
    client.sign_in(sam)
    page = client.page("/probe/note")
    client.sign_out()
    return {i["name"]: i["value"] for i in page.select("main form input[type=hidden]")}


def kept(session):
    return session.scalars(select(ParkedForm).execution_options(populate_existing=True)).all()


def test_what_was_typed_is_there_again_after_signing_in(client, session, sam, form):
    response = client.post("/probe/note", data=form | TYPED)
    assert response.status_code == 303
    assert "next=/probe/note" in response.location
    assert "kept=yes" in response.location
    client.sign_in(sam)
    page = client.page("/probe/note")
    assert page.select_one("#name")["value"] == "The Shed"
    assert page.select_one("#note").get_text() == TYPED["note"]
    assert "We kept what you typed" in page.get_text()


def test_it_is_gone_when_the_form_was_sent(client, session, sam, form):
    client.post("/probe/note", data=form | TYPED)
    client.sign_in(sam)
    assert client.send("/probe/note", "Save").status_code == 303
    assert kept(session) == []
    assert client.page("/probe/note").select_one("#note").get_text().strip() == ""


def test_nobody_else_gets_it(client, session, sam, form):
    client.post("/probe/note", data=form | TYPED)
    client.sign_in(probe.a_person(session, "Ada Bell"))
    assert "Mondays" not in client.get("/probe/note").text


def test_it_stays_on_its_own_page(client, session, sam, form):
    client.post("/probe/press", data=form | TYPED)
    client.sign_in(sam)
    assert "Mondays" not in client.get("/probe/note").text


def test_the_query_of_the_page_is_kept_too(client, form):
    response = client.post("/probe/note?step=2", data=form | TYPED)
    assert "next=/probe/note?step%3D2" in response.location


@pytest.mark.parametrize("owner", ["", "1", "nonsense.token", None])
def test_a_forged_owner_keeps_nothing(app, client, session, sam, owner):
    data = TYPED if owner is None else TYPED | {"owner": owner}
    response = client.post("/probe/note", data=data)
    assert "kept=yes" not in response.location
    assert kept(session) == []


def test_an_owner_signed_with_another_key_or_for_something_else_keeps_nothing(
    app, client, session, sam
):
    for key, salt in (("another key", "whose-form"), (app.secret_key, "another purpose")):
        client.post(
            "/probe/note", data=TYPED | {"owner": URLSafeSerializer(key, salt).dumps(sam.id)}
        )
    for not_a_person in ("7", None, [1], 1.5):
        token = URLSafeSerializer(app.secret_key, "whose-form").dumps(not_a_person)
        client.post("/probe/note", data=TYPED | {"owner": token})
    assert kept(session) == []


def test_an_empty_form_is_not_worth_keeping(client, session, form):
    assert "kept=yes" not in client.post("/probe/note", data=form | {"note": ""}).location
    assert kept(session) == []


def test_no_password_and_no_code_is_kept(client, session, form):
    secret = dict.fromkeys(
        ("password", "new_password", "password_confirm", "code", "passcode", "credential"), "s3cret"
    )
    client.post("/probe/note", data=form | TYPED | secret)
    [row] = kept(session)
    assert row.typed == {name: [text] for name, text in TYPED.items()}


def test_the_last_text_of_a_page_counts(client, session, form):
    for note in ("first", "second"):
        client.post("/probe/note", data=form | {"note": note})
    assert [row.typed["note"] for row in kept(session)] == [["second"]]


def test_a_person_keeps_a_bounded_number_and_the_newest_of_them(client, session, form):
    for number in range(MOST_KEPT + 5):
        client.post(f"/probe/things/t{number}", data=form | TYPED)
    paths = [row.path for row in kept(session)]
    assert len(paths) == MOST_KEPT
    assert paths[-1] == f"/probe/things/t{MOST_KEPT + 4}"
    assert "/probe/things/t0" not in paths


def test_after_24_hours_it_is_not_given_back_and_the_job_deletes_it(
    app, client, session, sam, form, still_clock
):
    client.post("/probe/note", data=form | TYPED)
    clock.freeze(still_clock + timedelta(hours=23, minutes=59))
    parking.forget_old(session, clock.now())
    client.sign_in(sam)
    assert "Mondays" in client.get("/probe/note").text
    clock.freeze(still_clock + timedelta(hours=24))
    assert "Mondays" not in client.get("/probe/note").text
    ran = run_due(app.extensions["database"], list(own_contribution.jobs))
    assert "forget old parked forms" in ran
    assert kept(session) == []


def test_what_no_person_types_does_not_break_it(client, session, sam, form):
    odd = {"note": "a\0b " + "x" * 100_000, "unknown": "\u202eright to left", "name": ["a", "b"]}
    assert client.post("/probe/note", data=form | odd).status_code == 303
    client.sign_in(sam)
    assert client.get("/probe/note").status_code == 200


def test_an_old_token_in_ones_own_form_gives_the_text_back(client, session, sam, form):
    """Signed out and in again in another tab: the token is old, the person is the same."""
    client.sign_in(sam)
    response = client.post("/probe/note", data=form | TYPED | {"csrf_token": "old"})
    assert (response.status_code, response.location) == (303, "/probe/note")
    assert "Mondays" in soup(client.get("/probe/note")).select_one("#note").get_text()
