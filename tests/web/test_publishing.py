"""Public pages know nobody and are cached whole."""

import gzip
from datetime import timedelta

import brotli
import pytest
from sqlalchemy import delete
from werkzeug.test import EnvironBuilder, run_wsgi_app

from charter.models import RegisterEntry
from tests.web import probe
from tests.web.conftest import at_once, portal_with
from web import clock, publishing
from web.edition import CURRENT
from web.publishing import LONGEST_QUERY, MOST_PAGES, Page, Shelf, build_name

PUBLIC = "/probe/public"


@pytest.fixture(autouse=True)
def nothing_kept(app):
    """An empty shelf: the cache outlives the tests' transactions."""
    layer = app.wsgi_app
    while not isinstance(layer, publishing.Publishing):
        layer = getattr(layer, "app", None) or layer.application
    layer.shelf = Shelf()


@pytest.fixture
def version(session):
    version = probe.a_version(session, "2027")
    session.commit()
    return version


def rename(session, version, title):
    version.title = title
    probe.record(session, version, "renamed", by="system:tests", at=clock.now())
    session.commit()


def test_first_the_page_then_304(client, version):
    first = client.get(PUBLIC)
    assert first.status_code == 200
    assert "Titles: The Charter." in first.text
    again = client.get(PUBLIC, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Type" not in again.headers
    assert len(probe.asked) == 1


@pytest.mark.parametrize("known", ['"other"', 'W/"other", "more"', "nonsense", '"'])
def test_another_etag_gets_the_page(client, version, known):
    assert client.get(PUBLIC, headers={"If-None-Match": known}).status_code == 200


@pytest.mark.parametrize("form", ["{}", "W/{}", '"old", {}', "*"])
def test_every_way_to_say_that_the_page_is_known(client, version, form):
    etag = client.get(PUBLIC).headers["ETag"]
    known = client.get(PUBLIC, headers={"If-None-Match": form.format(etag)})
    assert known.status_code == 304


def test_a_browser_may_keep_it_but_must_ask(client, version):
    for response in (client.get(PUBLIC), client.get(PUBLIC, headers={"If-None-Match": "*"})):
        assert response.headers.getlist("Cache-Control") == ["public, no-cache"]
        assert response.headers.getlist("Vary") == ["Accept-Encoding"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP, BR", "br"),
        ("*", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("identity, br;q=0.5", None),
        ("br;q=0, gzip;q=0", None),
        ("*;q=0", None),
        ("x-br, brotli", None),
        ("br;q=nonsense", None),
        (";;,,=", None),
        ("süß", None),
    ],
)
def test_compressed_as_the_browser_likes_it(client, version, accepted, coding):
    plain = client.get(PUBLIC)
    headers = {} if accepted is None else {"Accept-Encoding": accepted.encode().decode("latin-1")}
    environ = EnvironBuilder(PUBLIC, headers=headers).get_environ()
    chunks, status, got = run_wsgi_app(client.application.wsgi_app, environ, buffered=True)
    body = b"".join(chunks)
    assert status == "200 OK"
    assert got.get("Content-Encoding") == coding
    assert int(got["Content-Length"]) == len(body)
    unpack = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert unpack(body) == plain.data
    assert (got["ETag"] == plain.headers["ETag"]) == (coding is None)


def test_a_page_that_was_kept_in_one_coding_is_known_in_the_others(client, version):
    small = client.get(PUBLIC, headers={"Accept-Encoding": "br"}).headers["ETag"]
    answer = client.get(PUBLIC, headers={"Accept-Encoding": "gzip", "If-None-Match": small})
    assert answer.status_code == 304


def test_head_says_what_get_would(client, version):
    got, head = client.get(PUBLIC), client.head(PUBLIC)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Length", "ETag", "Content-Type", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


def test_a_change_of_a_public_row_changes_the_page(client, session, version):
    before = client.get(PUBLIC)
    rename(session, version, "The New Charter")
    after = client.get(PUBLIC, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "The New Charter" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


def test_the_edition_moves_once_a_transaction_and_only_for_public_rows(session, version):
    start = session.scalar(CURRENT)
    probe.a_version(session, "2028")
    session.flush()
    probe.a_version(session, "2029")
    session.commit()
    assert session.scalar(CURRENT) == start + 1
    probe.a_person(session)
    assert session.scalar(CURRENT) == start + 1
    probe.a_version(session, "2030")
    session.flush()
    session.rollback()
    probe.a_person(session, "Ada Bell")
    assert session.scalar(CURRENT) == start + 1


def test_a_removed_row_and_a_bulk_statement_move_it_too(session):
    version = probe.a_version(session, "2031")
    session.commit()
    start = session.scalar(CURRENT)
    session.delete(version)
    probe.record(session, version, "removed", by="system:tests", at=clock.now())
    session.commit()
    assert session.scalar(CURRENT) == start + 1
    session.execute(delete(RegisterEntry).where(RegisterEntry.name == "Nobody"))
    session.commit()
    assert session.scalar(CURRENT) == start + 2


def test_editions_count_on_when_many_change_at_once(real):
    database = real.extensions["database"]

    def change(number: int) -> None:
        with real.app_context(), database.session(writes=True) as session:
            probe.a_version(session, f"v{number}")
            session.commit()

    at_once(change, 24)
    with database.session(writes=False) as session:
        assert session.scalar(CURRENT) == 24


def test_a_new_day_is_a_new_page(client, version, still_clock):
    today = client.get(PUBLIC).headers["ETag"]
    clock.freeze(still_clock + timedelta(days=1))
    assert client.get(PUBLIC).headers["ETag"] != today


def test_a_new_build_is_a_new_page():
    assert build_name(b"a", b"b") != build_name(b"a", b"c") != build_name(b"ab", b"")


def test_the_page_does_not_know_who_asks(client, session, version):
    client.sign_in(probe.a_person(session))
    response = client.get(
        PUBLIC,
        headers={
            "User-Agent": "Spy/1.0",
            "X-Forwarded-Host": "evil.example",
            "Host": "evil.example",
            "Authorization": "Bearer abc",
        },
    )
    assert "Cookies: []. From: None, None." in response.text
    assert "At http://localhost/." in response.text
    assert "evil" not in response.text
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers["Vary"]


def test_a_page_that_sets_a_cookie_is_not_kept_and_the_cookie_is_not_sent(client, session):
    for _ in range(2):
        response = client.get("/probe/public/cookie")
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", [403, 404, 410, 429])
def test_only_good_pages_are_kept(client, session, code):
    for _ in range(2):
        response = client.get(f"/probe/public/abort/{code}")
        assert response.status_code == code
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"
    assert probe.asked == [str(code)] * 2


def test_an_error_of_a_public_page_can_be_json(client, session):
    response = client.get("/probe/public/abort/404", headers={"Accept": "application/json"})
    assert response.json["error"] == "We cannot find that page"


def test_head_of_a_missing_page_has_no_body(client, session):
    assert client.head("/probe/public/abort/404").data == b""


def test_the_order_of_the_query_does_not_matter_and_empty_parts_neither(client, version):
    for query in (
        "area=b&order=name",
        "order=name&area=b",
        "order=name&area=b&q=",
        "order=name&&area=b",
    ):
        assert "Order: name." in client.get(f"{PUBLIC}?{query}").text
    assert probe.asked == ["area=b&order=name"]
    client.get(f"{PUBLIC}?area=c&order=name")
    assert len(probe.asked) == 2


def test_what_a_page_does_not_read_makes_no_page_of_its_own(client, version):
    for query in ("order=name", "order=name&fbclid=1", "fbclid=2&order=name&utm_source=x"):
        assert "Order: name." in client.get(f"{PUBLIC}?{query}").text
    assert probe.asked == ["order=name"]
    first, second = (client.get(f"/colours.css{end}") for end in ("", "?v=2"))
    assert first.headers["ETag"] == second.headers["ETag"]


def test_two_long_queries_are_two_pages_and_neither_is_kept(client, version):
    long = "a=" + "x" * LONGEST_QUERY
    assert "Order: one." in client.get(f"{PUBLIC}?{long}&order=one").text
    assert "Order: two." in client.get(f"{PUBLIC}?{long}&order=two").text
    assert "Order: two." in client.get(f"{PUBLIC}?{long}&order=two").text
    assert len(probe.asked) == 3


@pytest.mark.parametrize(
    "query", ["%00", "q=%00", "%ff=%fe", "=", "&&&", "%", "q=%E2%80%AE", "q=" + "[" * 500, "a;b;c"]
)
def test_odd_queries_are_answered(client, version, query):
    assert client.get(f"{PUBLIC}?{query}").status_code in (200, 400)


def test_the_shelf_is_bounded_by_number_and_by_weight(monkeypatch):
    shelf = Shelf()
    page = Page("200 OK", [], "tag", {"": b"x" * 100})
    for number in range(MOST_PAGES + 10):
        shelf.put((str(number),), page)
        shelf.get(("0",))
    assert shelf.get(("0",)) is page, "what is asked for stays"
    assert shelf.get(("1",)) is None
    assert len(shelf._pages) == MOST_PAGES
    monkeypatch.setattr(publishing, "MOST_BYTES", 1000)
    shelf.put(("heavy",), page)
    assert sum(p.weight for p in shelf._pages.values()) == shelf._weight <= 1000
    shelf.put(("heavy",), page)
    assert shelf._weight <= 1000


def test_posting_to_a_public_page_is_refused(client, version):
    assert client.post(PUBLIC).status_code == 405


def test_many_threads_get_whole_pages(real):
    """While the edition moves on under them, one ETag never stands for two pages that last."""
    database = real.extensions["database"]

    def change(number: int) -> None:
        with real.app_context(), database.session(writes=True) as session:
            probe.a_version(session, f"v{number}", f"Edition {number}")
            session.commit()

    def ask(number: int) -> tuple[int, str]:
        if number % 10 == 0:
            change(number)
        response = real.test_client().get(PUBLIC)
        return response.status_code, response.text.split("Order")[0]

    answers = at_once(ask, 60, threads=4)
    assert {status for status, _ in answers} == {200}
    last = real.test_client().get(PUBLIC)
    assert all(f"Edition {number}" in last.text for number in range(0, 60, 10))


def test_the_database_away_is_said_in_words(tmp_path, empty_url):
    for app in portal_with(f"sqlite:///{tmp_path / 'unmade.sqlite'}", environment="development"):
        response = app.test_client().get(PUBLIC)
        assert response.status_code == 500
        assert "Something went wrong here" in response.text


def test_an_exception_in_a_public_page_is_a_page_in_words(empty_url):
    for app in portal_with(empty_url, environment="development"):
        response = app.test_client().get("/probe/public/boom")
        assert response.status_code == 500
        assert "Something went wrong here" in response.text
        assert "Somebody" not in response.text
