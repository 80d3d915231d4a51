"""The door for learning platforms, and what becomes of what they send."""

import hashlib
import json
from base64 import b64encode
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import accounts, people
from tests.builders import platforms as build
from tests.builders import training as trainings
from tests.client import soup
from training.models import LearningActivity, LearningActor, LearningStatement
from training.records import queries
from training.xapi import keeping, settling
from training.xapi.views import LARGEST
from web import clock

AT = "/xapi/statements"
DESK = "/team/learning/"
ID = "12345678-1234-5678-1234-567812345678"


@pytest.fixture
def officer(session, pathways):
    return people.officer(session)


@pytest.fixture
def given(session, officer):
    return build.platform(session, officer)


@pytest.fixture
def platform(given):
    return given[0]


@pytest.fixture
def machine(app, given):
    """Sends as the platform does."""
    client = app.test_client()

    def send(told, *, method="POST", token=given[1], version="1.0.3", **more):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"X-Experience-API-Version": version} if version else {}
        usual = {"content_type": "application/json", "headers": headers | more.pop("headers", {})}
        return client.open(more.pop("at", AT), method=method, data=body, **(usual | more))

    return send


@pytest.fixture
def win(session, organisation):
    return trainings.worker(session, organisation)


def mapped(session, officer, module="W2", *, trusted=False):
    course = session.scalars(select(LearningActivity)).one()
    from training import versions

    settling.map_activity(
        session, course, module, trusted=trusted, by=officer, at=clock.now(),
        pathways=versions.newest(session).pathways,
    )  # fmt: skip
    session.commit()


def records_of(session, person):
    session.expire_all()
    mine = queries.practitioner_of(session, person)
    return [(r.module, r.state, r.provider) for r in queries.records_of(session, mine)]


def states(session):
    session.expire_all()
    return [one.state for one in session.scalars(select(LearningStatement))]


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


# The door


@pytest.mark.parametrize("token", ["", "wrong", "Bearer", "ü"])
def test_only_a_token_that_stands_opens(machine, token):
    answer = machine(build.statement(), token=token)
    assert answer.status_code == 401
    assert "token" in answer.json["error"]
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_the_password_of_basic_is_as_good(session, given, machine):
    basic = b64encode(f"learn:{given[1]}".encode()).decode()
    answer = machine(build.statement(), token="", headers={"Authorization": f"Basic {basic}"})
    assert answer.status_code == 200


def test_a_revoked_token_opens_no_more(session, officer, platform, machine):
    assert machine(build.statement()).status_code == 200
    settling.revoke(session, platform, by=officer, at=clock.now())
    session.commit()
    assert machine(build.statement()).status_code == 401


def test_a_cookie_is_no_token(client, officer):
    client.sign_in(officer)
    assert client.post_raw(AT, {}).status_code == 401


def test_who_tries_tokens_or_sends_too_much_waits(app, machine, monkeypatch):
    few = {"attempts_per_hour": 3, "machine_calls_an_hour": 3}
    settings = app.extensions["settings"].model_copy(update=few)
    monkeypatch.setitem(app.extensions, "settings", settings)
    tried = [machine({}, token=f"guess {n}").status_code for n in range(4)]
    assert tried == [401, 401, 401, 429]
    assert [machine({}).status_code for _ in range(4)] == [400, 400, 400, 429]


@pytest.mark.parametrize(
    "told",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[[1]]", b'{"id": 5}', b"[" * 50_000,
     b'{"actor": {"mbox": "mailto:a\\u0000@b.org"}}', [build.statement(), {}]],
)  # fmt: skip
def test_garbage_is_refused_in_words_and_nothing_of_it_is_kept(session, machine, told):
    answer = machine(told)
    assert answer.status_code == 400
    assert answer.json["error"].endswith(".")
    assert answer.headers["X-Experience-API-Version"] == "1.0.3"
    assert states(session) == []


