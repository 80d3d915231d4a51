"""What is kept of pledges, and what becomes of them when two organisations become one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from charter import actions, joining_up, keeping, states
from charter.models import PledgeAction
from tests.builders import charter as build
from tests.builders import people
from tests.conftest import SECRET
from web import clock
from web.audit.models import AuditValue
from web.audit.verify import verify
from web.workflow import Refused


@pytest.fixture(autouse=True)
def version(session):
    return build.agreed_charter(session)


def whole(session):
    assert list(verify(session, SECRET[::-1].encode())) == []


# Kept for two years


@pytest.mark.parametrize("state", [states.WITHDRAWN, states.ENDED])
def test_words_and_names_go_two_years_after_the_end(session, state):
    gone = build.pledge(session, state)
    build.pledge(session, states.LIVE)
    rule = keeping.retention
    clock.freeze(clock.now() + timedelta(days=729))
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=3))
    assert rule.due(session, clock.now()) == [gone.id]
    rule.take_away(session, gone.id, clock.now())
    session.commit()
    assert rule.due(session, clock.now()) == []
    assert (gone.signatory_name, gone.contact_email, gone.state) == ("", "", state)
    assert {a.text for a in gone.actions} == {""}
    assert {e.note for e in gone.events} == {""}
    kept = [v.after for v in session.scalars(select(AuditValue)) if v.field == "text"]
    mine = session.scalars(select(PledgeAction).where(PledgeAction.text != "")).all()
    assert sorted(v for v in kept if v) == sorted(a.text for a in mine)
    whole(session)


# Two that become one


def stands(session, *organisations):
    """All that merging may touch, to compare."""
    session.expire_all()
    found = []
    for organisation in organisations:
        for p in joining_up._of(session, organisation):
            covered = sorted(row.project_id for row in p.covered)
            found.append((p.id, p.organisation_id, p.state, p.due_on, p.live_from, covered))
    return found


@pytest.mark.parametrize(
    ("here", "there", "after", "covers"),
    [
        (None, "live", {"live"}, 1),
        ("withdrawn", "due", {"withdrawn", "due"}, 1),
        ("live", "live", {"live"}, 2),
        ("live", "draft", {"live"}, 1),
        ("draft", "live", {"withdrawn", "live"}, 1),
        ("draft", "sent", {"draft"}, 1),
        ("lapsed", "live", {"lapsed", "live"}, 1),
        (None, "suspended", {"suspended"}, 1),
    ],
)
def test_one_pledge_stands_and_it_can_all_be_undone(session, here, there, after, covers):
    officer = people.officer(session)
    stays, goes = build.club(session), build.club(session)
    for organisation, state in ((stays, here), (goes, there)):
        if state:
            build.pledge(session, state, organisation=organisation, by=officer)
    before = stands(session, stays, goes)
    part = joining_up.merging
    assert part.obstacles(session, stays, goes) == []
    assert part.preview(session, stays, goes)
    memo = part.merge(session, stays, goes, by=officer, at=clock.now())
    session.commit()
    mine = joining_up._of(session, stays)
    assert {p.state for p in mine} == after
    ahead = [p for p in mine if p.state in states.STANDING]
    if ahead:
        assert len(ahead[0].covered) == covers
    assert not [p for p in joining_up._of(session, goes) if p.state in states.OPEN_STATES]
    part.undo(session, stays, goes, memo, by=officer, at=clock.now())
    session.commit()
    assert stands(session, stays, goes) == before
    whole(session)


def test_a_paused_pledge_that_would_close_is_decided_first(session):
    officer = people.officer(session)
    stays, goes = build.club(session), build.club(session)
    build.pledge(session, states.LIVE, organisation=stays, by=officer)
    build.pledge(session, states.SUSPENDED, organisation=goes, by=officer)
    assert "is paused" in joining_up.merging.obstacles(session, stays, goes)[0]


def test_it_is_not_undone_over_a_pledge_that_was_begun_since(session, version):
    officer = people.officer(session)
    stays, goes = build.club(session), build.club(session)
    standing = build.pledge(session, states.LIVE, organisation=stays, by=officer)
    build.pledge(session, states.LIVE, organisation=goes, by=officer)
    memo = joining_up.merging.merge(session, stays, goes, by=officer, at=clock.now())
    session.commit()
    clock.freeze(clock.now() + timedelta(hours=1))
    lead = build.lead_of(stays)
    actions.withdraw(session, standing, by=lead, at=clock.now(), note="Anew.")
    build.begun(session, stays, version)
    with pytest.raises(Refused, match="begun since"):
        joining_up.merging.undo(session, stays, goes, memo, by=officer, at=clock.now())
