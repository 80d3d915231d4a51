"""Who may open what: one table, every cell really requested.

A row is a route, a column a person (tests/world.py), the cell the status.  The second word of a
row's name, if any, says which of A's organisations it is asked of: by the state of its pledge.
.ci/run asks every cell; the quick run each of a row's answers once, PostgreSQL's one that is let in.
An empty post that is let in answers 422 (something is missing) or 303 (a button was pressed).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from accounts.addresses import links
from accounts.invitation_links import token_of
from accounts.request_links import token_of as request_token
from charter.workers.links import token_of as worker_token
from charter.workers.rules import mark_of
from tests.access_table import OPEN, TABLE, cells
from tests.client import PortalClient
from tests.world import WHO, World, build
from training.passport.links import token_of as passport_token
from web import clock
from web.database import Database


@pytest.fixture(scope="module")
def world(app: Flask) -> Iterator[World]:
    """Built once; each request is rolled back."""
    from tests.conftest import NOW

    clock.freeze(NOW)
    database: Database = app.extensions["database"]
    with database.writer.connect() as connection:
        outer = connection.begin()
        database.pinned = connection
        with app.app_context(), database.session(writes=True) as session:
            made = build(session, app)
            made.browsers.update((who, _signed_in(app, its)) for who, its in made.people.items())
            yield made
        database.pinned = None
        outer.rollback()


def _signed_in(app: Flask, cookie: str | None, *, proved: bool = True) -> PortalClient:
    """``proved``: their second factor was shown."""
    browser = PortalClient(app, app.response_class)
    if cookie:
        browser.carry(cookie, proved=proved)
    return browser


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """What one request changed, the next does not meet."""
    savepoint = app.extensions["database"].pinned.begin_nested()
    yield
    savepoint.rollback()


@pytest.fixture
def rolled_back(app: Flask, world: World) -> Iterator[None]:
    with undone(app):
        yield


def every_route(app: Flask) -> set[str]:
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_table_has_a_row_for_every_route(app: Flask) -> None:
    named = {" ".join(row.split()[:2]) for row in (*TABLE, *OPEN)}
    assert named == every_route(app)


@pytest.mark.parametrize("row", TABLE)
def test_a_row(app: Flask, world: World, row: str) -> None:
    told = dict(zip(WHO, cells(row), strict=True))
    people = WHO if every_cell() else one_of_each(told)
    assert asked(app, world, row, people) == {who: told[who] for who in people}


LET_IN = (200, 303, 422)
ON_SQLITE = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"


def every_cell() -> bool:
    """With everything on, and on SQLite: another database says nothing of who may."""
    return ON_SQLITE and "PORTAL_TEST_EVERYTHING" in os.environ


def one_of_each(told: dict[str, int]) -> list[str]:
    """Of each answer that a route has, whom it is given to first; on PostgreSQL one who is let in,
    where anybody is."""
    first = {status: who for who, status in reversed(told.items())}
    let_in = next((status for status in LET_IN if status in first), min(first))
    return list(first.values()) if ON_SQLITE else [first[let_in]]


@pytest.mark.parametrize("row", OPEN)
def test_what_is_open_to_all_is_the_same_for_all(app: Flask, world: World, row: str) -> None:
    few = ("nobody", "lead", "officer", "youth member")
    assert asked(app, world, row, few) == dict.fromkeys(few, OPEN[row])


def asked(app: Flask, world: World, row: str, people: Iterable[str]) -> dict[str, int]:
    found = {}
    for who in people:
        with undone(app):
            found[who] = ask(app, world, row, who)
    return found


def ask(app: Flask, world: World, row: str, who: str) -> int:
    return answer(app, world, row, who).status_code


def answer(app: Flask, world: World, row: str, who: str, *, proved: bool = True) -> TestResponse:
    """``proved``: their second factor was shown."""
    method, endpoint, *state = row.split()
    known = world.browsers.get(who) if proved else None
    browser = known.again() if known else _signed_in(app, world.people[who], proved=proved)
    address = address_of(app, world, endpoint, " ".join(state) or "draft")
    if who == "machine":
        browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {world.token}"
    if method == "GET":
        return browser.get(address)
    return browser.put(address) if method == "PUT" else browser.post_raw(address, {})


def address_of(app: Flask, world: World, endpoint: str, state: str) -> str:
    known = world.addresses[state]
    rule = next(r for r in app.url_map.iter_rules() if r.endpoint == endpoint)
    data = ("acknowledge", "data", "erase", "look", "one")
    references = {f"data_protection.{name}": "data_request" for name in data}
    references |= {
        "colleagues.change": "viewer",
        "colleagues.end": "viewer",
        "colleagues.send_again": "invitation",
        "colleagues.withdraw": "invitation",
        "joining.answer": "request",
        **{f"session_desk.{name}": "session" for name in ("one", "offer", "held", "missed")},
        "session_desk.call_off": "session",
        "training_sessions.cancel": "training_booking",
        "training_sessions.as_calendar": "training_booking",
        "training_offers.give_place": "training_booking",
        "merging.merger": "merger",
        "names.decide": "rename",
        "mailboxes.one": "lost",
        "projects.change_place": "place",
        "projects.remove_place": "place",
        "assessing.earlier": "earlier_assessment",
        **{f"planning.{name}": "action" for name in ("action", "finish", "drop", "open_again")},
        "workers.hide": "worker",
        "seat_terms.end": "seat_term",
        "workers.one": "worker",
        "workers.certificate": "worker",
        "report_conditions.drop": "condition",
        **{f"visits.{name}": "visit" for name in ("change", "record", "thank", "sheet")},
    }
    values = {
        "slug": known.get("slug"),
        "project": known.get("project"),
        "reference": known.get(references.get(endpoint, _usual(endpoint))),
        "other": "other-side-club",
        "buddy": known.get("buddy"),
        "key": KEYS.get(endpoint) or KEYS.get(endpoint.split(".")[0], "safe"),
        "code": _code(endpoint, known),
        "part": known.get("part"),
        "page": 1,
        "number": 1,
        "way": "words",
        "question": known.get("question"),
        "condition": known.get("condition"),
        "item": known.get("evidence_file"),
        "token": token(app, known, endpoint),
    }
    with app.test_request_context():
        return app.url_for(endpoint, **{name: values[name] for name in rule.arguments})


KEYS = {
    **dict.fromkeys(("quality", "assessing", "planning", "frameworks"), "A1"),
    "assess": "A1",
    "report": "A1",
    "practice": "A1",
    "moderate": "A1",
    "facts": "A1",
    "frameworks.an_area": "A",
    "chairing.standard": "A1",
    "frameworks.level": "foundation",
    "frameworks.track": "small",
    "pathways.module": "W2",
    "pathway_drafts.people": "M4",
    "pathways.role": "volunteer",
}
"""By endpoint or blueprint; all others ask for a commitment."""


def _code(endpoint: str, known: dict[str, str]) -> str | None:
    if endpoint == "training_sessions.here":
        return known.get("training_code")
    return "2026" if endpoint.startswith(("quality.", "pathways.")) else "2027"


def _usual(endpoint: str) -> str:
    if endpoint.startswith(("panel.", "chairing.", "decisions.", "outcome.", "appeals.")):
        return "submission"
    if endpoint.startswith("meetings."):
        return "panel_meeting"
    if endpoint.startswith("conditions."):
        return "condition"
    if endpoint.startswith(("training_sessions.", "training_offers.")):
        return "training_session"
    if endpoint.startswith(("my_steering.", "team_ties.")):
        return "tie"
    if endpoint.startswith("awards."):
        return "award"
    if endpoint.startswith("evidence."):
        return "evidence"
    if endpoint.startswith("evidence_files."):
        return "evidence_file"
    if endpoint.startswith("training_buddies."):
        return "trustee" if endpoint.endswith("checker") else "buddy"
    if endpoint.startswith(("checking.", "checking_desk.", "checking_buddy.")):
        return "to_check"
    if endpoint.startswith(("volunteers.", "claiming.")):
        return "volunteer"
    if endpoint.startswith("frameworks."):
        return "framework_draft"
    if endpoint.startswith("learning."):
        return endpoint
    if endpoint.startswith("checking_again."):
        return "checked_again"
    if endpoint.startswith("pathway_drafts."):
        return "pathway_draft"
    if endpoint.startswith("training_imports."):
        return "import"
    if endpoint.startswith("credentials."):
        return "credential"
    if endpoint.startswith("my_passport."):
        return "passport"
    if endpoint.startswith(("youth_seats.", "supporting.")):
        return "youth_seat"
    if endpoint.startswith("seats."):
        return "seat"
    if endpoint.startswith("my_badges."):
        return "badge"
    if endpoint.startswith("my_training."):
        return "training_waiting"
    if endpoint.startswith(("report.", "facts.", "fact_answers.", "moderate.")):
        return "submission"
    if endpoint.startswith("safeguarding."):
        return "flag"
    if endpoint.startswith(("own_questions.", "worries.", "allocating.", "answering.")):
        return "submission"
    if endpoint.startswith(
        ("sending.", "sending_desk.", "own_case.", "team_cases.", "assess.", "visits.")
    ):
        return "submission"
    return "charter_draft" if endpoint.startswith("versions.") else "pledge"


def token(app: Flask, known: dict[str, str], endpoint: str) -> str:
    if endpoint.startswith("invitations."):
        with app.test_request_context():
            return token_of(known["invitation"])
    if endpoint.startswith("mailbox."):
        with app.test_request_context():
            return links.token_of("mailbox", known["notice"], "old")
    if endpoint.startswith("addresses."):
        with app.test_request_context():
            return links.token_of("address", known["address"], "old")
    if endpoint.startswith("passport."):
        with app.test_request_context():
            return passport_token(known["passport"])
    if endpoint.startswith("workers."):
        with app.test_request_context():
            return worker_token(known["worker"], mark_of("wanda@example.org"))
    if endpoint.startswith("data_requests."):
        with app.test_request_context():
            return request_token(known["data_request"])
    return "no-such-token"