def test_other_ways_to_send_are_refused(machine):
    assert machine(build.statement(), version=None).status_code == 400
    assert machine(build.statement(), version="0.95").status_code == 400
    assert machine(b"a=b", content_type="application/x-www-form-urlencoded").status_code == 400
    assert machine(b"x", content_type="multipart/mixed; boundary=x").status_code == 400
    assert machine(b" " * (LARGEST + 1)).status_code == 413
    assert machine(b"", method="GET").status_code == 405
    assert machine(b"", method="DELETE").status_code == 405


def test_each_statement_counts_once(session, machine):
    first = machine(build.statement(), version="2.0.0")
    assert (first.status_code, first.json) == (200, [ID])
    assert first.headers["X-Experience-API-Version"] == "2.0.0"
    assert machine([build.statement(), build.statement()]).json == [ID, ID]
    assert states(session) == ["waiting"]
    other = machine(build.statement("mailto:else@example.org"))
    assert other.status_code == 409
    assert ID in other.json["error"]
    both = [build.statement(id=None), build.statement("mailto:else@example.org")]
    both[0].pop("id")
    assert machine(both).status_code == 409, "all or none"
    assert len(states(session)) == 1


def test_an_id_is_given_where_there_is_none(session, machine):
    told = build.statement()
    del told["id"]
    (made,) = machine(told).json
    assert machine({**told, "id": made}).json == [made]
    assert len(states(session)) == 1


def test_put_sends_one_under_the_id_of_its_address(session, machine):
    put = {"method": "PUT", "at": f"{AT}?statementId={ID}"}
    told = build.statement()
    assert machine(told, **put).status_code == 204
    del told["id"]
    assert machine(told, **put).status_code == 204
    assert states(session) == ["waiting"]
    assert machine(build.statement("mailto:b@example.org"), **put).status_code == 409
    assert machine([told, told], **put).status_code == 400
    assert machine(told, method="PUT").status_code == 400
    assert machine(told, method="PUT", at=f"{AT}?statementId=7").status_code == 400
    assert machine(build.statement(id=ID.replace("1", "2")), **put).status_code == 400


def test_what_completes_nothing_is_taken_and_left(session, machine):
    seen = build.statement(verb={"id": "http://adlnet.gov/expapi/verbs/experienced"})
    assert machine(seen).status_code == 200
    assert states(session) == ["left"]
    assert session.scalars(select(LearningActor)).all() == [], "no name without a need"


# What becomes of it


def test_a_course_and_a_person_that_are_known_make_a_record(session, officer, machine, win):
    machine(build.statement(f"mailto:{win.email.upper()}"))
    assert (states(session), records_of(session, win)) == (["waiting"], [])
    mapped(session, officer)
    assert records_of(session, win) == [("W2", "awaiting check", "Learn")]
    machine(build.statement(f"mailto:{win.email}", id=ID.replace("1", "2")))
    assert len(records_of(session, win)) == 1, "the same day stands already"
    assert states(session) == ["kept", "kept"]


def test_what_an_officer_trusts_is_checked_but_never_their_own(session, officer, machine, win):
    machine(build.statement())
    mapped(session, officer, trusted=True)
    for number, who in enumerate((win, officer), start=2):
        machine(build.statement(f"mailto:{who.email}", id=ID.replace("1", str(number))))
    assert records_of(session, win) == [("W2", "checked", "Learn")]
    assert records_of(session, officer) == [("W2", "awaiting check", "Learn")]


def test_somebody_is_known_by_the_hash_of_their_address(session, officer, machine, win):
    digest = hashlib.sha1(f"mailto:{win.email}".encode()).hexdigest()
    machine(build.statement({"mbox_sha1sum": digest}))
    mapped(session, officer)
    assert len(records_of(session, win)) == 1


