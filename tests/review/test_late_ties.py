"""A tie of an assessor that is found once the report is written: others read it, and everything
that stood on their reading is asked again.  Nothing is stuck on the way."""

import pytest

from review import rules, states
from review.allocation import actions as allocating
from review.allocation import answering, leaving
from review.panel import releasing, voting
from review.report import actions as reporting
from review.visits import actions as visiting
from review.visits.actions import Seen
from tests.builders import panel as build
from tests.builders import review as cases
from tests.builders.panel import who
from web import clock
from web.workflow import Refused


def tied(session, group, allocation):
    leaving.find_tie(session, allocation, "relative", **who(group.officer))
    session.commit()
    assert allocation.state == "recused"


def read_by_another(session, group, case, rating):
    allocating.propose_for(session, [case], **who(group.officer))
    session.refresh(case, ["allocations"])
    (new,) = [a for a in case.allocations if a.state == "proposed"]
    assert new.person not in {b.person for b in case.ballots}
    allocating.ask(session, case, **who(group.officer))
    answering.accept(session, new, **who(new.person))
    cases.whole(session, new)
    cases.wrote(session, new, "A2", rating, reason="I saw more.")
    cases.reading.send(session, cases.reader_of(session, new), **who(new.person))
    session.commit()
    return new


def on_to_the_panel(session, group, case, adult):
    case.report.findings.sort(key=lambda finding: finding.standard)
    (open_one,) = [f for f in case.report.findings if f.rating is None]
    found = reporting.Found(2, reason="We looked together.", next_step="Go on.")
    standard = case.framework.by_key[open_one.standard]
    reporting.write_finding(session, case, standard, found, by=adult, at=clock.now())
    reporting.send(session, case, [], **who(adult))
    cases._checked(session, group, case)
    cases._moderated(session, group, case)
    session.commit()
    assert case.state == states.PANEL


def test_before_the_panel_it_is_read_again_and_voted_on_afresh(session, group):
    case = build.at_panel(session, group)
    build.all_vote(session, case)
    first, second = (a for a in case.allocations if a.part == "adult")
    tied(session, group, first)
    assert (case.state, case.events[-1].verb) == (states.WAITING, "read again")
    assert not voting.standing_votes(case, rules.FIRST), "the votes stood on what counts no more"
    new = read_by_another(session, group, case, rating=3)
    assert case.state == states.VISIT
    adult = second.person
    with pytest.raises(Refused):  # the one with the tie had written it down
        visiting.met(session, case, **who(adult))
    session.rollback()
    (visit,) = case.visits
    seen = Seen(visit.on, visit.who, visit.seen, heard_young_people=True, kept_safe=True)
    visiting.write_down(session, visit, seen, by=adult, at=clock.now())
    visiting.met(session, case, **who(adult))
    (asked_anew,) = [f for f in case.report.findings if f.rating is None]
    assert asked_anew.standard == "A2"
    assert asked_anew.changes[-1].why == "read again"
    assert all(f.looked_at_why is None for f in case.report.findings)
    on_to_the_panel(session, group, case, adult)

    decision = build.staged(session, group, case)
    build.written(session, decision, group.chair)
    tied(session, group, new)
    assert case.state == states.STAGED
    with pytest.raises(Refused, match="counts no more"):
        releasing.release(session, case, **who(group.officer))
    session.rollback()
    releasing.undo(session, case, "Others have to read it.", **who(group.chair))
    session.commit()
    assert case.state == states.WAITING


@pytest.mark.once
def test_while_the_facts_are_checked_too(session, group):
    case = cases.case_at(session, group, states.FACT_CHECK)
    tied(session, group, next(a for a in case.allocations if a.part == "adult"))
    assert case.state == states.WAITING
