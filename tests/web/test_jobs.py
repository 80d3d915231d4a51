"""Timed jobs: nobody runs one twice, a failed one is released, a month off is caught up."""

import logging
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.web.conftest import at_once
from web import clock, jobs
from web.jobs import LEASE, Each, Job, JobRun, claim, run_due
from web.parking import ParkedForm
from web.worker import once

HOUR = timedelta(hours=1)


@pytest.fixture
def database(real):
    return real.extensions["database"]


def rows(database):
    with database.session(writes=False) as session:
        return {row.name: row for row in session.scalars(select(JobRun))}


def test_a_job_runs_when_its_time_has_come_and_not_before(database, still_clock):
    job = Job("count", HOUR, lambda session, at: f"at {at:%H:%M}")
    assert run_due(database, [job]) == ["count"]
    assert run_due(database, [job]) == []
    clock.freeze(still_clock + HOUR - timedelta(seconds=1))
    assert run_due(database, [job]) == []
    clock.freeze(still_clock + HOUR)
    assert run_due(database, [job]) == ["count"]
    assert rows(database)["count"].report == "at 11:30"


def test_two_workers_never_run_one_job_at_once(database):
    """Also at the very first time, when there is no row to lock."""
    runs, both = [], threading.Barrier(8, timeout=20)
    jobs = [Job(f"job {n}", HOUR, lambda session, at, n=n: runs.append(n)) for n in range(6)]

    def work(_: int) -> list[str]:
        both.wait()
        return run_due(database, jobs)

    ran = [name for names in at_once(work, 8) for name in names]
    assert sorted(runs) == list(range(6))
    assert sorted(ran) == sorted(job.name for job in jobs)


def test_one_that_tells_of_the_others_comes_after_them(database):
    ran = []
    tells = Job("tells", HOUR, lambda *_: ran.append("tells"), last=True)
    does = Job("does", HOUR, lambda *_: ran.append("does"))
    assert run_due(database, [tells, does]) == ["does", "tells"]
    assert ran == ["does", "tells"]


def test_and_also_after_those_another_worker_is_at(database, still_clock):
    tells = Job("tells", HOUR, lambda *_: "", last=True)
    lease = jobs.hold(database, "does")
    assert run_due(database, [tells]) == []
    jobs.release(database, "does", lease, "done")
    assert run_due(database, [tells]) == ["tells"]
    clock.freeze(still_clock + HOUR)
    assert jobs.hold(database, "does")
    assert run_due(database, [tells]) == []
    clock.freeze(still_clock + HOUR + LEASE)
    assert run_due(database, [tells]) == ["tells"], "a worker that died holds nobody up for long"


def test_what_a_job_changed_is_committed(database):
    def work(session, at):
        session.add(ParkedForm(person_id=1, path="/", typed={}, parked_at=at))

    run_due(database, [Job("work", HOUR, work)])
    with database.session(writes=False) as session:
        assert session.scalars(select(ParkedForm)).one()


def test_a_failed_job_changes_nothing_is_reported_and_released(database, caplog, still_clock):
    def fail(session, at):
        session.add(ParkedForm(person_id=1, path="/", typed={}, parked_at=at))
        session.flush()
        raise ValueError("Sam Okafor")

    well = Job("well", HOUR, lambda session, at: None)
    with caplog.at_level(logging.ERROR):
        assert run_due(database, [Job("ill", HOUR, fail), well]) == ["well"]
    assert [r.job for r in caplog.records if r.message == "job failed"] == ["ill"]
    row = rows(database)["ill"]
    assert (row.report, row.leased_until) == ("failed", None)
    with database.session(writes=False) as session:
        assert session.scalars(select(ParkedForm)).all() == []
    clock.freeze(still_clock + HOUR)
    assert run_due(database, [Job("ill", HOUR, lambda session, at: "well again")]) == ["ill"]


def test_the_job_of_a_killed_worker_is_free_when_its_lease_ends(database, still_clock):
    job = Job("slow", HOUR, lambda session, at: None)
    assert claim(database, job), "and the worker is killed"
    clock.freeze(still_clock + LEASE - timedelta(seconds=1))
    assert run_due(database, [job]) == []
    clock.freeze(still_clock + LEASE)
    assert run_due(database, [job]) == ["slow"]


