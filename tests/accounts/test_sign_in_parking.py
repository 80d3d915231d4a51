"""A session that ends in mid-form gives the text back: to the same person, on the same page."""

import pytest
from sqlalchemy import func, select

from tests.builders.people import PASSWORD, person
from tests.client import soup
from web.parking import ParkedForm

AMINA = "amina@example.org"
TYPED = "Amina Khan of Bulwell"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


@pytest.fixture
def left_open(client, amina):
    """The page as it stood open when the session ended."""
    client.sign_in(amina)
    page = client.page("/my/name")
    client.sign_out()
    return {field["name"]: field.get("value", "") for field in page.select("main input[name]")}


def sign_in(client, address, email=AMINA):
    return client.send(address, "Sign in", email=email, password=PASSWORD)


def text_there(client, address="/my/name"):
    return client.page(address).select_one("[name=name]")["value"]


def test_the_text_comes_back_after_signing_in(client, left_open, amina, session):
    response = client.post("/my/name", data=left_open | {"name": TYPED})
    assert "What you typed is kept" in client.get(response.location).text
    back = sign_in(client, response.location).location
    assert back == "/my/name"
    page = client.page(back)
    assert page.select_one("[name=name]")["value"] == TYPED
    assert "We kept what you typed" in page.text
    client.send("/my/name", "Save")
    session.refresh(amina)
    assert amina.name == TYPED
    assert session.scalar(select(func.count()).select_from(ParkedForm)) == 0


def test_by_code_too(client, left_open, fetch_mail):
    response = client.post("/my/name", data=left_open | {"name": TYPED})
    asked = client.send(response.location, "Send me a code instead", email=AMINA)
    back = client.send(asked.location, code=fetch_mail()[0].code).location
    assert text_there(client, back) == TYPED


def test_even_when_the_password_is_wrong_at_first(client, left_open):
    page = client.post("/my/name", data=left_open | {"name": TYPED}).location
    wrong = client.send(page, "Sign in", email=AMINA, password="wrong horse battery")
    assert "What you typed is kept" in wrong.text
    assert text_there(client, sign_in(client, page).location) == TYPED


def test_somebody_else_does_not_get_it(client, left_open, session):
    person(session, "Bo Lee", "bo@example.org", password=PASSWORD)
    page = client.post("/my/name", data=left_open | {"name": TYPED}).location
    assert sign_in(client, page, "bo@example.org").location == "/my/name"
    assert text_there(client) == "Bo Lee"


@pytest.mark.parametrize("owner", ["", "1", "MQ.forged", "x" * 3000, "\0", "é"])
def test_a_forged_owner_keeps_nothing(client, left_open, session, owner):
    response = client.post("/my/name", data=left_open | {"name": TYPED, "owner": owner})
    assert response.status_code == 303
    assert "so that was not done" in client.get(response.location).text
    assert session.scalar(select(func.count()).select_from(ParkedForm)) == 0


def test_no_password_is_ever_kept(client, amina, session):
    client.sign_in(amina)
    page = client.page("/my/password")
    data = {f["name"]: f.get("value", "") for f in page.select("main input[name]")}
    client.sign_out()
    client.post("/my/password", data=data | {"password": "a b c", "new_password": "d e f"})
    assert session.scalar(select(func.count()).select_from(ParkedForm)) == 0


def test_signing_in_again_in_another_tab_does_not_lose_the_text_either(client, left_open):
    """The form that stood open carries a token of the old session."""
    client.get("/sign-in")
    sign_in(client, "/sign-in")
    response = client.post("/my/name", data=left_open | {"name": TYPED})
    assert response.status_code == 303
    assert text_there(client, response.location) == TYPED


def test_a_form_of_somebody_elses_is_refused(client, left_open, session):
    person(session, "Bo Lee", "bo@example.org", password=PASSWORD)
    sign_in(client, "/sign-in", "bo@example.org")
    response = client.post("/my/name", data=left_open | {"name": TYPED})
    assert response.status_code == 400
    assert text_there(client) == "Bo Lee"


def test_a_button_pressed_after_the_session_ended(client, left_open):
    """Its address has no page to come back to."""
    response = client.post("/sign-out", data=left_open | {"name": TYPED})
    page = soup(client.get(response.location))
    assert "so that was not done" in page.text
    assert sign_in(client, response.location).location == "/my/"
