"""What is kept of visits and reports, for how long, and what goes with a person."""

from datetime import timedelta

from review.models import CaseEvent
from review.report import keeping, reminding
from review.states import DESK, FACT_CHECK, VISIT
from review.visits import actions
from review.visits.actions import Planned, Said, Seen
from tests.builders import charter as pledges
from tests.builders import review as build
from tests.builders import sending
from web import clock
from web.my_data import sections_of


def shown(session, person):
    return str({s.key: s.rows for s in sections_of(session, person)})


def visited(session, group):
    case = build.case_at(session, group, VISIT)
    adult, now = group.assessors[0], clock.now()
    planned = Planned("visit", clock.today(), "Two of us", group.young)
    visit = actions.arrange(session, case, planned, by=adult, at=now)
    said = Said({"safe": {"stars": 2, "words": "A dark corner"}, "seen": {"words": "Dogs"}}, 90)
    actions.write_sheet(session, visit.sheets[0], said, send=True, by=group.young[0], at=now)
    seen = Seen(clock.today(), "Two of us", "A full hall.", True, True)
    actions.write_down(session, visit, seen, by=adult, at=now)
    session.commit()
    return case, visit


def test_everybody_reads_their_own_words_and_nobody_elses(session, group):
    visited(session, group)
    assert "A dark corner" in shown(session, group.young[0])
    assert "A full hall." in shown(session, group.assessors[0])
    for other in (group.young[1], group.assessors[1], group.lead_assessor):
        assert "A dark corner" not in shown(session, other)
        assert "A full hall." not in shown(session, other)


def test_erasing_takes_the_words_and_leaves_the_stars(session, group):
    _case, visit = visited(session, group)
    keeping.erase(session, group.young[0], by=group.young[0], at=clock.now())
    session.commit()
    assert visit.sheets[0].answers["safe"] == {"stars": 2, "words": ""}
    assert keeping.keeps(session, group.young[0])
    assert not keeping.keeps(session, group.second_lead)


def test_the_notes_of_a_visit_go_a_year_after_it_is_over(session, group):
    case, visit = visited(session, group)
    sending.withdrawn(session, case.submission)
    rule = keeping.retention
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=364))
    assert rule.due(session, clock.now()) == []
    clock.freeze(clock.now() + timedelta(days=3))
    assert rule.due(session, clock.now()) == [visit.id]
    rule.take_away(session, visit.id, clock.now())
    session.commit()
    assert (visit.seen, visit.who) == ("", "")
    assert visit.sheets[0].answers["safe"] == {"stars": 2, "words": ""}
    assert rule.due(session, clock.now()) == []
    assert session.query(CaseEvent).count()


def test_leads_are_reminded_while_the_facts_are_theirs_to_check(session, group):
    case = build.case_at(session, group, DESK)
    assert list(reminding.reminders(session, clock.now())) == []
    for allocation in case.allocations:
        build.sent(session, allocation)
    build._met(session, group, case)
    build._reported(session, group, case)
    assert case.state == FACT_CHECK
    (told,) = reminding.reminders(session, clock.now())
    assert told.person_id == pledges.lead_of(case.organisation).id
    assert case.due_on.isoformat() in told.key
