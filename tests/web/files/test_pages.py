"""Files through the door: what a browser sends, is told, and gets back."""

from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from tests.web.files import making
from tests.web.probe import a_person
from web.files import receiving
from web.files.door import MB
from web.files.models import StoredFile
from web.files.receiving import scratch


@pytest.fixture
def signed(client, session):
    client.sign_in(a_person(session))
    return client


def post(client, content, name="our work.pdf", **more):
    fields = {"csrf_token": client.token(), "title": "Ours"} | more
    body, kind = making.posted(fields, content, name)
    return client.post("/shelf/", data=body, content_type=kind)


def put(client, content, name="our work.pdf"):
    response = post(client, content, name)
    assert response.status_code == 303, response.text
    return response.location


def test_a_file_is_taken_and_given_back(signed, session):
    content = making.pdf()
    place = put(signed, content)
    assert "It is ready." in signed.get(place).text
    response = signed.get(f"{place}/file")
    assert response.data == content
    assert response.content_type == "application/pdf"
    assert response.content_length == len(content)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_it_is_always_an_attachment_with_a_name_that_is_true(signed, session):
    said = signed.get(put(signed, making.pdf()) + "/file").headers["Content-Disposition"]
    kind, plain, full = said.split("; ")
    assert kind == "attachment"
    assert plain == 'filename="_n_ _2e.exe.pdf"'
    assert unquote(full.removeprefix("filename*=UTF-8''")) == "Ünë %2e.exe.pdf"
    assert "\r" not in said


def test_pages_are_shown_in_line(signed, session):
    place = put(signed, making.pdf(2))
    response = signed.get(f"{place}/page/2")
    assert (response.status_code, response.content_type) == (200, "image/webp")
    assert response.headers["Content-Disposition"] == "inline"
    assert response.data.startswith(b"RIFF")
    for page in (0, 3, 10**12):
        assert signed.get(f"{place}/page/{page}").status_code == 404


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_kept(app, signed, session):
    response = post(signed, making.docx({"word/vbaProject.bin": b"x"}))
    assert response.status_code == 422
    assert "macros" in response.text
    assert 'value="Ours"' in response.text
    assert session.scalar(select(func.count(StoredFile.id))) == 0
    assert not list(scratch(app.extensions["settings"]).iterdir())


def test_no_file_is_said(signed, session):
    for name, more in (("", {}), (None, {"file": "words instead of a file"}), (None, {})):
        response = post(signed, b"", name, **more)
        assert response.status_code == 422
        assert "Choose a file." in response.text


def test_an_empty_file_is_said(signed, session):
    assert "This file is empty." in post(signed, b"").text


def test_a_destroyed_file_is_gone_in_words(signed, session):
    place = put(signed, making.pdf())
    signed.post_raw(f"{place}/destroy", {})
    for address in (f"{place}/file", f"{place}/page/1"):
        response = signed.get(address)
        assert response.status_code == 404
        assert "This file is not here any more." in response.text


def test_a_lost_object_is_404_in_words_and_a_store_that_is_away_503(
    app, signed, session, monkeypatch
):
    place = put(signed, b"Words that are lost.", "a.txt")
    store = app.extensions["files"]
    (number,) = session.execute(select(StoredFile.sha256)).one()
    store.delete([f"content/{number[:2]}/{number}"])
    assert signed.get(f"{place}/file").status_code == 404
    monkeypatch.setattr(store, "_opened", None)
    monkeypatch.setattr(
        store, "settings", store.settings.model_copy(update={"files": "README.md/x"})
    )
    response = signed.get(f"{place}/file")
    assert response.status_code == 503
    assert "We cannot open files just now." in response.text
    assert "We cannot keep files just now." in post(signed, b"More words.").text


def test_more_than_the_limit_is_413_in_words(signed, session, monkeypatch, app):
    small = app.extensions["settings"].model_copy(update={"max_file_mb": 1, "max_body_mb": 1})
    monkeypatch.setitem(app.extensions, "settings", small)
    response = post(signed, bytes(3 * MB))
    assert response.status_code == 413
    assert "Files can have up to 1 MB." in response.text
    response = post(signed, b"x" * (MB + 100))
    assert response.status_code == 422
    assert "Files can have up to 1 MB." in response.text


def test_who_is_not_signed_in_cannot_send_much(client, session):
    assert post(client, making.pdf()).status_code == 303
    response = post(client, bytes(3 * MB))
    assert response.status_code == 413
    assert "Sign in, then send the file again." in response.text


def test_other_pages_take_no_more_than_before(signed, session):
    assert signed.post_raw("/probe/send", {"name": "x" * 3 * MB}).status_code == 413


def test_without_a_token_it_is_refused_unread(signed, session, monkeypatch):
    monkeypatch.setattr(receiving, "_check", None)
    assert post(signed, b"x", csrf_token="made up").status_code == 400
