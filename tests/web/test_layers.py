"""What stands around every answer: headers, the log, the request's id; and the health pages."""

import json
import logging
from datetime import timedelta

import pytest
from werkzeug.test import Client

from tests.web import probe
from tests.web.conftest import portal_with
from web import assets, clock
from web.headers import HEADERS
from web.logs import JsonLines
from web.mail import post

# Security headers


def static_file():
    return "/static/" + assets.manifest()["working.css"]


@pytest.mark.parametrize(
    "address",
    ["/", "/probe/done", "/probe/public", "/probe/strangers", "/probe/things/mine", "/nowhere",
     "/health/live", "/probe/abort/403", "/probe/public/abort/404", "/static/manifest.json",
     "/static/nowhere.css", "/probe/done?q=%00"],
)  # fmt: skip
def test_every_answer_carries_them(client, address):
    for response in (client.get(address), client.head(address), client.post(address)):
        for name, value in HEADERS.items():
            assert response.headers.getlist(name) == [value], (address, name)
        assert len(response.headers.getlist("Cache-Control")) == 1


def test_also_304_and_static_files(client):
    page = client.get("/probe/public")
    for address, etag in (("/probe/public", page.headers["ETag"]), (static_file(), None)):
        headers = {"If-None-Match": etag} if etag else {}
        if not etag:
            headers["If-Modified-Since"] = client.get(address).headers["Last-Modified"]
        response = client.get(address, headers=headers)
        assert response.status_code == 304
        assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere():
    policy = HEADERS["Content-Security-Policy"]
    for hole in ("unsafe", "*", "http:", "https:", "nonce"):
        assert hole not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "name", ["evil.example", "a..b", "x" * 300, "é", "", "a b", "[::1", "a:b:c", "localhost:99999"]
)
def test_whatever_name_we_are_called_by_we_are_at_our_own_address(app, session, name):
    environ = {"HTTP_HOST": name, "HTTP_X_FORWARDED_HOST": name}
    for address, status in (("/probe/done", 200), ("/probe/public", 200), ("/nowhere", 404)):
        response = Client(app.wsgi_app).get(address, environ_overrides=environ)
        assert response.status_code == status
    assert "At http://localhost/." in Client(app.wsgi_app).get("/probe/public").text
    away = Client(app.wsgi_app).get("/my/", environ_overrides=environ)
    assert away.headers["Location"] == "/sign-in?next=/my/"


def test_an_exception_carries_them_too(empty_url):
    for app in portal_with(empty_url, environment="development"):
        for address in ("/probe/boom/x", "/probe/public/boom"):
            response = app.test_client().get(address)
            assert response.status_code == 500
            for name, value in HEADERS.items():
                assert response.headers[name] == value
            assert response.headers["Cache-Control"] == "no-store"


def test_https_is_remembered_where_there_is_https(client, empty_url):
    assert "Strict-Transport-Security" not in client.get("/probe/done").headers
    for app in portal_with(empty_url, site_url="https://charter.example.org"):
        secure = app.test_client()
        for address in ("/probe/done", "/probe/public", static_file()):
            assert secure.get(address).headers["Strict-Transport-Security"].startswith("max-age=3")
        with secure.session_transaction() as cookie:
            cookie["x"] = "y"
        [cookie] = [c for c in secure._cookies.values() if c.key == "portal"]
        assert (cookie.secure, cookie.http_only, cookie.same_site) == (True, True, "Lax")


