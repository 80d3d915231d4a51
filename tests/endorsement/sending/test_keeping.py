"""Taking back, what is kept of it, for whom, and what merging does."""

from datetime import timedelta

import pytest

from endorsement.models import Submission
from endorsement.sending import actions, keeping, queries
from endorsement.sending.verifying import differences
from endorsement.sending.workflow import TRANSITIONS
from tests.builders import accounts, people
from tests.builders import charter as pledges
from tests.builders import sending as build
from tests.conftest import SECRET
from web import clock
from web.audit.verify import verify
from web.my_data import sections_of
from web.workflow import Refused, states


def whole(session):
    assert list(verify(session, SECRET[::-1].encode())) == []


def lead_of(submission):
    return pledges.lead_of(submission.organisation)


def test_every_state_is_in_the_table():
    assert states(TRANSITIONS.values()) == ["draft", "sent", "withdrawn", "decided"]


# Taken back


def test_a_lead_takes_it_back_and_sends_again(session):
    first = build.withdrawn(session)
    assert (first.state, first.events[-1].note) == ("withdrawn", "We found a gap.")
    second = build.sent(session, first.assessment)
    assert queries.open_submission(session, second.organisation) is second
    assert list(differences(first)) == []
    whole(session)


def test_only_one_waits_at_a_time(session):
    first = build.sent(session)
    with pytest.raises(actions.SentAlready) as refused:
        build.sent(session, first.assessment)
    assert refused.value.submission is first


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_nobody_else_takes_it_back(session, role):
    submission = build.sent(session)
    other = pledges.joined(session, submission.organisation, role)
    who = {"by": other, "at": clock.now(), "team": build.TEAM}
    with pytest.raises(Refused):
        actions.withdraw(session, submission, note="No.", **who)


def test_it_says_why_and_is_taken_back_once(session):
    submission = build.sent(session)
    who = {"by": lead_of(submission), "at": clock.now(), "team": build.TEAM}
    with pytest.raises(Refused, match="note"):
        actions.withdraw(session, submission, note=" ", **who)
    build.withdrawn(session, submission)
    with pytest.raises(Refused):
        actions.withdraw(session, submission, note="Again.", **who)


# Kept for two years


def test_what_was_taken_back_loses_its_words_after_two_years(session):
    gone = build.withdrawn(session)
    stays = build.sent(session)
    root, rule = gone.root, keeping.retention
    clock.freeze(clock.now() + timedelta(days=729))
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=3))
    assert rule.due(session, clock.now()) == [gone.id]
    assert rule.since(session, gone.id) == gone.events[-1].at
    rule.take_away(session, gone.id, clock.now())
    session.commit()
    session.expire_all()
    assert rule.due(session, clock.now()) == []
    assert {(i.content, i.salt) for i in gone.items} == {(None, None)}
    assert (gone.declared_name, gone.root) == ("", root)
    assert {e.note for e in gone.events} == {""}
    assert list(differences(gone, root)) == []
    assert all(item.content for item in session.get_one(Submission, stays.id).items)
    whole(session)


def test_one_that_is_sent_meanwhile_is_not_taken(session):
    made = build.withdrawn(session)
    clock.freeze(clock.now() + timedelta(days=100))
    keeping.retention.take_away(session, made.id, clock.now())
    assert made.words_gone_at is None


# Whose


def section(session, person):
    return next(s for s in sections_of(session, person) if s.key == "submissions")


def test_who_sent_and_took_back_reads_it(session):
    submission = build.withdrawn(session)
    first, *more = section(session, lead_of(submission)).rows
    assert "You sent it" in first.values()
    assert "We found a gap." in more[-1].values()
    assert keeping.erasure.keeps(session, lead_of(submission))


def test_somebody_of_the_same_name_elsewhere_reads_nothing(session):
    build.sent(session)
    stranger = people.person(session, "Joan Price")
    assert section(session, stranger).rows == []
    assert keeping.erasure.keeps(session, stranger) == []


# Two that become one


def test_what_was_sent_goes_along_and_comes_back(session):
    officer = people.officer(session)
    moved = build.sent(session)
    goes, stays = moved.organisation, accounts.checked_organisation(session, name="Harbour")
    part = keeping.merging
    assert part.obstacles(session, stays, goes) == []
    assert "goes to Harbour" in part.preview(session, stays, goes)[0]
    memo = part.merge(session, stays, goes, by=officer, at=clock.now())
    session.commit()
    assert moved.organisation is stays
    assert list(differences(moved)) == []
    part.undo(session, stays, goes, memo, by=officer, at=clock.now())
    session.commit()
    assert moved.organisation is goes
    whole(session)


def test_two_that_wait_are_decided_first(session):
    one, other = build.sent(session), build.sent(session)
    said = keeping.merging.obstacles(session, one.organisation, other.organisation)
    assert "takes its own back first" in said[0]


def test_nothing_to_move_says_nothing(session):
    clubs = [accounts.checked_organisation(session, name=name) for name in ("A", "B")]
    assert keeping.merging.preview(session, *clubs) == []
