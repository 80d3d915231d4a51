"""Whatever is posted, the answer is a page that says something, never a failure."""

from itertools import count
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.people import PASSWORD, person
from tests.client import soup

ADDRESSES = ("/sign-in", "/sign-in/code", "/create-account", "/confirm", "/forgot-password")
NO_CODE_ASKED_FOR = tuple(a for a in ADDRESSES if a != "/sign-in/code")
OURS = ("/my/password", "/my/name")
NAMES = ("name", "email", "password", "new_password", "code", "way", "owner", "next", "remember")
_connection = count(1)

odd = st.one_of(
    st.text(max_size=40).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"",
            b"\0",
            b"\xed\xa0\x80",
            b"n" * 10_000,
            b"1e400",
            b"-1",
            "مريم".encode(),
            "\u202e🦔".encode(),
            b"amina@example.org",
            b"a@b",
            b'"<a b>"@example.org',
            b"a@" + b"x" * 300 + b".org",
            b"a@xn--a.org",
            b"three red kites",
            b"123456",
            "١٢٣٤٥٦".encode(),
            b"code",
        ]
    ),
)
posts = st.lists(st.tuples(st.sampled_from(NAMES), odd), max_size=8)


@pytest.fixture
def anybody(client, session):
    person(session, email="amina@example.org", password=PASSWORD)
    with client.session_transaction() as cookie:
        cookie["address"] = "amina@example.org"
    return client


@pytest.fixture
def somebody(client, session):
    client.sign_in(person(session, email="amina@example.org", password=PASSWORD))
    return client


def check(browser, address, fields):
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields)
    response = browser.post(
        f"{address}?next=%2Fmy%2F&kept=no",
        data=f"csrf_token={browser.token()}&{body}",
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"REMOTE_ADDR": f"2001:db8::{next(_connection):x}"},
    )
    assert response.status_code in (303, 422, 429), (address, fields)
    if response.status_code == 422:
        assert soup(response).select_one(".govuk-error-summary li").text.strip()


def of_this_test(function):
    """The database is rolled back after the test, not after each example: that is meant."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=60, deadline=None, suppress_health_check=health)(function)


@of_this_test
@given(address=st.sampled_from(ADDRESSES), fields=posts)
def test_signed_out(anybody, address, fields):
    check(anybody, address, fields)
    if anybody.get("/my/name").status_code == 200:
        anybody.sign_out()


@of_this_test
@given(address=st.sampled_from(OURS), fields=posts)
def test_signed_in(somebody, address, fields):
    check(somebody, address, fields)


@pytest.mark.parametrize("address", NO_CODE_ASKED_FOR)
@pytest.mark.parametrize(
    "body", [[], {}, {"email": 5, "password": [1]}, "x", None, {"email": None}]
)
def test_json_is_no_form(client, address, body):
    response = client.post(address, json=body, headers={"X-CSRFToken": client.token()})
    assert response.status_code == 422


@pytest.mark.parametrize("address", NO_CODE_ASKED_FOR)
def test_a_file_is_no_text(client, address):
    from io import BytesIO

    files = {name: (BytesIO(b"x"), "x.txt") for name in ("email", "password", "name", "code")}
    assert client.post_raw(address, files).status_code == 422


@pytest.mark.parametrize("address", [*ADDRESSES, *OURS])
def test_without_a_token_nothing_is_done(somebody, address):
    if address not in OURS:
        somebody.sign_out()
    response = somebody.post(address, data={"email": "amina@example.org"})
    assert response.status_code == 400 or response.location.startswith("/sign-in")


@pytest.mark.parametrize("address", ["/sign-out", "/sign-in", "/my/name"])
def test_other_methods_are_refused_in_words(somebody, address):
    assert somebody.delete(address).status_code == 405
