"""Nobody learns from a worker's form who has pledged, and nobody floods it."""

import re
from datetime import timedelta

import pytest

from charter import content
from charter.models import WorkerPledge
from charter.workers import limits
from tests.accounts.conftest import fetch_mail  # noqa: F401 - a fixture
from tests.builders import charter as build
from tests.builders import people, workers
from tests.charter.counting import statements
from tests.conftest import NOW
from web import clock
from web.limits import counts, forget_old

FORM = "/pledge/worker"
NEW_EACH_TIME = ("Set-Cookie", "Content-Length", "X-Request-ID")
STATES = ("new", "unconfirmed", "live", "withdrawn", "account")
ADDRESS = "somebody@example.org"
YOU = {"first_name": "Sam", "role": "coach", "area": "gedling", "email": ADDRESS}
SENT = {"new": "confirm", "unconfirmed": "confirm", "live": "stands", "withdrawn": "confirm",
        "account": "confirm"}  # fmt: skip
ASKED = {"new": "none", "unconfirmed": "confirm", "live": "stands", "withdrawn": "none",
         "account": "none"}  # fmt: skip


@pytest.fixture(autouse=True)
def agreed(session):
    return build.agreed_charter(session)


def put(session, state, address=ADDRESS):
    if state == "account":
        people.person(session, email=address)
    elif state != "new":
        workers.pledge(session, "Amina", email=address, state=state)
    clock.freeze(NOW + timedelta(hours=2))


def without_tokens(answer, address):
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text).replace(address, "ADDRESS")
    heads = {k: v for k, v in answer.headers if k not in NEW_EACH_TIME}
    return answer.status_code, sorted(heads.items()), text


def answers(app, address):
    """Every answer that somebody sees who tries an address, forms and redirects included."""
    client = app.test_client()
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **{**YOU, "email": address})
    seen = [
        client.send(f"{FORM}/check", press="Sign the charter"),
        client.get(f"{FORM}/check-your-mail"),
        client.get(FORM),
        client.send(f"{FORM}/link", press="Send me the link", email=address),
        client.get(f"{FORM}/check-your-mail"),
    ]
    return [without_tokens(answer, address) for answer in seen]


@pytest.mark.parametrize("state", STATES[1:])
def test_every_answer_is_the_same_whoever_has_pledged(app, session, state):
    put(session, state)
    assert answers(app, ADDRESS) == answers(app, "unknown@example.org")


@pytest.mark.parametrize("state", STATES)
def test_the_mail_says_which(client, session, fetch_mail, state):  # noqa: F811
    put(session, state)
    fetch_mail()
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **YOU)
    client.send(f"{FORM}/check", press="Sign the charter")
    (mail,) = fetch_mail()
    assert mail.kind == f"charter/worker-{SENT[state]}"
    assert "Sam" not in mail.body + mail.subject


@pytest.mark.parametrize("state", STATES)
def test_whoever_asks_for_the_link_is_told_by_mail(client, session, fetch_mail, state):  # noqa: F811
    put(session, state)
    fetch_mail()
    client.send(f"{FORM}/link", press="Send me the link", email=ADDRESS)
    (mail,) = fetch_mail()
    assert mail.kind == f"charter/worker-{ASKED[state]}"


def test_it_takes_the_same_statements_whoever_has_pledged(app, session):
    """As many, and each of them of the same kind, so as much time."""
    said = {}
    for number, state in enumerate(("new", "unconfirmed", "live", "withdrawn")):
        address = f"somebody{number}@example.org"
        if state != "new":
            workers.pledge(session, "Amina", email=address, state=state)
    clock.freeze(NOW + timedelta(hours=2))
    ask(app, "first@example.org", "127.0.0.1")  # the connection's count stands from now on
    for number, state in enumerate(("new", "unconfirmed", "live", "withdrawn")):
        client = app.test_client()
        client.send(FORM, press="I will keep these")
        client.send(
            f"{FORM}/you", press="Go on", **{**YOU, "email": f"somebody{number}@example.org"}
        )
        page = client.page(f"{FORM}/check")
        token = page.select_one("input[name=csrf_token]")["value"]
        with statements(app) as heard:
            client.post(f"{FORM}/check", data={"csrf_token": token})
        said[state] = [_kind(statement) for statement in heard]
    assert said["new"] == said["withdrawn"]
    assert said["unconfirmed"] == said["live"]
    written = {"INSERT INTO worker_pledge", "UPDATE worker_pledge"}
    assert [k for k in said["new"] if k not in written] == [
        k for k in said["live"] if k not in written
    ]


