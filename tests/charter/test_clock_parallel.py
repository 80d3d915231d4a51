"""Real workers on a database of their own: what the clock does, it does once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from charter import states
from charter.jobs import jobs
from charter.models import Pledge, PledgeEvent
from tests.builders import charter as build
from tests.builders import people
from tests.client import soup
from tests.parallel import at_once, browser
from web import clock
from web.jobs import LEASE, claim, run_due
from web.mail import OutboxMail

pytestmark = pytest.mark.slow


def lapsed_mails(session):
    kinds = select(func.count()).select_from(OutboxMail).where(OutboxMail.kind == "charter/lapsed")
    return session.scalar(kinds)


def test_two_workers_lapse_each_pledge_once_and_tell_it_once(own_app):
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        for _ in range(6):
            build.pledge(session, states.LIVE)
    clock.freeze(clock.now() + timedelta(days=800))

    def work():
        with own_app.app_context(), own_app.test_request_context():
            return run_due(database, list(jobs))

    ran = at_once(*([work] * 4))
    assert sum(len(names) for names in ran) == 1
    with own_app.app_context(), database.session(writes=False) as session:
        assert set(session.scalars(select(Pledge.state))) == {"lapsed"}
        verbs = select(PledgeEvent.verb, func.count()).group_by(PledgeEvent.verb)
        moved = dict(iter(session.execute(verbs)))
        assert (moved["fall due"], moved["lapse"]) == (6, 6)
        assert lapsed_mails(session) == 6


def test_two_who_both_believe_the_job_is_theirs_still_do_it_once(own_app):
    """A worker slept through its lease; both work through the same pledges at the same moment."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        for _ in range(4):
            build.pledge(session, states.LIVE)
    clock.freeze(clock.now() + timedelta(days=800))
    from web.jobs import _run

    (job,) = jobs
    first = claim(database, job)
    clock.freeze(clock.now() + LEASE)
    second = claim(database, job)
    assert first
    assert second

    def work(lease):
        def run():
            with own_app.app_context(), own_app.test_request_context():
                return _run(database, job, lease)

        return run

    assert sorted(at_once(work(first), work(second))) == [False, True]
    with own_app.app_context(), database.session(writes=False) as session:
        lapses = select(func.count()).where(PledgeEvent.verb == "lapse")
        assert session.scalar(lapses) == 4
        assert lapsed_mails(session) == 4


def test_one_pledge_that_cannot_move_stops_no_other(own_app, monkeypatch):
    from charter.actions import clock as acting

    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        ids = [build.pledge(session, states.LIVE).id for _ in range(3)]
    clock.freeze(clock.now() + timedelta(days=370))
    real = acting.make

    def fail(session, name, pledge, **more):
        if pledge.id == ids[0]:
            raise ValueError("a bad one")
        return real(session, name, pledge, **more)

    monkeypatch.setattr(acting, "make", fail)
    with own_app.app_context(), own_app.test_request_context():
        run_due(database, list(jobs))
    with own_app.app_context(), database.session(writes=False) as session:
        stands = dict(session.execute(select(Pledge.id, Pledge.state)).all())
    assert [stands[i] for i in ids] == ["live", "due", "due"]
    monkeypatch.undo()
    clock.freeze(clock.now() + timedelta(minutes=1))
    with own_app.app_context(), own_app.test_request_context():
        run_due(database, list(jobs))
    with own_app.app_context(), database.session(writes=False) as session:
        assert set(session.scalars(select(Pledge.state))) == {"due"}


def test_a_renewal_is_confirmed_while_the_clock_lapses_the_year_before(own_app):
    """Whoever comes first, one pledge stands afterwards."""
    database = own_app.extensions["database"]
    with own_app.app_context(), database.session(writes=True) as session:
        build.agreed_charter(session)
        pledge = build.pledge(session, states.LIVE)
        clock.freeze(clock.begins(pledge.due_on))
        renewal = build.renewal(session, pledge, states.SENT)
        address = f"/team/pledges/{renewal.reference}"
        clock.freeze(clock.now() + timedelta(days=300))
        client = browser(own_app, people.officer(session))
    seen = soup(client.get(address)).select_one("input[name=seen]")["value"]
    body = {"do": "confirm", "seen": seen, "csrf_token": client.token()}

    def work():
        with own_app.app_context(), own_app.test_request_context():
            return run_due(database, list(jobs))

    answer, _ran = at_once(lambda: client.post(address, data=body), work)
    assert answer.status_code == 303
    with own_app.app_context(), database.session(writes=False) as session:
        assert sorted(session.scalars(select(Pledge.state))) == ["live", "renewed"]
