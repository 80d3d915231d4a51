"""Real threads on a database of their own: votes, decisions and what is taken back meanwhile."""

import threading

import pytest
from sqlalchemy import select

from accounts.models import Person
from endorsement.models import Submission
from review import queries, states
from review.models import Allocation, Ballot, Case, CaseEvent, Decision, Vote
from tests.builders import accounts, people, sending
from tests.builders import charter as pledges
from tests.builders import group as groups
from tests.builders import panel as panels
from tests.builders import review as build
from tests.client import soup
from tests.parallel import at_once, browser

pytestmark = pytest.mark.slow

ROUNDS, SHORTLY, LEVEL = 2, 0.5, "level:foundation"
"""Each race is run so often: whoever happened to be first is not always the same."""


@pytest.fixture
def built(own_app):
    """Cases in these states, by the usual way: ``(reference, slug)`` of each, and the people."""

    def build_them(state, count=ROUNDS, then=lambda *_: None):
        database, found = own_app.extensions["database"], []
        with own_app.app_context(), database.session(writes=True) as session:
            group = groups.group(session)
            for number in range(count):
                club = accounts.checked_organisation(session, name=f"Club {number}")
                made = sending.sent(session, sending.ready(session, club))
                case = build.case_at(session, group, state, made)
                then(session, group, case)
                session.commit()
                found.append((case.reference, club.slug, browser(own_app, pledges.lead_of(club))))
            petra = people.officer(session, "Petra")
            who = {
                "officers": [group.officer, petra],
                "chairs": [group.chair, group.deputy_chair],
                "voter": [group.members["youth"][0]] * 2,
                "reader": [group.assessors[0]],
            }
            browsers = {k: [browser(own_app, one) for one in v] for k, v in who.items()}
        return found, browsers

    return build_them


def one(app, what):
    with app.app_context(), app.extensions["database"].session(writes=False) as session:
        return session.execute(what).all()


def verbs(app, reference):
    wanted = select(CaseEvent.verb).join(CaseEvent.case).where(Case.reference == reference)
    return [verb for (verb,) in one(app, wanted.order_by(CaseEvent.id))]


def press(client, address, **typed):
    token = client.token()
    return lambda: client.post(address, data={"csrf_token": token, **typed})


def words(answer):
    return " ".join(soup(answer).main.get_text().split())


def after(client, answer):
    """What the person reads who was sent on."""
    return words(answer if answer.status_code != 303 else client.get(answer.location))


def all_but_one_voted(session, group, case):
    for ballot in panels.ballots(case):
        panels.open_pack(session, ballot)
        if ballot.person_id != group.members["youth"][0].id:
            panels.vote(session, ballot)


def test_from_votes_to_what_is_told_and_back(own_app, built):
    found, by = built(states.PANEL, then=all_but_one_voted)
    for reference, *_rest in found:
        two_votes_by_one_person(own_app, reference, by)
        a_vote_while_both_chairs_close(own_app, reference, by)
    write_what_is_owed(own_app)
    (first, _slug, _lead), (second, *_rest) = found
    tell = press(by["officers"][0], "/team/decisions/", cases=[first])
    while_it_is_withdrawn(own_app, found[0], tell, "endorse")
    two_officers_tell_it(own_app, second, by["officers"])
    undo = press(by["chairs"][0], f"/chair/{first}/undo", note="A slip.")
    while_it_is_withdrawn(own_app, found[0], undo, "take back the release")


def standing_votes(reference):
    """Of the one whose vote is raced for, the newest first."""
    wanted = select(Vote.choice, Vote.replaced_at).join(Vote.ballot).join(Ballot.case)
    mine = wanted.where(Case.reference == reference, Vote.choice.in_(("for", "not yet")))
    return mine.where(Vote.reason.like("Raced%")).order_by(Vote.id.desc())


def two_votes_by_one_person(app, reference, by):
    address, (first, second) = f"/panel/{reference}/vote", by["voter"]
    answers = at_once(
        press(first, address, choice=LEVEL, reason="Raced."),
        press(second, address, choice="not yet", reason="Raced too."),
    )
    assert [a.status_code for a in answers] == [303, 303]
    (_last, stands), (_other, replaced) = one(app, standing_votes(reference))
    assert (stands, replaced is not None) == (None, True)


