"""The weekly digest: once a week at most, each thing once, nothing lost."""

import logging
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.actions import people as account_actions
from tests.builders import people
from tests.charter.counting import statements
from tests.conftest import NOW
from tests.web.conftest import at_once
from web import clock
from web.audit import record
from web.contributions import Contribution, Reminder
from web.jobs import Job
from web.mail import OutboxMail, digest, keeping
from web.mail.models import DigestReader, ToldReminder
from web.mail.writing import write
from web.worker import once

WEEK, DAY = timedelta(days=7), timedelta(days=1)


class Asked(list):
    """What a package would say: a list that a test writes to."""

    def __call__(self, session, at):
        return [r for r in self if not callable(r)] + [
            r for f in self if callable(f) for r in f(session, at)
        ]


@pytest.fixture
def asked(app, monkeypatch):
    return _asked(app, monkeypatch)


def _asked(app, monkeypatch):
    made = Asked()
    parts = [replace(part, reminders=()) for part in app.extensions["contributions"]]
    part = Contribution(name="probe", reminders=(made,))
    monkeypatch.setitem(app.extensions, "contributions", (*parts, part))
    return made


def about(person, key, **more):
    given = {"sentence": f"See to {key}.", "endpoint": "accounts.home"} | more
    return Reminder(person.id if hasattr(person, "id") else person, key, **given)


def digests(session):
    wanted = select(OutboxMail).where(OutboxMail.kind == "digest").order_by(OutboxMail.id)
    return list(session.scalars(wanted))


def said(mail):
    return [one["sentence"] for one in mail.facts["reminders"]]


def run(session, at=None):
    if at is not None:
        clock.freeze(at)
    return digest.send_digests(session, clock.now())


def test_all_that_is_new_comes_in_one_mail_the_soonest_first(session, app, asked):
    sam = people.person(session, "Sam Reid", "sam@example.org")
    asked += [
        about(sam, "no day"),
        about(sam, "later", by=NOW + 9 * DAY, sentence="Renew the\npledge of Kites."),
        about(sam, "sooner", by=NOW + DAY, endpoint="mail.messages"),
    ]
    assert run(session) == "digests: 1"
    [mail] = digests(session)
    assert (mail.address, mail.person_id) == ("sam@example.org", sam.id)
    with app.test_request_context(base_url="http://localhost"):
        letter = write(session, mail)
    assert letter.subject == "3 things to remember"
    lines = [line for line in letter.body.splitlines() if line]
    assert lines[:8] == [
        "Hello Sam Reid,",
        "These wait for you:",
        "3 March 2027: See to sooner.",
        "http://localhost/my/messages",
        "11 March 2027: Renew the pledge of Kites.",
        "http://localhost/my/",
        "See to no day.",
        "http://localhost/my/",
    ]
    assert lines[-1] == "http://localhost/my/reminders"


def test_what_another_job_did_in_the_same_round_is_in_it(app, session, asked, monkeypatch):
    """Whatever order the packages hand their jobs over in."""
    sam = people.person(session)
    tells = next(job for job in app.extensions["jobs"] if job.name == "send digests")
    does = Job("does", DAY, lambda *_: asked.append(about(sam, "just now")))
    monkeypatch.setitem(app.extensions, "jobs", [tells, does])
    assert once(app)[1] == ["does", "send digests"]
    assert [said(mail) for mail in digests(session)] == [["See to just now."]]


def test_nothing_to_say_is_not_said(session, asked):
    assert run(session) == "digests: 0"
    assert digests(session) == []


def test_a_thing_is_told_once_and_the_next_one_waits_a_week(session, asked):
    sam = people.person(session)
    asked.append(about(sam, "one"))
    run(session)
    asked.append(about(sam, "two"))
    for at in (NOW, NOW + DAY, NOW + WEEK - timedelta(seconds=1)):
        assert run(session, at) == "digests: 0"
    assert run(session, NOW + WEEK) == "digests: 1"
    assert [said(mail) for mail in digests(session)] == [["See to one."], ["See to two."]]


def test_what_came_and_went_within_the_week_is_not_told(session, asked):
    sam = people.person(session)
    asked.append(about(sam, "one"))
    run(session)
    asked[:] = [about(sam, "over soon")]
    run(session, NOW + DAY)
    asked[:] = [about(sam, "still true")]
    run(session, NOW + WEEK)
    assert said(digests(session)[-1]) == ["See to still true."]


