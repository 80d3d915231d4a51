"""What the one base of every form strips, refuses and gives back."""

import pytest
from wtforms import HiddenField, PasswordField, StringField, TextAreaField

from tests.client import soup
from tests.web import probe
from web.forms import Form


@pytest.fixture
def send(client, session):
    client.sign_in(probe.a_person(session))
    return lambda **typed: client.send("/probe/note", "Save", **typed)


def test_an_ordinary_text_is_taken(send):
    assert send(note="Zoë’s club — 🎈\n\nمرحبا", name="Ólafur").status_code == 303


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("note", "a\0b\ufffec", "they cannot be shown"),
        ("note", "x" * 301, "shorten this to 300 characters or fewer. It has 301."),
        ("name", "x" * 10_000, "shorten this to 200 characters or fewer. It has 10000."),
    ],
)
def test_what_no_person_types_is_refused_in_words_and_not_lost(send, field, text, said):
    response = send(**{field: text})
    assert response.status_code == 422
    page = soup(response)
    assert said in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one(f".govuk-error-summary a[href='#{field}']")
    there = page.select_one(f"#{field}")
    given_back = there.get("value") or there.get_text().removeprefix("\n")
    assert given_back == text.replace("\0", "\ufffd").replace("\ufffe", "\ufffd")


def test_fields_that_are_missing_or_unknown_do_no_harm(client, session):
    client.sign_in(probe.a_person(session))
    assert client.post_raw("/probe/note", {"nonsense": "x"}).status_code == 303
    assert client.post_raw("/probe/note", {"name": ["a", "b"]}).status_code == 303


def test_json_is_no_form(client, session):
    client.sign_in(probe.a_person(session))
    answer = client.post("/probe/note", json={"note": "x"}, headers={"X-CSRFToken": client.token()})
    assert answer.status_code < 500


def test_how_a_text_is_tidied(app):
    class Tidied(Form):
        line = StringField()
        text = TextAreaField()
        hidden = HiddenField()
        password = PasswordField()

    typed = {
        "line": "  Shed\r\nBcc: all@example.org ",
        "text": "one\r\ntwo\rthree\n ",
        "hidden": " a\nb ",
        "password": " a space is part of it ",
    }
    with app.test_request_context(method="POST", data=typed):
        form = Tidied()
    assert form.line.data == "Shed Bcc: all@example.org"
    assert form.text.data == "one\ntwo\nthree"
    assert form.hidden.data == "a\nb"
    assert form.password.data == typed["password"]