@pytest.mark.parametrize("address", ["/my/", "/probe/things/mine", "/probe/note", "/probe/done"])
def test_a_persons_pages_are_kept_by_nobody(client, session, address):
    client.sign_in(probe.a_person(session))
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_ever_and_come_compressed(client):
    response = client.get(static_file())
    assert "immutable" in response.headers["Cache-Control"]
    assert client.get("/static/manifest.json").headers["Cache-Control"] == "max-age=60, public"
    small = client.get(static_file(), headers={"Accept-Encoding": "br"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(response.data) / 3


# The log


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)

    def told():
        formatted = [JsonLines().format(r) for r in caplog.records if r.name == "portal.request"]
        caplog.clear()
        return [json.loads(line) for line in formatted]

    return told


@pytest.mark.parametrize(
    ("address", "status", "route"),
    [
        ("/probe/strangers?q=Sam", 200, "/probe/strangers"),
        ("/probe/things/sam-okafor", 302, "/probe/things/<key>"),
        ("/probe/public?q=Sam", 200, "/probe/public"),
        ("/nowhere/sam", 404, "-"),
        ("/static/manifest.json?Sam", 200, "-"),
    ],
)
def test_one_line_a_request_with_nothing_that_names_anybody(client, lines, address, status, route):
    response = client.get(address, headers={"User-Agent": "Sam's phone", "Referer": "/sam"})
    [line] = lines()
    assert (line["status"], line["route"], line["method"]) == (status, route, "GET")
    assert line["ms"] >= 0
    assert "sam" not in json.dumps(line).lower()
    assert "127.0.0.1" not in json.dumps(line)
    assert response.headers["X-Request-ID"]


def test_the_requests_id_stands_in_the_answer_and_in_every_line(client, caplog):
    caplog.set_level(logging.INFO)
    stamped = []

    class Stamp(logging.Handler):
        def emit(self, record):
            stamped.append(json.loads(JsonLines().format(record))["request"])

    handler = Stamp()
    logging.getLogger().addHandler(handler)
    try:
        given = client.get("/probe/done", headers={"X-Request-ID": "from-the-proxy-1"})
        made = client.get("/probe/done").headers["X-Request-ID"]
    finally:
        logging.getLogger().removeHandler(handler)
    assert given.headers["X-Request-ID"] == "from-the-proxy-1"
    assert stamped == ["from-the-proxy-1", made]
    assert len(made) == 16


@pytest.mark.parametrize(
    "hostile", ["short", "x" * 65, 'a"b{c}defgh', "naïve-id-1234", "a b c d e f"]
)
def test_a_hostile_id_is_not_taken(client, hostile):
    environ = {"HTTP_X_REQUEST_ID": hostile}
    response = Client(client.application.wsgi_app).get("/probe/done", environ_overrides=environ)
    assert response.headers["X-Request-ID"] != hostile
    assert len(response.headers["X-Request-ID"]) == 16


def test_a_line_is_one_line_and_json_whatever_is_in_it():
    record = logging.makeLogRecord({"msg": "two\nlines \u2028 “é”", "thing": object(), "n": 1})
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["event"] == "two\nlines \u2028 “é”"
    assert json.loads(line)["n"] == 1


# Health


def test_ready(client, session):
    response = client.get("/health/ready")
    assert (response.status_code, response.json["status"]) == (200, "ready")
    assert response.headers["Cache-Control"] == "no-store"


def test_not_ready_when_mail_has_waited_too_long(app, client, session, still_clock):
    post(session, "x", to="sam@example.org", at=clock.now())
    session.commit()
    late = timedelta(minutes=app.extensions["settings"].outbox_late_minutes)
    clock.freeze(still_clock + late)
    assert client.get("/health/ready").status_code == 200
    clock.freeze(still_clock + late + timedelta(seconds=1))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert [n for n, how in response.json["checks"].items() if how != "well"] == ["outbox"]
    assert client.get("/health/live").status_code == 200
    assert "sam" not in response.text


def test_not_ready_without_its_database(tmp_path):
    folder = tmp_path / "gone"
    for app in portal_with(f"sqlite:///{folder / 'portal.sqlite'}"):
        client = app.test_client()
        unmade = client.get("/health/ready")
        assert unmade.status_code == 503
        assert unmade.json["checks"]["database"] == "not well"
        assert client.get("/health/live").status_code == 200
