"""What is kept of those who were asked to read or to vote, for how long, and what goes with them."""

from datetime import timedelta

from review import states
from review.allocation import keeping as parts
from review.allocation import leaving
from review.outcome import appeals
from review.panel import keeping as panel
from review.panel import meetings
from review.panel.voting import Choice
from tests.builders import charter as pledges
from tests.builders import panel as panels
from tests.builders import review as build
from tests.builders import sending
from tests.builders.panel import who
from tests.conftest import SECRET
from web import clock
from web.audit.verify import verify
from web.my_data import sections_of


def shown(session, person):
    return str({s.key: s.rows for s in sections_of(session, person)})


def goes_after_a_year(session, rule, *rows):
    """Not a day before; and what gave the chain's digests goes with it."""
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=364))
    assert rule.due(session, clock.now()) == []
    rule.take_away(session, rows[0].id, clock.now())
    clock.freeze(clock.now() + timedelta(days=3))
    assert rule.due(session, clock.now()) == [row.id for row in rows]
    for row in rows:
        rule.take_away(session, row.id, clock.now())
    session.commit()
    assert rule.due(session, clock.now()) == []
    assert list(verify(session, SECRET[::-1].encode())) == []


def test_words_of_a_part_go_with_the_person_or_a_year_after(session, group):
    case = build.case_at(session, group, states.ALLOCATED)
    first, second = case.allocations
    leaving.decline(session, first, "Away in May.", **who(first.person))
    session.commit()
    assert "Away in May." in shown(session, first.person)
    assert "Away in May." not in shown(session, second.person)
    assert case.organisation.name in " ".join(parts.obstacles(session, second.person))
    assert parts.obstacles(session, first.person) == parts.keeps(session, first.person) == []
    parts.erase(session, first.person, by=group.officer, at=clock.now())
    session.commit()
    assert (first.ended_why, first.why, second.why) == ("", "", "")
    build.given(session, group, case, group.assessors[2])
    third = case.allocations[-1]
    leaving.decline(session, third, "No time.", **who(third.person))
    session.commit()
    sending.withdrawn(session, case.submission)
    goes_after_a_year(session, parts.retention, third)
    assert (third.why, third.ended_why, third.state) == ("", "", "declined")


def test_why_somebody_voted_goes_a_year_after_and_their_name_with_them(session, group):
    case = panels.at_panel(session, group)
    ballot, other = panels.ballots(case, "youth")[:2]
    vote = panels.vote(session, ballot, Choice("not yet", reason="I know why."))
    meeting = meetings.plan(session, clock.now(), "Hall", by=group.officer, at=clock.now())
    there = [(ballot.person, "youth")]
    meetings.hold(session, meeting, there, "", by=group.officer, at=clock.now())
    session.commit()
    assert "I know why." in shown(session, ballot.person)
    assert "Hall" in shown(session, ballot.person)
    for person in (other.person, group.chair, group.officer):
        assert "I know why." not in shown(session, person)
    sending.withdrawn(session, case.submission)
    goes_after_a_year(session, panel.retention, vote)
    assert (vote.reason, vote.choice) == ("", "not yet")
    assert len(panel.keeps(session, ballot.person)) == 2


def test_erasing_a_first_voter_leaves_the_votes_of_a_decision_that_stands(session, group):
    """A second panel votes now: the first one's votes are what its decision rests on."""
    decision = panels.released(session, group)
    case = decision.case
    lead = pledges.lead_of(case.organisation)
    outsider = panels.outsider(session, group)
    appeals.ask(session, case, "Look again.", **who(lead))
    appeals.answer(session, case, uphold=False, words="It stays.", **who(outsider))
    appeals.ask(session, case, "Once more.", **who(lead))
    session.commit()
    mine = next(b for b in case.ballots if b.stage == 1 and b.constituency == "youth")
    panel.erase(session, mine.person, by=group.officer, at=clock.now())
    session.commit()
    assert case.state == states.SECOND_APPEAL
    assert (mine.standing, mine.votes[0].replaced_at) == ("open", None)
