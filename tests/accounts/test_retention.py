"""What is not kept for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import people as actions
from accounts.models import DataRequest, DataRequestEvent, Invitation, Person
from accounts.retention import offer_downloads
from tests.accounts.test_erasing import unsound
from tests.builders import accounts, people
from web import clock, retention
from web.audit import AuditEntry, AuditValue
from web.contributions import Contribution, RetentionRule
from web.database import database
from web.jobs import LEASE, JobRun, hold
from web.retention import RetentionRun

MONTH = timedelta(days=31)


def later(**more):
    clock.freeze(clock.now() + timedelta(**more))


def run(session):
    report = retention.run_by_hand(database(), "a test")
    assert report is not None
    session.expire_all()
    return {line["rule"]: line["taken"] for line in report.report if line["taken"]}


@pytest.fixture
def flask(app, session):
    def call(*words):
        result = app.test_cli_runner().invoke(args=["retention", *words])
        return result.exit_code, result.output

    return call


def told(session):
    count = offer_downloads(session, clock.now())
    session.commit()
    return count


def test_an_account_nobody_uses_is_told_once_then_erased(session, fetch_mail):
    amina = people.person(session, "Amina Khan")
    fetch_mail()
    assert told(session) == "told: 0"
    later(days=22 * 31)
    assert told(session) == "told: 1"
    assert told(session) == "told: 0"
    assert [m.kind for m in fetch_mail()] == ["accounts/download_offered"]
    assert "accounts" not in run(session)
    later(days=70)
    assert run(session)["accounts"] == 1
    assert amina.erased_at == clock.now()
    assert unsound(session) == []
    assert "accounts" not in run(session)


def test_whoever_was_never_told_is_not_erased(session):
    """The worker stood still for years: two months' notice all the same."""
    amina = people.person(session)
    later(days=1500)
    assert "accounts" not in run(session)
    told(session)
    later(days=30)
    assert "accounts" not in run(session)
    later(days=40)
    assert run(session)["accounts"] == 1
    assert amina.erased_at is not None


def test_whoever_came_back_stays(session):
    amina = people.person(session)
    later(days=22 * 31)
    told(session)
    amina.last_used_at = clock.now() + timedelta(days=1)
    session.commit()
    later(days=100)
    assert "accounts" not in run(session)
    later(days=600)
    assert told(session) == "told: 1", "and is told again the next time"


def test_somebody_with_a_role_stays(session):
    olu = people.officer(session)
    later(days=1000)
    told(session)
    later(days=1000)
    run(session)
    session.refresh(olu)
    assert olu.erased_at is None


def test_one_that_nobody_confirmed_goes(session):
    cas = people.person(session, "Cas", confirmed=False)
    cli = people.person(session, "Invited", confirmed=False)
    actions.appoint(session, cli, "officer", by="system:test", at=clock.now())
    session.commit()
    later(days=29)
    assert run(session) == {}
    later(days=2)
    assert run(session)["unconfirmed accounts"] == 1
    assert (cas.erased_at is None, cli.erased_at) == (False, None)


def test_ended_invitations_go_and_standing_ones_stay(session):
    club = accounts.checked_organisation(session, name="Kites")
    accounts.invitation(session, club, "bo@example.org")
    later(days=150)
    accounts.invitation(session, club, "cas@example.org")
    later(days=60)
    assert run(session)["invitations"] == 1
    assert session.scalars(select(Invitation.email)).all() == ["cas@example.org"]
    assert unsound(session) == []


def test_closed_requests_go_with_their_history(session):
    dana = people.data_protection_lead(session)
    from accounts.actions import data_requests

    asked, waits = people.data_request(session), people.data_request(session, words="Still?")
    data_requests.answer(session, asked, by=dana, at=clock.now(), note="Nothing.")
    session.commit()
    later(days=700)
    assert "data requests" not in run(session)
    later(days=60)
    assert run(session)["data requests"] == 1
    assert session.scalars(select(DataRequest.id)).all() == [waits.id]
    assert session.scalar(select(func.count()).select_from(DataRequestEvent)) == 0
    assert unsound(session) == []


def test_values_go_after_six_years_and_the_chain_stays(session):
    people.person(session, "Amina Khan")
    entries = session.scalar(select(func.count()).select_from(AuditEntry))
    assert session.scalar(select(func.count()).select_from(AuditValue)) > 5
    later(days=6 * 366)
    with_values = session.scalar(select(func.count(AuditValue.entry_number.distinct())))
    assert run(session)["changes"] == with_values
    old = select(func.count()).select_from(AuditValue).join(AuditEntry)
    assert session.scalar(old.where(AuditEntry.at < clock.now() - MONTH)) == 0
    assert session.scalar(select(func.count()).select_from(AuditEntry)) >= entries
    assert unsound(session) == []


