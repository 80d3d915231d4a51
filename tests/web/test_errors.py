"""Every error is a page in plain words with a way onward, and tells nothing that was typed."""

import json
import logging

import pytest

from tests.client import soup
from tests.web import probe
from tests.web.conftest import portal_with
from web.logs import JsonLines


@pytest.fixture
def live(empty_url):
    """As in production: an exception is answered, not raised."""
    yield from portal_with(empty_url, environment="development")


def words(response):
    page = soup(response)
    ways = [a["href"] for a in page.select("main a[href]")]
    assert {"/", "/my/"} <= set(ways), ways
    assert any(way.startswith("mailto:") for way in ways)
    return page.main.get_text()


HEADINGS = {
    400: "That did not arrive as it should",
    403: "You cannot do that here",
    404: "We cannot find that page",
    405: "That page works another way",
    409: "Someone else changed this",
    413: "That is too big",
    418: "That did not arrive as it should",
    422: "Please check",
    429: "Too many tries",
    500: "Something went wrong here",
    502: "Something went wrong here",
    503: "We are closed for a moment",
}


@pytest.mark.parametrize("code", HEADINGS)
def test_a_heading_in_plain_words_and_a_way_onward(client, code):
    response = client.get(f"/probe/abort/{code}")
    assert response.status_code == code
    assert HEADINGS[code] in words(response)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", HEADINGS)
def test_a_program_gets_json(client, code):
    response = client.get(f"/probe/abort/{code}", headers={"Accept": "application/json"})
    assert response.status_code == code
    assert response.json["error"] == HEADINGS[code]
    assert response.json["detail"].endswith(".")


def test_our_own_sentence_is_shown_and_the_libraries_are_not(client):
    assert "Ask Ada." in client.get("/probe/abort/403?because=Ask+Ada.").text
    token = client.token()
    missing_field = client.post("/probe/send", data={"csrf_token": token})
    assert missing_field.status_code == 400
    for of_a_library in ("The browser (or proxy)", "KeyError", "'name'"):
        assert of_a_library not in missing_field.text
    nowhere = client.get("/nowhere")
    assert "The requested URL" not in nowhere.text
    assert HEADINGS[404] in words(nowhere)


def test_what_an_error_says_is_escaped(client):
    response = client.get("/probe/abort/403?because=<script>alert(1)</script>")
    assert "<script>alert" not in response.text


def test_405_names_what_would_work(client):
    response = client.delete("/probe/send")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert HEADINGS[405] in words(response)


def test_two_people_changing_one_thing(client):
    response = client.get("/probe/stale")
    assert response.status_code == 409
    assert "It was changed while you had it open." in words(response)


def test_too_much_is_413_and_not_read(app, client):
    most = app.config["MAX_CONTENT_LENGTH"]
    data = {"csrf_token": client.token(), "name": "x" * (most + 1)}
    response = client.post("/probe/send", data=data)
    assert response.status_code == 413
    assert HEADINGS[413] in words(response)
    many = {f"f{n}": "x" for n in range(1000)} | {"csrf_token": data["csrf_token"], "name": "x"}
    response = client.post("/probe/send", data=many, content_type="multipart/form-data")
    assert response.status_code == 413


def test_nul_in_an_address_is_refused(client):
    for address in ("/probe/done?q=%00", "/probe/things/a%00b"):
        response = client.get(address)
        assert response.status_code == 400
        assert HEADINGS[400] in words(response)


@pytest.mark.parametrize(
    "address",
    ["/probe/things/%ff%fe", "/%e2%80%ae", "/" + "x" * 5000, "//evil.example/x", "/..//.."],
)
def test_odd_addresses_are_answered(client, address):
    assert client.get(address).status_code in (302, 308, 404)


def test_an_exception_is_our_fault_and_says_nothing(live, caplog):
    with caplog.at_level(logging.DEBUG):
        response = live.test_client().get("/probe/boom/Sam%20Okafor?q=secret")
    assert response.status_code == 500
    assert HEADINGS[500] in words(response)
    for secret in ("Sam", "Okafor", "Traceback", "RuntimeError", "probe.py"):
        assert secret not in response.text
    lines = [JsonLines().format(record) for record in caplog.records]
    [failed] = [json.loads(line) for line in lines if "request failed" in line]
    assert failed["error"] == "RuntimeError"
    assert failed["where"][-1].startswith("probe.py:")
    for line in lines:
        for secret in ("Sam", "Okafor", "secret"):
            assert secret not in line


def test_an_exception_is_json_for_a_program(live):
    response = live.test_client().get("/probe/boom/x", headers={"Accept": "application/json"})
    assert (response.status_code, response.json["error"]) == (500, HEADINGS[500])


def test_what_was_under_way_is_rolled_back(live):
    client = live.test_client()
    assert client.get("/probe/boom/x").status_code == 500
    assert client.get("/probe/done").status_code == 200


def test_the_database_away_is_said_also_to_somebody_signed_in(live, tmp_path):
    """The error page must not ask the database who they are."""
    database = live.extensions["database"]
    client = live.test_client()
    with live.app_context(), database.session(writes=True) as session:
        client.sign_in(probe.a_person(session))
    assert client.get("/probe/things/mine").status_code == 200
    well = database.engine, database.writer
    for away in portal_with(f"sqlite:///{tmp_path / 'unmade.sqlite'}"):
        other = away.extensions["database"]
        database.engine, database.writer = other.engine, other.writer
        response = client.get("/probe/things/mine")
    database.engine, database.writer = well
    assert response.status_code == 500
    assert HEADINGS[500] in words(response)