def a_vote_while_both_chairs_close(app, reference, by):
    voter, (chair, deputy), close = by["voter"][0], by["chairs"], f"/chair/{reference}/close"
    address = f"/panel/{reference}/vote"
    voted, *closed = at_once(
        press(voter, address, choice=LEVEL, reason="Raced again."),
        press(chair, close),
        press(deputy, close),
    )
    assert sorted(a.status_code for a in closed) == [303, 422]
    assert "not voting on this" in words(next(a for a in closed if a.status_code == 422))
    ((counted,),) = one(
        app, select(Decision.counted).join(Decision.case).where(Case.reference == reference)
    )
    assert verbs(app, reference).count("stage") == 1
    assert sum(n for what, n in counted["youth"].items() if what != "with conditions") == 4
    kept = len(one(app, standing_votes(reference))) == 3
    assert kept or "The vote is over." in after(voter, voted)
    late = press(voter, address, choice=LEVEL)()
    assert "The vote is over." in after(voter, late)


def write_what_is_owed(app):
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        for decision in session.scalars(select(Decision)).all():
            panels.written(session, decision, session.get_one(Person, decision.staged_by_id))
        session.commit()


def two_officers_tell_it(app, reference, officers):
    answers = at_once(*(press(one, "/team/decisions/", cases=[reference]) for one in officers))
    assert {a.status_code for a in answers} <= {200, 303}
    assert verbs(app, reference).count("endorse") == 1
    told = [after(c, a) for c, a in zip(officers, answers, strict=True)]
    assert sum(": told." in page for page in told) == 1
    assert any("not told." in page or "No decision waits to be told." in page for page in told)


def in_this_order(app, reference, *calls):
    """Each begins while the case is held elsewhere, one after the other; then it is let go."""
    answers = [None] * len(calls)

    def run(place, call):
        answers[place] = call()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        queries.by_reference(session, reference, lock=True)
        for thread in threads:
            thread.start()
            thread.join(SHORTLY)
        session.rollback()
    for thread in threads:
        thread.join()
    return answers


def while_it_is_withdrawn(app, case, act, verb):
    """Both need the case and the submission: in one order, so that neither waits for the other."""
    reference, slug, lead = case
    own = f"/my/organisations/{slug}/quality/submissions/{reference}/withdraw"
    acted, taken = in_this_order(app, reference, act, press(lead, own, note="We found a gap."))
    assert acted.status_code in (200, 303)
    assert taken.status_code in (303, 422)
    assert verbs(app, reference).count(verb) == 1


def test_the_organisation_takes_it_back_while_an_assessor_sends(own_app, built):
    def read(session, _group, case):
        build.whole(session, case.allocations[0])
        build.sent(session, case.allocations[1])

    found, by = built(states.DESK, then=read)
    (reader,) = by["reader"]
    for reference, slug, lead in found:
        back = f"/my/organisations/{slug}/quality/submissions/{reference}/withdraw"
        sent, taken = at_once(
            press(reader, f"/assess/{reference}/send"), press(lead, back, note="We found a gap.")
        )
        assert taken.status_code == 303
        ((state, submission),) = one(
            own_app,
            select(Case.state, Submission.state).join(Case.submission).where(
                Case.reference == reference),
        )  # fmt: skip
        assert (state, submission) == (states.WITHDRAWN, "withdrawn")
        parts = one(
            own_app,
            select(Allocation.state, Allocation.seal.is_not(None), Allocation.sent_at.is_not(None))
            .join(Allocation.case).where(Case.reference == reference).order_by(Allocation.id),
        )  # fmt: skip
        happened = verbs(own_app, reference)
        if sent.status_code == 303:
            assert parts == [("sent", True, True)] * 2
            assert happened[-2:] == ["all read", "withdraw"]
        else:
            assert "This case is over" in words(sent)
            assert parts[0] == ("accepted", False, False)
            assert "all read" not in happened