def test_the_county_sets_how_often(session, app, asked, monkeypatch):
    scheme = app.extensions["scheme"]
    mail = scheme.clocks.mail.model_copy(update={"digest_days": 30})
    clocks = scheme.clocks.model_copy(update={"mail": mail})
    monkeypatch.setitem(app.extensions, "scheme", scheme.model_copy(update={"clocks": clocks}))
    sam = people.person(session)
    asked.append(about(sam, "one"))
    run(session)
    asked.append(about(sam, "two"))
    assert run(session, NOW + 29 * DAY) == "digests: 0"
    assert run(session, NOW + 30 * DAY) == "digests: 1"


def test_who_has_no_account_in_use_gets_none_and_is_told_once_they_have(session, asked):
    gone, new = people.person(session, "Gone"), people.person(session, "New", confirmed=False)
    gone.active = False
    record(session, gone, "close", by="system:test", at=clock.now())
    asked += [about(gone, "one"), about(new, "one"), about(987654, "one")]
    assert run(session) == "digests: 0"
    account_actions.confirm(session, new, at=clock.now())
    assert run(session) == "digests: 1"
    assert {row.person_id for row in session.scalars(select(ToldReminder))} == {new.id}


def test_a_month_off_sends_one_mail_with_what_still_matters(session, asked):
    sam = people.person(session)

    def step(session, at):
        """As packages do it: the step that has come, not those before it."""
        days = (NOW + 60 * DAY - at).days
        steps = [n for n in (60, 14, 0) if days <= n]
        return [about(sam, f"pledge:{min(steps)}")] if steps else []

    asked.append(step)
    assert run(session, NOW) == "digests: 1"
    assert run(session, NOW + 50 * DAY) == "digests: 1"
    assert run(session, NOW + 50 * DAY) == "digests: 0"
    assert [said(m) for m in digests(session)] == [["See to pledge:60."], ["See to pledge:14."]]


def test_one_package_or_row_that_fails_does_not_stop_the_rest(session, asked, caplog, monkeypatch):
    sam, alex, kim = (people.person(session, name) for name in ("Sam", "Alex", "Kim"))

    def broken(session, at):
        session.execute(select(DigestReader))
        raise RuntimeError("not today")

    asked += [about(sam, "one"), about(alex, "one"), about(kim, "one")]
    asked.append(lambda session, at: [about(sam, "nowhere", endpoint="no.such")])
    real = digest._tell_one

    def tell_one(session, id_, *rest):
        real(session, id_, *rest)
        session.flush()
        if id_ == alex.id:
            raise ValueError("a bad row")

    monkeypatch.setattr(digest, "_tell_one", tell_one)
    with caplog.at_level(logging.ERROR):
        assert run(session) == "digests: 2; failed: 1; not asked: 0"
    messages = [r.message for r in caplog.records]
    assert "a digest failed" in messages
    assert "a reminder leads nowhere" in messages
    assert [m.person_id for m in digests(session)] == [sam.id, kim.id]
    monkeypatch.setattr(digest, "_tell_one", real)
    assert run(session) == "digests: 1"
    asked.append(broken)
    assert "not asked: 1" in run(session)


def reading(said):
    """All but the mails themselves, each of which is written once."""
    return [line.split("WHERE")[0] for line in said if "INTO outbox_mail" not in line]


def test_the_number_of_statements_does_not_grow(session, app, asked):
    asked += [about(people.person(session), "one") for _ in range(2)]
    with statements(app) as few:
        run(session)
    asked[:] = [about(people.person(session), f"{n}") for n in range(60)]
    with statements(app) as many:
        run(session)
    assert len(digests(session)) == 62
    assert reading(many) == reading(few)
    with statements(app) as nothing_new:
        run(session)
    assert len(nothing_new) == 1


@pytest.mark.parametrize("seed", range(12))
def test_week_by_week_never_twice_never_too_soon_never_lost(session, asked, seed):
    """Things come and go, the worker is off for days: whatever the order."""
    chance = random.Random(seed)
    persons = [people.person(session, f"P{n}") for n in range(4)]
    true: dict[tuple[int, str], Reminder] = {}
    number, waited = 0, Counter()
    for step in range(80):
        clock.freeze(NOW + step * timedelta(hours=19, minutes=37))
        for person in persons:
            if chance.random() < 0.25:
                number += 1
                true[person.id, str(number)] = about(person, str(number))
        for key in [key for key in true if chance.random() < 0.04]:
            del true[key]
            waited.pop(key, None)
        asked[:] = true.values()
        if chance.random() < 0.6:
            run(session)
            told = {(r.person_id, r.key) for r in session.scalars(select(ToldReminder))}
            for key in true.keys() - told:
                waited.setdefault(key, clock.now())
                assert clock.now() - waited[key] < WEEK, "true for a week of asking, and not told"
    _never_twice_and_never_too_soon(session)
    assert len(digests(session)) > 12


