"""Every state a case can be in, and what the database itself refuses."""

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from endorsement.sending import workflow as submissions
from review import states
from review.models import Ballot, Case, Decision, Vote
from review.next_steps import ASIDE, COMES
from review.states import ALL_STATES, TURN, WORDS
from review.workflow import TRANSITIONS, as_markdown
from tests.builders import accounts, sending
from tests.builders import review as build
from web import clock
from web.audit import record
from web.settings import ROOT
from web.workflow import states as states_of


def test_every_state_has_words_and_can_be_reached():
    assert set(WORDS) == set(ALL_STATES)
    reached = {move.to for move in TRANSITIONS.values()} | {states.WAITING}
    assert reached == set(ALL_STATES)
    assert set(states_of(TRANSITIONS.values())) == set(ALL_STATES)


def test_nothing_is_stuck():
    """From every state that is no end a move leads on."""
    leaving = {source for move in TRANSITIONS.values() for source in move.sources}
    assert set(ALL_STATES) - leaving == set(states.ENDS)
    assert set(TURN) <= set(ALL_STATES)


def test_what_comes_next_is_said_of_every_way_on():
    ways = {m.name for m in TRANSITIONS.values() if set(m.sources) - {m.to}}
    assert set(COMES) == ways - ASIDE


def test_the_diagram_is_the_one_in_the_docs():
    assert Path(ROOT / "docs" / "states-of-a-case.md").read_text() == as_markdown()
    sent = Path(ROOT / "docs" / "states-of-a-submission.md").read_text()
    assert sent == submissions.as_markdown(), "run: flask submission states"


@pytest.mark.parametrize("state", build.ORDER)
def test_a_case_comes_as_far_as_each_state(session, group, state):
    assert build.case_at(session, group, state).state == state


def test_taking_the_submission_back_closes_the_case(session, group):
    case = build.case_at(session, group, states.DESK)
    sending.withdrawn(session, case.submission)
    assert session.scalar(select(Case.state)) == states.WITHDRAWN


def test_nobody_with_a_tie_moves_a_case(session, group):
    from steering import actions
    from web.workflow import Refused

    case = build.case_at(session, group, states.MODERATION)
    build.looked_at(session, group, case)
    actions.note_tie(
        session, group.lead_assessor, case.organisation, "trustee",
        by=group.officer, at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match="tie"):
        build._move(session, "moderate", case, group.lead_assessor)
    build._move(session, "moderate", case, group.second_lead)


# The quorum, in the database


def vote(session, case, person, constituency, choice="for"):
    ballot = next(b for b in case.ballots if b.person_id == person.id)
    made = Vote(
        ballot_id=ballot.id, case_id=case.id, stage=1, constituency=constituency, choice=choice,
        standing="abstains" if choice == "abstain" else "counts",
        level=case.level if choice == "for" else None, cast_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "vote", by=person, at=clock.now())
    return made


@pytest.fixture
def votes(session, group):
    case = build.case_at(session, group, states.PANEL)
    made = {
        name: vote(session, case, group.members[name][-1], name)
        for name in ("agency", "voluntary", "youth")
    }
    session.commit()
    return made


def decided(case, by, **more):
    """What somebody would write by hand."""
    usual = {
        "reference": "D",
        "case_id": case.id,
        "stage": 1,
        "outcome": "endorsed",
        "level": case.level,
        "why": "",
        "counted": {},
        "casting": False,
        "youth_differ": False,
        "for_youth": "",
        "staged_at": clock.now(),
        "staged_by_id": by.id,
        "undone_why": "",
        "version": 1,
        "voted": "counts",
    }
    groups = {f"{name}_group": name for name in ("agency", "voluntary", "youth")}
    return insert(Decision.__table__).values(usual | groups | more)


def ids(votes, **other):
    return {f"{name}_vote_id": made.id for name, made in votes.items()} | other


def refuses(session, *statements):
    """Each by itself; after it all is as it was."""
    for statement in statements:
        nested = session.connection().begin_nested()
        with pytest.raises(IntegrityError):
            session.connection().execute(statement)
        nested.rollback()


def by_hand(table, row, **values):
    return update(table.__table__).where(table.__table__.c.id == row.id).values(**values)


def test_the_database_refuses_a_decision_without_its_quorum(session, group, votes):
    """Somebody writes SQL: no group, another group's vote, one that abstains, was taken out, is of
    somebody tied or of another case."""
    case = votes["youth"].ballot.case
    elsewhere = accounts.checked_organisation(session, name="Another club")
    made = sending.sent(session, sending.ready(session, elsewhere))
    other = build.case_at(session, group, states.PANEL, made)
    abstained = vote(session, case, group.members["youth"][0], "youth", "abstain")
    over = [vote(session, case, group.members["youth"][n], "youth") for n in (1, 2)]
    over[0].replaced_at, over[1].ballot.standing = clock.now(), "recused"
    session.flush()
    wrong = [{"youth_vote_id": found} for found in (None, 999_999, *(v.id for v in over))]
    wrong += [{"youth_group": "agency"}, {"voted": "abstains"}, {"outcome": "not yet"}]
    wrong += [{"youth_vote_id": abstained.id}, {"case_id": other.id}]
    wrong += [
        {f"{name}_vote_id": found.id}
        for name in votes
        for theirs, found in votes.items()
        if theirs != name
    ]
    refuses(session, *(decided(case, group.chair, **ids(votes) | one) for one in wrong))
    session.connection().execute(decided(case, group.chair, **ids(votes)))


def test_the_database_keeps_the_quorum_of_a_decision_that_stands(session, group, votes):
    case, mine = votes["youth"].ballot.case, votes["youth"]
    session.connection().execute(decided(case, group.chair, **ids(votes)))
    decision = session.scalars(select(Decision)).one()
    abstained = vote(session, case, group.members["youth"][0], "youth", "abstain")
    refuses(
        session,
        *(by_hand(Decision, decision, youth_vote_id=v) for v in (
            None, 999_999, votes["agency"].id, abstained.id)),
        by_hand(Decision, decision, youth_group="agency"),
        by_hand(Decision, decision, voted="abstains"),
        delete(Vote.__table__).where(Vote.__table__.c.id == mine.id),
        by_hand(Vote, mine, standing="tied"),
        by_hand(Vote, mine, standing="abstains", choice="abstain", level=None),
        by_hand(Vote, mine, constituency="agency"),
        by_hand(Vote, mine, replaced_at=clock.now()),
        by_hand(Ballot, mine.ballot, standing="recused"),
        by_hand(Ballot, mine.ballot, constituency="agency"),
        delete(Ballot.__table__).where(Ballot.__table__.c.id == mine.ballot_id),
    )  # fmt: skip
    undone = {"undone_at": clock.now(), "undone_by_id": group.chair.id}
    session.connection().execute(by_hand(Decision, decision, **undone))
    session.connection().execute(by_hand(Vote, mine, replaced_at=clock.now()))
    refuses(session, by_hand(Decision, decision, undone_at=None, undone_by_id=None))