def _kind(statement):
    words = re.sub(r'"', "", " ".join(statement.split()))
    if words.startswith("SELECT"):
        return "SELECT " + re.search(r" FROM (\w+)", words)[1]
    return (
        " ".join(words.split()[:3]) if words.startswith("INSERT") else " ".join(words.split()[:2])
    )


def test_what_a_stranger_sends_changes_nothing_that_stands(client, session):
    pledge = workers.pledge(session, "Amina", email=ADDRESS)
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **YOU, shown="y", adult="y")
    client.send(f"{FORM}/check", press="Sign the charter")
    session.refresh(pledge)
    assert (pledge.first_name, pledge.role, pledge.shown) == ("Amina", "volunteer", False)


# Floods


def ask(app, address, connection="192.0.2.1"):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = connection
    return client.post_raw(f"{FORM}/link", {"email": address})


def test_an_address_gets_a_few_mails_a_day_and_no_more(app, session, fetch_mail):  # noqa: F811
    most = app.extensions["settings"].worker_mails_a_day
    for number in range(most + 3):
        clock.freeze(NOW + timedelta(hours=2 * number))
        answer = ask(app, ADDRESS if number % 2 else ADDRESS.upper(), f"192.0.2.{number}")
        assert answer.status_code == (303 if number < most else 429), number
    assert "as many emails to this address as we can" in answer.text
    assert len(fetch_mail()) == most
    assert ask(app, "other@example.org").status_code == 303
    clock.freeze(NOW + timedelta(days=2))
    assert ask(app, ADDRESS).status_code == 303


def test_a_connection_is_stopped_but_a_team_in_one_room_is_not(app, session):
    most = app.extensions["settings"].worker_pledges_an_hour
    assert most >= 100
    for number in range(most):
        assert limits_left(app, f"worker{number}@example.org")
    refused = ask(app, "one-more@example.org")
    assert refused.status_code == 429
    assert "Many pledges came from your connection" in refused.text
    assert refused.headers["Retry-After"] == "3600"
    assert ask(app, "one-more@example.org", "198.51.100.7").status_code == 303


def limits_left(app, address):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        limits.try_once(address)
    return True


def test_what_is_counted_is_a_digest_and_gone_in_a_day(app, session):
    ask(app, ADDRESS)
    kept = [row for row in counts(session) if row.kind == limits.KIND]
    assert len(kept) == 2
    assert not any("example" in row.whose or "192" in row.whose for row in kept)
    forget_old(session, clock.now() + timedelta(hours=25))
    assert [row for row in counts(session) if row.kind == limits.KIND] == []


def test_a_refused_one_has_lost_nothing(app, session, monkeypatch):
    client = app.test_client()
    client.send(FORM, press="I will keep these")
    client.send(f"{FORM}/you", press="Go on", **YOU)
    for number in range(6):
        ask(app, ADDRESS, f"192.0.2.{number}")
    assert client.send(f"{FORM}/check", press="Sign the charter").status_code == 429
    assert "Sam" in client.page(f"{FORM}/check").main.get_text()
    assert session.query(WorkerPledge).count() == 0


# Example text


def test_nobody_signs_example_text(client, session):
    """Outside example mode the page says so before anybody types, and takes nothing."""
    example_text(session)
    page = client.page(FORM)
    assert "nobody can sign it yet" in page.main.get_text()
    assert page.select("main form") == []
    assert client.post_raw(FORM, {}).status_code == 422
    assert client.get(f"{FORM}/you").location == FORM


def test_what_was_sent_is_not_confirmed_on_example_text(client, session, fetch_mail):  # noqa: F811
    example_text(session)
    pledge = workers.pledge(session, "Sam", email=ADDRESS, state="unconfirmed")
    (mail,) = fetch_mail()
    refused = client.send(mail.link, press="Sign the charter")
    assert refused.status_code == 422
    assert "no group of young people has agreed it" in refused.text
    session.refresh(pledge)
    assert pledge.state == "unconfirmed"


def example_text(session):
    clock.freeze(NOW + timedelta(days=1))
    text = content.read(content.DEFAULT).model_copy(update={"code": "again"})
    content.publish(session, text, by="system:test", at=clock.now())
    session.commit()