def _never_twice_and_never_too_soon(session):
    told = Counter((m.person_id, line) for m in digests(session) for line in said(m))
    assert set(told.values()) == {1}
    last: dict[int, datetime] = {}
    for mail in digests(session):
        if mail.person_id in last:
            assert mail.created_at - last[mail.person_id] >= WEEK
        last[mail.person_id] = mail.created_at


# Two workers


def test_eight_workers_at_once_send_one_mail_to_each(real, monkeypatch):
    asked = _asked(real, monkeypatch)
    database = real.extensions["database"]
    with real.app_context(), database.session(writes=True) as session:
        asked += [about(people.person(session), "one") for _ in range(12)]
    for at in (NOW, NOW + WEEK):
        clock.freeze(at)

        def work(_):
            with real.app_context(), database.session(writes=True) as session:
                return digest.send_digests(session, at)  # noqa: B023

        reports = at_once(work, 8)
        assert sum(int(report.removeprefix("digests: ")) for report in reports) == 12
        asked += [about(reminder.person_id, f"two {at}") for reminder in asked[:12]]
    with database.session(writes=False) as session:
        assert Counter(Counter(m.person_id for m in digests(session)).values()) == {2: 12}
        _never_twice_and_never_too_soon(session)


# Their own choice


def test_somebody_who_wants_none_gets_none_until_they_do(client, session, asked):
    sam = people.person(session)
    client.sign_in(sam)
    assert client.send("/my/reminders", wanted="no").location == "/my/account"
    asked.append(about(sam, "one"))
    assert run(session) == "digests: 0"
    checked = client.page("/my/reminders").select_one("input[type=radio][checked]")
    assert checked["value"] == "no"
    client.send("/my/reminders", wanted="yes")
    assert run(session) == "digests: 1"
    assert "The last one went on 2 March 2027" in client.page("/my/reminders").main.get_text()


@pytest.mark.parametrize("wanted", ["", "perhaps", "yes\0", "no" * 5000])
def test_anything_else_is_no_answer(client, session, wanted):
    client.sign_in(people.person(session))
    response = client.post_raw("/my/reminders", {"wanted": wanted})
    assert response.status_code == 422
    assert "Choose whether you want reminders." in response.text


def test_two_who_choose_at_once_both_get_an_answer(real):
    database = real.extensions["database"]
    with real.app_context(), database.session(writes=True) as session:
        sam = people.person(session)
        clients = [real.test_client() for _ in range(4)]
        for client in clients:
            client.sign_in(sam)
    tokens = [client.token() for client in clients]

    def choose(n):
        data = {"csrf_token": tokens[n], "wanted": ("yes", "no")[n % 2]}
        return clients[n].post("/my/reminders", data=data).status_code

    assert at_once(choose, 4, threads=4) == [303] * 4


# Forgetting


def rule(name):
    return next(rule for rule in keeping.retention if rule.name == name)


def forget(session, name, at):
    due = list(rule(name).due(session, at))
    for one in due:
        rule(name).take_away(session, one, at)
    session.flush()
    return len(due)


def test_what_is_still_true_after_years_is_not_told_again(session, asked):
    sam = people.person(session)
    asked += [about(sam, "true"), about(sam, "over")]
    run(session)
    del asked[1]
    assert forget(session, "told reminders", NOW + 700 * DAY) == 0
    assert forget(session, "told reminders", NOW + 740 * DAY) == 1
    assert [row.key for row in session.scalars(select(ToldReminder))] == ["true"]
    assert run(session, NOW + 740 * DAY) == "digests: 0"


def test_nothing_is_forgotten_while_a_package_cannot_say_what_is_true(session, asked):
    asked.append(about(people.person(session), "one"))
    run(session)

    def broken(session, at):
        raise RuntimeError

    asked[:] = [broken]
    assert forget(session, "told reminders", NOW + 800 * DAY) == 0