def test_a_month_off_is_caught_up_in_one_run(database, still_clock):
    """The job looks at what is old, not at how often it ran."""
    with database.session(writes=True) as session:
        for day in range(31):
            at = still_clock - timedelta(days=day, hours=1)
            session.add(ParkedForm(person_id=1, path=f"/{day}", typed={}, parked_at=at))
        session.commit()
    from web import parking

    assert run_due(database, [Job("forget", HOUR, parking.forget_old)]) == ["forget"]
    with database.session(writes=False) as session:
        assert [row.path for row in session.scalars(select(ParkedForm))] == ["/0"]


def test_a_round_of_the_worker_runs_every_job_of_the_portal_once(real):
    sent, ran = once(real)
    assert sent == 0
    assert ran == [job.name for job in jobs.in_turn(real.extensions["jobs"])]
    assert ran[-1] == "send digests"
    assert once(real) == (0, [])


def test_the_command_says_what_it_did(real):
    said = real.test_cli_runner().invoke(args=["work", "once"])
    assert (said.exit_code, said.output[:14]) == (0, "Mails sent: 0.")


def test_after_a_failure_it_runs_again_in_a_minute_then_two(database, still_clock):
    def fail(session, at):
        raise ValueError

    job = Job("ill", HOUR, fail)
    at = still_clock
    for pause in (1, 2, 4, 8, 16, 32, 60, 60):
        run_due(database, [job])
        clock.freeze(at + timedelta(minutes=pause, seconds=-1))
        assert not claim(database, job)
        at += timedelta(minutes=pause)
        clock.freeze(at)
    assert run_due(database, [Job("ill", HOUR, lambda session, at: "well")]) == ["ill"]
    assert rows(database)["ill"].failures == 0


def test_a_worker_that_outlived_its_lease_commits_nothing(database, still_clock):
    """It wakes up after another one has done the work."""
    done = []

    def slow(session, at):
        session.add(ParkedForm(person_id=1, path="/slow", typed={}, parked_at=at))
        session.commit = lambda: done.append("never")
        return "slow"

    job = Job("slow", HOUR, slow)
    lease = claim(database, job)
    clock.freeze(still_clock + LEASE)
    assert claim(database, job), "the other worker takes it over"
    assert not jobs._run(database, job, lease)
    with database.session(writes=False) as session:
        assert session.scalars(select(ParkedForm)).all() == []
    assert rows(database)["slow"].leased_until == still_clock + 2 * LEASE, "it is still the other's"


def each(database, bad=()):
    """Work through ten things, of which some cannot be done."""
    found = []

    def find(session, at, after):
        return [n for n in range(1, 11) if n > after][:4]

    def do(session, number, at):
        session.add(ParkedForm(person_id=number, path="/", typed={}, parked_at=at))
        session.flush()
        if number in bad:
            raise ValueError(number)
        found.append(number)

    return Job("each", HOUR, Each(find, do)), found


def test_one_bad_thing_stops_no_other_and_is_tried_again_soon(database, still_clock, caplog):
    job, done = each(database, bad=(3, 7))
    with caplog.at_level(logging.ERROR):
        assert run_due(database, [job]) == []
    assert done == [1, 2, 4, 5, 6, 8, 9, 10]
    assert [r.thing for r in caplog.records if hasattr(r, "thing")] == [3, 7]
    with database.session(writes=False) as session:
        kept = session.scalars(select(ParkedForm.person_id).order_by(ParkedForm.person_id)).all()
    assert kept == done
    assert rows(database)["each"].report == "done: 8; failed: 2"
    clock.freeze(still_clock + timedelta(minutes=1))
    assert run_due(database, [each(database)[0]]) == ["each"]


def test_its_lease_is_renewed_with_each_commit(database, still_clock):
    def find(session, at, after):
        return [] if after else [1, 2, 3]

    def do(session, number, at):
        clock.freeze(clock.now() + LEASE - timedelta(minutes=1))
        other = Job("long", HOUR, lambda session, at: None)
        busy.append(bool(number > 1 and claim_elsewhere(other)))

    def claim_elsewhere(other):
        row = rows(database)["long"]
        return row.leased_until <= clock.now()

    busy: list[bool] = []
    assert run_due(database, [Job("long", HOUR, Each(find, do))]) == ["long"]
    assert busy == [False, False, False]
