"""What no page of ours would send, posted to every form as somebody who may: 4xx, never 500.

Every answer is linted too (tests/client.py), so what is echoed back cannot break a page.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access_table import TABLE
from tests.client import PortalClient
from tests.test_access import address_of, rolled_back, world  # noqa: F401 - fixtures
from tests.world import WHO, World

LET_IN = (303, 422)
ROWS = [
    (
        row,
        next(who for who in ("lead", "officer", "nobody") if TABLE[row][WHO.index(who)] in LET_IN),
    )
    for row in TABLE
    if row.startswith("POST")
    and any(TABLE[row][WHO.index(who)] in LET_IN for who in ("lead", "officer"))
]
ANSWERED = {200, 302, 303, 400, 403, 404, 409, 410, 413, 422, 429}
GARBAGE: dict[str, Any] = {
    "empty": "",
    "blanks": " \t\r\n ",
    "an unknown choice": "no-such-thing",
    "a NUL": "Sam\0Reid",
    "half a surrogate pair": b"Sam \xed\xa0\x80",
    "not UTF-8": b"\xff\xfe\xfa",
    "10,000 characters": "x" * 10_000,
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}نادي الشباب",
    "emoji": "👩‍👩‍👧‍👦 🎉",
    "markup": '"><script>alert(1)</script>{{ 7*7 }}',
    "a number": "99999999999999999999999999",
    "a list": ["a", "b", "c"],
    "a formula": "=1+1",
    "line ends": "Sam\r\nBcc: all@example.org",
}


def test_there_are_forms() -> None:
    assert len(ROWS) > 20


@pytest.mark.slow
@pytest.mark.postgresql  # it refuses more of it than SQLite does
@pytest.mark.parametrize(("row", "who"), ROWS, ids=lambda value: value.replace(" ", "-"))
def test_garbage_in_every_field(app: Flask, world: World, row: str, who: str) -> None:  # noqa: F811
    """Half of it for each form in turn: most of what refuses it stands before any form."""
    browser, address, names = opened(app, world, row, who)
    half = list(GARBAGE)[ROWS.index((row, who)) % 2 :: 2]
    answers = {
        kind: browser.post_raw(address, dict.fromkeys(names, GARBAGE[kind])).status_code
        for kind in half
    }
    assert {kind: code for kind, code in answers.items() if code not in ANSWERED} == {}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(("row", "who"), ROWS, ids=lambda value: value.replace(" ", "-"))
def test_bodies_that_are_no_forms(app: Flask, world: World, row: str, who: str) -> None:  # noqa: F811
    """Each form gets two of them in turn: most are turned away before any form is asked."""
    browser, address, names = opened(app, world, row, who)
    head = {"X-CSRFToken": browser.token()}
    bodies: list[dict[str, Any]] = [
        {"json": {name: {"a": [1, None]} for name in names}},
        {"data": b"\x00\xff" * 50, "content_type": "application/octet-stream"},
        {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
        {"data": "a=" + "y" * (3 * 1024 * 1024), "content_type": "application/x-www-form-urlencoded"},
        {"data": "&".join(f"f{n}=1" for n in range(5000)),
         "content_type": "application/x-www-form-urlencoded"},
    ]  # fmt: skip
    turn = ROWS.index((row, who))
    for body in (bodies[turn % len(bodies)], bodies[(turn + 2) % len(bodies)]):
        answer = browser.post(address, headers=head, **body)
        assert answer.status_code in ANSWERED, f"{address}: {answer.status}"


words = st.text(max_size=300) | st.lists(st.text(max_size=30), max_size=4)


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(("row", "who"), ROWS, ids=lambda value: value.replace(" ", "-"))
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_random_words(app: Flask, world: World, row: str, who: str, data: Any) -> None:  # noqa: F811
    example = app.extensions["database"].pinned.begin_nested()  # one example leaves none a trace
    try:
        browser, address, names = opened(app, world, row, who)
        typed = {name: data.draw(words) for name in names}
        answer = browser.post_raw(address, typed)
        assert answer.status_code in ANSWERED, f"{address}: {answer.status}"
    finally:
        example.rollback()


def opened(app: Flask, world: World, row: str, who: str) -> tuple[PortalClient, str, list[str]]:  # noqa: F811
    """A browser at the form's address, and the names of its fields."""
    _, endpoint, *state = row.split()
    browser = PortalClient(app, app.response_class)
    if world.people[who]:
        browser.carry(str(world.people[who]))
    address = address_of(app, world, endpoint, " ".join(state) or "draft")
    return browser, address, list(_fields(browser, address))


def _fields(browser: PortalClient, address: str) -> Iterator[str]:
    page = browser.get(address)
    if page.status_code != 200:
        return
    for field in BeautifulSoup(page.data, "html.parser").select("main form [name]"):
        if field["name"] != "csrf_token":
            yield str(field["name"])