def test_a_dry_run_says_what_would_go_and_changes_nothing(flask, session):
    club = accounts.checked_organisation(session, name="Kites")
    accounts.invitation(session, club, "bo@example.org")
    later(days=400)
    before = counts(session)
    code, said = flask("run", "--dry-run")
    assert code == 0
    assert "invitations: 1 would go, the oldest from 2027-03-02" in said
    assert counts(session) == before
    code, said = flask("run")
    assert (code, "invitations: 1 taken away" in said) == (0, True)
    assert counts(session) != before


def counts(session):
    from web.database import Base

    session.expire_all()
    return {
        t.name: session.scalar(select(func.count()).select_from(t))
        for t in Base.metadata.sorted_tables
    }


@pytest.fixture
def odd_rules(app):
    """One that fails, one that fails for one thing, and one after them."""
    taken: list[object] = []

    def broken(*_):
        raise ValueError("no")

    def take(_session, one, _at):
        if one == 2:
            raise KeyError(one)
        taken.append(one)

    parts = app.extensions["contributions"]
    app.extensions["contributions"] = (
        *parts,
        Contribution(
            "odd",
            retention=(
                RetentionRule("a broken", "Broken", broken, take, str),
                RetentionRule("b half", "Half", lambda *_: [1, 2, 3], take, str),
            ),
        ),
    )
    yield taken
    app.extensions["contributions"] = parts


def test_one_that_fails_does_not_stop_the_others_and_is_reported(session, odd_rules, client, flask):
    club = accounts.checked_organisation(session, name="Kites")
    accounts.invitation(session, club, "bo@example.org")
    later(days=400)
    code, said = flask("run")
    assert code == 1
    assert odd_rules == [1, 3]
    lines = {line["rule"]: line for line in session.scalars(select(RetentionRun)).one().report}
    assert lines["a broken"]["error"] == "ValueError"
    assert (lines["b half"]["taken"], lines["b half"]["failed"]) == (2, 1)
    assert lines["invitations"]["taken"] == 1
    assert "b half: 2 taken away, 1 failed (KeyError)" in said
    client.sign_in(people.data_protection_lead(session))
    text = " ".join(client.page("/data-protection/kept").get_text().split())
    assert "Half: 2 deleted, 1 could not be (KeyError)" in text
    assert "flask retention run" in text
    assert "failed (ValueError)" in text
    assert "Next run: 6 April 2028" in text


def test_two_at_once_never_double(app, session, flask):
    assert hold(app.extensions["database"], retention.JOB)
    code, said = flask("run")
    assert (code, "The worker is at it" in said) == (1, True)
    assert session.scalar(select(RetentionRun)) is None


def test_a_run_by_hand_that_stood_still_says_who_goes_on(app, session, flask):
    """Another one has taken the job over in the middle of it."""
    parts = app.extensions["contributions"]

    def slow(_session, _at):
        clock.freeze(clock.now() + LEASE)
        assert hold(app.extensions["database"], retention.JOB)
        return [1]

    rule = RetentionRule("a slow", "Slow", slow, lambda *_: None, str)
    app.extensions["contributions"] = (Contribution("odd", retention=(rule,)),)
    try:
        code, said = flask("run")
    finally:
        app.extensions["contributions"] = parts
    assert (code, "The worker is at it" in said) == (1, True)
    session.expire_all()
    run = session.scalars(select(RetentionRun)).one()
    assert (run.ended_at, run.report) == (None, [])
    assert session.get(JobRun, retention.JOB).lease, "still the other one's"


def test_the_worker_runs_it_daily(app, session):
    from web.jobs import run_due

    database = app.extensions["database"]
    assert run_due(database, [retention.job]) == [retention.JOB]
    assert run_due(database, [retention.job]) == []
    later(hours=24)
    assert run_due(database, [retention.job]) == [retention.JOB]
    session.expire_all()
    assert session.get(JobRun, retention.JOB).report.startswith("taken away: 0")
    assert len(retention.runs(session)) == 2


def test_every_rule_says_in_words_what_and_how_long(app):
    with app.test_request_context():
        kept = app.extensions["scheme"].retention
        for rule in retention.rules():
            assert str(rule.what)
            said = str(rule.kept(kept))
            assert said, rule.name
            assert "for a time" not in said, rule.name
        names = [rule.name for rule in retention.rules()]
    assert len(set(names)) == len(names)


def test_an_erased_account_is_not_told_and_not_erased_again(session):
    amina = people.person(session)
    from web.erasing import erase

    erase(session, amina, by=amina, at=clock.now())
    session.commit()
    later(days=3000)
    assert told(session) == "told: 0"
    assert "accounts" not in run(session)
    assert session.get_one(Person, amina.id).erased_at is not None
