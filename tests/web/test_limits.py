"""Limits on attempts are counted in the database, with nothing in it that names anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import settings_for_tests
from tests.web import probe
from tests.web.conftest import portal_with
from web import clock
from web.factory import create_app
from web.jobs import run_due
from web.limits import AttemptCount, count_attempt, give_back
from web.own import own_contribution


def tries(client, times, who="sam@example.org", address="192.0.2.7"):
    return [
        client.post_raw(
            "/probe/try", {"who": who}, environ_overrides={"REMOTE_ADDR": address}
        ).status_code
        for _ in range(times)
    ]


def test_an_account_has_so_many_tries_an_hour_from_anywhere(app, client, session, still_clock):
    most = app.extensions["settings"].attempts_per_account
    assert tries(client, most) == [200] * most
    assert tries(client, 1, address="198.51.100.1") == [429]
    assert tries(client, 1, who="SAM@example.org", address="198.51.100.2") == [429]
    assert tries(client, 1, who="ada@example.org") == [200]
    clock.freeze(still_clock + timedelta(minutes=30))
    assert tries(client, 1, address="198.51.100.1") == [200], "a new hour"


def test_a_connection_has_so_many_tries_for_all_accounts(app, client, session):
    most = app.extensions["settings"].attempts_per_hour
    answers = [tries(client, 1, who=f"{n}@example.org")[0] for n in range(most + 1)]
    assert answers == [200] * most + [429]
    assert tries(client, 1, who="x@example.org", address="198.51.100.1") == [200]


def test_two_processes_count_together(real, empty_url):
    other = create_app(settings_for_tests(empty_url), probe.part)
    with real.test_request_context(method="POST"), real.app_context():
        assert [count_attempt("code", "sam", 3) for _ in range(2)] == [True, True]
    with other.test_request_context(method="POST"), other.app_context():
        assert [count_attempt("code", "sam", 3) for _ in range(2)] == [True, False]
    other.extensions["database"].engine.dispose()


def test_another_kind_counts_apart(app, session):
    with app.test_request_context(method="POST"):
        assert count_attempt("code", "sam", 1)
        assert count_attempt("mail", "sam", 1)
        assert not count_attempt("code", "sam", 1)


def test_a_try_that_succeeded_can_be_given_back(app, session):
    with app.test_request_context(method="POST"):
        count_attempt("code", "for sam", 1)
        give_back("code", "Sam")
        assert count_attempt("code", "for sam", 1)


def test_nothing_in_the_table_names_anybody(client, session):
    tries(client, 1)
    rows = session.scalars(select(AttemptCount)).all()
    assert len(rows) == 2
    for row in rows:
        assert len(row.whose) == 64
        assert int(row.whose, 16)


def test_the_digest_has_a_key(client, session, empty_url):
    """Else a list of addresses would tell whose rows these are."""
    tries(client, 1)
    [one, two] = session.scalars(select(AttemptCount.whose)).all()
    for app in portal_with(empty_url, secret_key="another key, of thirty-two characters or more"):
        tries(app.test_client(), 1)
        with app.extensions["database"].session(writes=False) as other:
            assert not {one, two} & set(other.scalars(select(AttemptCount.whose)))


def test_the_job_deletes_counts_after_a_day(app, client, session, still_clock):
    tries(client, 1)
    clock.freeze(still_clock + timedelta(hours=23))
    run_due(app.extensions["database"], list(own_contribution.jobs))
    assert len(session.scalars(select(AttemptCount)).all()) == 2
    clock.freeze(still_clock + timedelta(hours=25))
    run_due(app.extensions["database"], list(own_contribution.jobs))
    assert session.scalars(select(AttemptCount)).all() == []


@pytest.mark.parametrize("who", ["", "a\0b", "x" * 10_000, "\u202e🎈"])
def test_odd_accounts_are_counted_too(client, session, who):
    assert tries(client, 1, who=who) == [200]