def test_an_officer_says_who_an_account_is_and_what_waited_goes_on(
    session, client, officer, machine, win
):
    account = {"account": {"homePage": "https://learn.example", "name": "w7"}}
    machine(build.statement(account))
    client.sign_in(officer)
    page = soup(client.get(DESK))
    course = page.select_one('a[href*="/courses/"]')["href"]
    assert "Nobody waits" in words(client.get(DESK)), "first it has to be a module of ours"
    assert client.send(course).status_code == 422, "nothing is chosen for them"
    assert client.send(course, module="W2", trusted="y").status_code == 303
    who = soup(client.get(DESK)).select_one('a[href*="/people/"]')["href"]
    assert "https://learn.example w7" in words(client.get(who))
    assert client.send(who, email="nobody@nowhere.example").status_code == 422
    assert client.send(who, email=officer.email).status_code == 422, "nobody decides of themselves"
    assert client.send(who, email=win.email).status_code == 303
    assert records_of(session, win) == [("W2", "checked", "Learn")]
    machine(build.statement(account, id=ID.replace("1", "3"), timestamp="2027-02-01T10:00:00Z"))
    assert len(records_of(session, win)) == 2
    assert "counts without another check" in words(client.get(DESK))


def test_what_is_none_of_ours_and_who_is_nobody_of_ours_is_left(session, client, officer, machine):
    machine([build.statement(), build.statement("mailto:b@example.org", id=ID.replace("1", "2"))])
    mapped(session, officer)
    client.sign_in(officer)
    who = soup(client.get(DESK)).select('a[href*="/people/"]')
    assert len(who) == 2
    assert client.send(who[0]["href"], email="").status_code == 303
    assert sorted(states(session)) == ["left", "waiting"]
    mapped(session, officer, "")
    assert states(session) == ["left", "left"]
    assert client.send(soup_course(client), module="Z9").status_code == 422


def soup_course(client):
    return soup(client.get(DESK)).select_one('a[href*="/courses/"]')["href"]


def test_who_confirms_the_address_later_is_found_by_the_timed_job(session, officer, machine):
    machine(build.statement("mailto:late@example.org"))
    mapped(session, officer)
    assert settling.settle_all(session, clock.now()) == "0 records"
    late = people.person(session, "Lea Late", email="late@example.org")
    assert settling.settle_all(session, clock.now()) == "1 records"
    session.commit()
    assert len(records_of(session, late)) == 1


# Tokens, and what is kept


def test_a_token_is_shown_once_and_held_as_a_digest(session, client, officer, pathways):
    client.sign_in(officer)
    assert client.send(DESK, press="Make its token", name="").status_code == 422
    page = client.send(DESK, press="Make its token", name="County Learn")
    token = soup(page).select_one("code").text
    assert len(token) > 40
    assert page.headers["Cache-Control"] == "no-store"
    listed = client.get(DESK)
    assert token not in listed.text
    assert "Never used." in words(listed)
    from training.models import LearningPlatform

    made = session.scalars(select(LearningPlatform)).one()
    assert token not in str(vars(made))
    assert client.send(DESK, press="Revoke the token of County Learn").status_code == 303
    assert "Revoked" in words(client.get(DESK))


def test_erasing_somebody_takes_away_how_a_platform_calls_them(session, officer, machine, win):
    machine(build.statement(f"mailto:{win.email}"))
    mapped(session, officer)
    (section,) = keeping.my_data(session, win)
    assert win.email in str(section.rows)
    assert len(next(iter(keeping.my_data(session, officer))).rows) == 2
    keeping.erasure.erase(session, win, by=win, at=clock.now())
    session.commit()
    assert session.scalars(select(LearningActor)).all() == []
    assert states(session) == []


def test_who_nobody_knows_is_forgotten_after_a_year(session, officer, machine, win):
    machine([build.statement(), build.statement(f"mailto:{win.email}", id=ID.replace("1", "2"))])
    mapped(session, officer)
    rule = keeping.retention
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=370))
    (old,) = rule.due(session, clock.now())
    assert rule.since(session, old) is not None
    rule.take_away(session, old, clock.now())
    session.commit()
    assert [one.person_id for one in session.scalars(select(LearningActor))] == [win.id]


def test_one_who_does_not_work_here_sees_none_of_it(session, client, organisation, pathways):
    client.sign_in(accounts.lead_of(organisation))
    assert client.get(DESK).status_code == 403
