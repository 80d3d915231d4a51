"""An essential that falls after the award, and what awards say to the package below."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from endorsement.awarded import awards
from endorsement.models import EssentialFall
from review import rules, states
from review.award import queries
from review.models import Condition
from review.outcome import conditions, falling
from review.panel import levels, releasing
from tests.builders import panel as build
from tests.builders.review import scheme
from web import clock
from web.audit import record
from web.mail.models import OutboxMail

DAY = timedelta(days=1)


@pytest.fixture
def decision(session, group):
    return build.released(session, group)


@pytest.fixture
def fall(session, decision):
    made = EssentialFall(
        submission_id=decision.case.submission_id, standard="E2", fell_at=clock.now()
    )
    session.add(made)
    session.flush()
    record(session, made, "fall", by="system:essentials", at=clock.now())
    session.commit()
    return made


def run(session, each):
    for found in each.find(session, clock.now(), 0):
        each.do(session, found, clock.now())
    session.commit()
    session.expire_all()


MENDED, OVER = (job.run for job in falling.jobs)


def mended(session, fall):
    fall.mended_at = clock.now()
    record(session, fall, "mend", by="system:essentials", at=clock.now())
    session.commit()


def test_after_its_grace_it_is_a_condition_once_and_lapses(session, decision, fall):
    case, award = decision.case, queries.standing_of(session, decision.case.organisation_id)
    grace = scheme().clocks.endorsement.grace_days
    clock.freeze(clock.now() + grace * DAY)
    run(session, OVER)
    assert case.state == states.ENDORSED, "the last day of grace"
    clock.freeze(clock.now() + DAY)
    (found,) = OVER.find(session, clock.now(), 0)
    OVER.do(session, found, clock.now())
    OVER.do(session, found, clock.now())  # another worker was slower
    session.commit()
    (one,) = session.scalars(select(Condition)).all()
    assert (case.state, one.standard, one.state) == (states.CONDITIONS, "E2", "open")
    assert case.events[-1].verb == "an essential fell"
    assert rules.was_with_conditions(case) is True
    newest = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(2))
    told = {message.address for message in newest}
    assert scheme().contacts.email in told
    assert len(told) == 2, "the lead and the Charter team"
    clock.freeze(clock.begins(one.by_on + DAY))
    conditions.lapse(session, case.id, clock.now())
    session.commit()
    assert (case.state, award.state) == (states.LAPSED, "ended")


def test_put_right_it_is_met_by_the_record(session, decision, fall):
    clock.freeze(clock.now() + 91 * DAY)
    run(session, OVER)
    assert decision.case.state == states.CONDITIONS
    mended(session, fall)
    run(session, MENDED)
    run(session, MENDED)
    (one,) = session.scalars(select(Condition)).all()
    assert (one.state, decision.case.state) == ("met", states.ENDORSED)
    assert rules.was_endorsed(decision.case) is True


@pytest.mark.once
def test_put_right_in_time_there_is_none_nor_after_the_decision_is_taken_back(
    session, group, decision, fall
):
    mended(session, fall)
    clock.freeze(clock.now() + 91 * DAY)
    assert OVER.find(session, clock.now(), 0) == []
    fall.mended_at = None
    record(session, fall, "fall", by="system:essentials", at=clock.now())
    run(session, OVER)
    releasing.take_back(session, decision.case, "We counted wrongly.", **build.who(group.chair))
    session.commit()
    (one,) = session.scalars(select(Condition)).all()
    assert one.state == "dropped"
    assert OVER.find(session, clock.now(), 0) == [], "no award, no condition"


# What awards say below


@pytest.mark.once
def test_time_held_is_known_and_the_next_level_waits_for_it(session, decision):
    case, now = decision.case, clock.now()
    clock.freeze(now + 100 * DAY)
    assert awards().held(session, case.organisation_id, clock.today()) == {"foundation": 3}
    after = SimpleNamespace(level="foundation", months=6, needed=False)
    level = SimpleNamespace(after=after)
    assert levels.months_to_wait(case, level) == 3
    clock.freeze(now + 200 * DAY)
    assert levels.months_to_wait(case, level) == 0
