"""From the first ballot to the decision that is told, and back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from endorsement.models import Submission
from review import rules, states
from review.models import Ballot, Condition, Vote
from review.panel import asking, levels, releasing, staging, ties, voting, writing
from review.panel.counting import NOT_YET, Cast
from review.panel.voting import Choice
from steering import actions as steering
from steering.models import Tie
from tests.builders import panel as build
from tests.builders import people
from tests.builders.panel import who
from web import clock
from web.audit import AuditEntry, AuditValue, record
from web.mail import OutboxMail
from web.workflow import Refused

AGAINST, NEITHER = Choice("not yet"), Choice("abstain")


@pytest.fixture
def case(session, group):
    return build.at_panel(session, group)


# Who is asked


def test_everybody_whose_seat_stands_is_asked(session, group, case):
    asked = {b.person_id: b.capacity for b in case.ballots}
    members = [p for one in group.members.values() for p in one]
    assert asked == {p.id: "member" for p in members}
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "review/panel/asked"))
    assert len(mails.all()) == len([p for p in members if p.has_mailbox])


def test_the_deputy_takes_over_who_is_tied_or_stands_aside(session, group, case):
    first = build.ballots(case, "voluntary")[0]
    ties.answer(session, first, "stands aside", **who(first.person))
    assert (first.standing, session.scalar(select(func.count(Tie.id)))) == ("aside", 0)
    deputy = group.deputies["voluntary"][0]
    mine = next(b for b in case.ballots if b.person_id == deputy.id)
    assert mine.capacity == "deputy"
    ties.answer(session, mine, "trustee", **who(deputy))
    assert mine.standing == "recused"
    with pytest.raises(Refused):
        build.vote(session, mine)


def test_a_declared_funder_votes_and_it_is_noted_once(session, group, case):
    ballot = build.ballots(case, "agency")[1]
    for _ in range(2):
        ties.answer(session, ballot, "funder", **who(ballot.person))
    assert session.scalars(select(Tie.kind)).all() == ["funder"]
    build.vote(session, ballot)


def test_a_young_members_yes_is_not_written_down_as_what_it_is(session, group, case):
    ballot = build.ballots(case, "youth")[0]
    ties.knows_them(session, ballot, **who(ballot.person))
    assert session.scalars(select(Tie.kind)).all() == ["stands aside"]
    assert ballot.standing == "recused"
    assert len(build.ballots(case, "youth")) == 4  # the deputy was asked


def test_reserves_leave_one_back_and_a_guest_has_no_part(session, group, case):
    asking.ask_reserves(session, case, ["agency"], at=clock.now(), scheme=who(0)["scheme"])
    reserves = [b for b in case.ballots if b.capacity == "reserve"]
    assert len(reserves) == 1
    guest = people.person(session, "Gail Guest")
    made = asking.ask_guest(session, case, guest, "agency", **who(group.officer))
    assert made.capacity == "guest"
    for person in (guest, group.assessors[0]):
        with pytest.raises(Refused):
            asking.ask_guest(session, case, person, "agency", **who(group.officer))


# Votes


def test_a_vote_can_be_changed_and_the_old_one_stays(session, group, case):
    ballot = build.ballots(case)[0]
    first = build.vote(session, ballot, AGAINST)
    assert build.vote(session, ballot, AGAINST) is first
    second = build.vote(session, ballot)
    assert first.replaced_at is not None
    assert voting.vote_of(ballot) is second


def test_the_chain_says_nothing_of_what_was_chosen(session, group, case):
    ballot = build.ballots(case)[0]
    build.vote(session, ballot, Choice("for", case.level, True, "They listen."))
    session.commit()
    entries = session.scalars(
        select(AuditEntry.number).where(AuditEntry.subject.like("vote:%"))
    ).all()
    values = session.scalars(select(AuditValue).where(AuditValue.entry_number.in_(entries))).all()
    told = {v.field for v in values}
    assert not told & {"choice", "level", "with_conditions", "reason", "standing"}


@pytest.mark.parametrize("level", ["excellent", "nothing", None])
def test_no_vote_for_a_level_the_ratings_do_not_reach(session, group, case, level):
    with pytest.raises(Refused):
        build.vote(session, build.ballots(case)[0], Choice("for", level))


def test_nobody_votes_before_saying_what_ties_them_nor_for_another(session, group, case):
    ballot, other = build.ballots(case)[:2]
    with pytest.raises(Refused, match="first"):
        voting.cast(session, ballot, AGAINST, **who(ballot.person))
    build.open_pack(session, ballot)
    with pytest.raises(Refused, match="themselves"):
        voting.cast(session, ballot, AGAINST, **who(other.person))


# Staging


@pytest.mark.parametrize("missing", build.GROUPS)
@pytest.mark.parametrize("instead", [None, NEITHER], ids=["no vote", "abstains"])
def test_no_decision_without_a_vote_of_each_group(session, group, case, missing, instead):
    for ballot in build.ballots(case):
        if ballot.constituency != missing:
            build.vote(session, ballot)
        elif instead is not None:
            build.vote(session, ballot, instead)
    with pytest.raises(Refused, match="without"):
        staging.stage(session, case, **who(group.chair))


def test_a_vote_whose_tie_is_found_late_counts_no_more(session, group, case):
    for ballot in build.ballots(case):
        if ballot.constituency != "agency":
            build.vote(session, ballot)
    late = build.ballots(case, "agency")[1]
    build.vote(session, late)
    steering.note_tie(
        session, late.person, case.organisation, "trustee", by=group.officer, at=clock.now()
    )
    with pytest.raises(Refused, match="Statutory"):
        staging.stage(session, case, **who(group.chair))
    assert late.standing == "recused"


def test_only_the_chair_closes_the_vote_and_the_deputy_where_the_chair_is_tied(
    session, group, case
):
    build.all_vote(session, case)
    for person in (group.officer, group.members["youth"][0], group.lead_assessor):
        with pytest.raises(Refused):
            staging.stage(session, case, **who(person))
    steering.note_tie(
        session, group.chair, case.organisation, "relative", by=group.officer, at=clock.now()
    )
    session.commit()
    decision = staging.stage(session, case, **who(group.deputy_chair))
    assert decision.staged_by_id == group.deputy_chair.id
    assert case.state == states.STAGED


def test_a_tie_waits_for_the_casting_vote(session, group, case):
    for number, ballot in enumerate(build.ballots(case)):
        build.vote(session, ballot, AGAINST if number % 2 else None)
    with pytest.raises(staging.Tie):
        staging.stage(session, case, **who(group.chair))
    decision = staging.stage(session, case, casting=Cast("agency", NOT_YET), **who(group.chair))
    assert (decision.outcome, decision.level, decision.casting) == ("not yet", None, True)


def test_not_yet_decides_no_tie_of_conditions(session, group, case):
    for number, ballot in enumerate(build.ballots(case)):
        build.vote(session, ballot, build.endorse(case, with_conditions=bool(number % 2)))
    for casting, says in ((None, "Your casting vote"), (Cast("agency", NOT_YET), "Choose a level")):
        with pytest.raises(staging.Tie, match=says):
            staging.stage(session, case, casting=casting, **who(group.chair))
    with_conditions = Cast("agency", 0, with_conditions=True)
    decision = staging.stage(session, case, casting=with_conditions, **who(group.chair))
    assert (decision.outcome, decision.level, decision.casting) == ("conditions", case.level, True)


def test_what_was_counted_is_by_group(session, group, case):
    decision = build.staged(session, group, case, voluntary=AGAINST)
    assert decision.counted["voluntary"] == {"not yet": 2}
    assert decision.counted["youth"] == {f"for:{case.level}": 4}
    assert not decision.youth_differ


# Telling


def test_where_most_young_votes_differ_they_are_answered_first(session, group, case):
    build.vote(session, build.ballots(case, "youth")[0])
    for ballot in build.ballots(case):
        youth = ballot.constituency == "youth"
        if voting.vote_of(ballot) is None:
            build.vote(session, ballot, AGAINST if youth else None)
    decision = staging.stage(session, case, **who(group.chair))
    assert decision.youth_differ
    writing.say_why(session, decision, "Good.", by=group.chair, at=clock.now())
    with pytest.raises(Refused, match="plain answer"):
        releasing.release(session, case, **who(group.officer))
    build.written(session, decision, group.chair)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "review/panel/answered"))
    assert mails.all() == []  # a youth seat has no mailbox: the answer stands on their page
    with pytest.raises(Refused, match="Wait"):
        releasing.release(session, case, **who(group.officer))
    clock.freeze(clock.now() + timedelta(days=7))
    releasing.release(session, case, **who(group.officer))
    assert case.state == states.ENDORSED


def test_it_is_told_by_an_officer_and_decides_the_submission(session, group, case):
    decision = build.staged(session, group, case)
    with pytest.raises(Refused, match="why"):
        releasing.release(session, case, **who(group.officer))
    build.written(session, decision, group.chair)
    with pytest.raises(Refused):
        releasing.release(session, case, **who(group.chair))
    releasing.release(session, case, **who(group.officer))
    session.commit()
    assert session.scalar(select(Submission.state)) == "decided"


def test_undone_and_taken_back_with_its_history(session, group, case):
    decision = build.staged(session, group, case)
    releasing.undo(session, case, "A mistake.", **who(group.chair))
    assert (case.state, decision.undone_why) == (states.PANEL, "A mistake.")
    again = staging.stage(session, case, **who(group.chair))
    build.written(session, again, group.chair)
    releasing.release(session, case, **who(group.officer))
    releasing.take_back(session, case, "Another mistake.", **who(group.chair))
    session.commit()
    assert case.state == states.PANEL
    assert [d.undone_at is not None for d in case.decisions] == [True, True]
    assert session.scalar(select(Submission.state)) == "sent"
    assert len(build.ballots(case)) == session.scalar(select(func.count(Vote.id)))


# Conditions


def test_conditions_have_a_day_within_six_months(session, group, case):
    with_conditions = {g: build.endorse(case, with_conditions=True) for g in build.GROUPS}
    first = case.standards[0].key
    far, past = clock.today() + timedelta(days=400), clock.today() - timedelta(days=1)
    for by_on in (far, past):
        session.add(Condition(case=case, standard=first, what="Do it.", by_on=by_on, state="open"))
    session.flush()
    for one in session.scalars(select(Condition)):
        record(session, one, "propose", by=group.lead_assessor, at=clock.now())
    decision = build.staged(session, group, case, **with_conditions)
    assert decision.outcome == "conditions"
    assert all(
        clock.today() < c.by_on <= clock.today() + timedelta(190) for c in decision.conditions
    )
    for by_on in (far, past):
        with pytest.raises(Refused, match="within 6 months"):
            writing.insist_on_condition(case, first, by_on, clock.now(), who(0)["scheme"])


def test_no_condition_stands_for_an_essential_below_its_bar(session, group, case):
    essential = next(s for s in case.standards if s.essential)
    finding = next(f for f in case.report.findings if f.standard == essential.key)
    finding.moderated_rating = 1
    assert levels.most(case) == NOT_YET
    with pytest.raises(Refused, match="essential"):
        writing.insist_on_condition(
            case, essential.key, clock.today() + timedelta(9), clock.now(), who(0)["scheme"]
        )
    finding.moderated_rating = None


def test_everybody_with_a_part_is_named(session, group, case):
    build.released(session, group, case)
    took = rules.participants(case)
    assert {group.chair.id, group.officer.id, group.assessors[0].id, group.lead_assessor.id} <= took
    assert build.outsider(session, group).id not in took
    assert session.scalar(select(func.count(Ballot.id))) == len(case.ballots)
