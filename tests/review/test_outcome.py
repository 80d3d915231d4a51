"""What comes of a decision: the plan, conditions, appeals."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from endorsement.models import ImprovementAction
from review import rules, states
from review.models import Ballot, Decision
from review.outcome import appeals, conditions, planning
from review.outcome.conditions import find, lapse
from review.panel import jobs, releasing, staging
from review.panel.voting import Choice
from steering import queries as steering
from steering.actions import note_tie
from tests.builders import charter as pledges
from tests.builders import panel as build
from tests.builders.panel import who
from web import clock
from web.workflow import Refused

AGAINST = Choice("not yet")


def with_conditions(session, group):
    case = build.at_panel(session, group)
    wish = build.endorse(case, with_conditions=True)
    return build.released(session, group, case, **dict.fromkeys(build.GROUPS, wish))


def not_yet(session, group):
    return build.released(session, group, **dict.fromkeys(build.GROUPS, AGAINST))


def lead(decision):
    return pledges.lead_of(decision.case.organisation)


def test_the_next_steps_go_into_the_plan_once(session, group):
    decision = with_conditions(session, group)
    by = {"by": lead(decision), "at": clock.now()}
    first = planning.fill(session, decision, **by)
    assert first == len(decision.standards) + 1
    assert planning.fill(session, decision, **by) == 0
    wanted = select(func.count(ImprovementAction.id)).where(
        ImprovementAction.what == "Ask young people."
    )
    assert session.scalar(wanted) == len(decision.standards)


# Conditions


def test_a_condition_is_shown_sent_back_and_met(session, group):
    decision = with_conditions(session, group)
    (one,), by = decision.conditions, lead(decision)
    with pytest.raises(Refused, match="shown"):
        conditions.answer(session, one, met=True, words="", **who(group.officer))
    conditions.show(session, one, "We wrote it down.", None, by=by, at=clock.now())
    with pytest.raises(Refused):
        conditions.answer(session, one, met=True, words="", **who(by))
    with pytest.raises(Refused, match="missing"):
        conditions.answer(session, one, met=False, words="", **who(group.officer))
    conditions.answer(session, one, met=False, words="Where?", **who(group.officer))
    assert one.state == "open"
    conditions.show(session, one, "On the wall.", None, by=by, at=clock.now())
    conditions.answer(session, one, met=True, words="", **who(group.second_lead))
    session.commit()
    assert decision.case.state == states.ENDORSED


def test_a_condition_lapses_with_its_day_but_not_while_we_look_at_it(session, group):
    decision = with_conditions(session, group)
    (one,), case = decision.conditions, decision.case
    conditions.show(session, one, "Done.", None, by=lead(decision), at=clock.now())
    session.commit()
    clock.freeze(clock.now() + timedelta(days=61))
    assert find(session, clock.now(), 0) == []
    conditions.answer(session, one, met=False, words="Where?", **who(group.officer))
    session.commit()
    assert find(session, clock.now(), 0) == [case.id]
    lapse(session, case.id, clock.now())
    session.commit()
    assert (case.state, one.state) == (states.LAPSED, "lapsed")


# Appeals


def test_an_appeal_has_its_time_and_one_of_each_stage(session, group):
    decision = not_yet(session, group)
    case, by = decision.case, lead(decision)
    now = clock.now()
    clock.freeze(now + timedelta(days=40))
    with pytest.raises(Refused, match="over"):
        appeals.ask(session, case, "Look again.", **who(by))
    clock.freeze(now)
    with pytest.raises(Refused):
        appeals.ask(session, case, "Look again.", **who(group.officer))
    appeals.ask(session, case, "Look again.", **who(by))
    with pytest.raises(Refused):
        appeals.ask(session, case, "Look again.", **who(by))
    assert case.state == states.APPEAL


def test_only_a_lead_assessor_without_a_part_answers(session, group):
    decision = not_yet(session, group)
    case = decision.case
    appeals.ask(session, case, "Look again.", **who(lead(decision)))
    for person in (group.lead_assessor, group.assessors[0], group.officer, group.chair):
        with pytest.raises(Refused):
            appeals.answer(session, case, uphold=False, words="No.", **who(person))
    other = build.outsider(session, group)
    note_tie(session, other, case.organisation, "trustee", by=group.officer, at=clock.now())
    with pytest.raises(Refused, match="tie"):
        appeals.answer(session, case, uphold=False, words="No.", **who(other))


def test_upheld_everybody_votes_afresh_and_it_cannot_end_worse(session, group):
    decision = with_conditions(session, group)
    case = decision.case
    appeals.ask(session, case, "The condition is met.", **who(lead(decision)))
    appeals.answer(session, case, uphold=True, words="Yes.", **who(build.outsider(session, group)))
    session.commit()
    assert case.state == states.PANEL
    with pytest.raises(Refused, match="without"):
        staging.stage(session, case, **who(group.chair))
    again = build.staged(session, group, case, **dict.fromkeys(build.GROUPS, AGAINST))
    assert (again.outcome, again.level) == ("conditions", decision.level)


def second_panel(session, group, decision):
    case = decision.case
    appeals.ask(session, case, "Look again.", **who(lead(decision)))
    appeals.answer(
        session, case, uphold=False, words="It stays.", **who(build.outsider(session, group))
    )
    session.commit()
    assert case.state == states.NOT_YET
    appeals.ask(session, case, "Once more.", **who(lead(decision)))
    session.commit()
    assert case.state == states.SECOND_APPEAL
    return case


def test_a_second_panel_is_made_of_others_and_ends_it(session, group):
    case = second_panel(session, group, not_yet(session, group))
    first = {b.person_id for b in case.ballots if b.stage == 1}
    second = {b.person_id for b in case.ballots if b.stage == 2}
    assert second
    assert not first & second
    assert {b.constituency for b in build.ballots(case)} == set(build.GROUPS)
    build.all_vote(session, case)
    with pytest.raises(Refused):
        staging.stage(session, case, **who(group.chair))
    leads = build.ballots(case, "agency")[0].person
    decision = staging.stage(session, case, **who(leads))
    releasing.undo(session, case, "A slip.", **who(leads))
    assert case.state == states.SECOND_APPEAL
    decision = staging.stage(session, case, **who(leads))
    build.written(session, decision, leads)
    releasing.release(session, case, **who(group.officer))
    session.commit()
    assert case.state == states.ENDORSED
    assert [a.outcome for a in case.appeals] == ["turned down", "upheld"]
    assert appeals.next_stage(case) is None
    releasing.take_back(session, case, "A slip.", **who(leads))
    assert case.state == states.SECOND_APPEAL


def links(client, address):
    page = client.page(address)
    found = (a["href"] for a in page.main.find_all("a"))
    return {href for href in found if href.startswith(("/panel/", "/chair/"))}


def test_what_is_offered_while_a_second_panel_votes_can_be_opened(client, session, group):
    """Whoever was of the first panel is shown no way into what others vote on and lead now."""
    case = second_panel(session, group, not_yet(session, group))
    here, votes = f"/chair/{case.reference}", f"/panel/{case.reference}"
    second = {b.person for b in case.ballots if b.stage == 2}
    for person in (*(b.person for b in case.ballots), group.chair):
        client.sign_in(person)
        pages = ("/panel/", votes) if person in second else ("/panel/",)
        pages += ("/chair/",) if person == group.chair else ()
        offered = {link for address in pages for link in links(client, address)}
        assert (votes in offered) == (person in second)
        if person in second and rules.leads_the_panel(person, case) is True:
            build.open_pack(session, next(b for b in case.ballots if b.person == person))
            session.commit()
            assert here in links(client, votes)
        elif person == group.chair:
            assert here not in offered
        for link in offered:
            assert client.get(link).status_code in (200, 303), link


# The clock


def test_reserves_are_asked_and_then_a_guest_is_looked_for(session, group):
    case = build.at_panel(session, group)
    session.commit()
    began = len(case.ballots)
    for days, verbs in (
        (5, []),
        (16, ["ask reserves"]),
        (40, ["ask reserves", "look for a guest"]),
    ):
        clock.freeze(case.since + timedelta(days=days))
        for _ in range(2):
            jobs.go_on(session, case.id, clock.now())
        session.commit()
        happened = [e.verb for e in case.events if e.before == e.after]
        assert happened == verbs
    assert session.scalar(select(func.count(Ballot.id))) > began
    assert case.state == states.PANEL


def test_nobody_with_a_part_hears_it_whatever_their_seat(session, group):
    decision = not_yet(session, group)
    people_with_part = rules.participants(decision.case)
    assert {b.person_id for b in decision.case.ballots} <= people_with_part
    assert session.scalar(select(func.count(Decision.id))) == 1
    assert len(steering.chairs(session, clock.today())) == 2


# Pages


def test_the_organisation_reads_it_and_asks_again(client, session, group):
    decision = with_conditions(session, group)
    case, by = decision.case, lead(decision)
    club = case.organisation
    where = f"/my/organisations/{club.slug}/quality/cases/{case.reference}/outcome"
    client.sign_in(by)
    page = client.page(where).find("main").get_text(" ", strip=True)
    assert "We found: In place." in page
    assert "Ask young people." in page
    (one,) = decision.conditions
    client.send(f"{where}/conditions/{one.reference}", words="We did it.")
    client.post_raw(f"{where}/plan", {})
    client.sign_in(group.officer)
    assert one.what in client.page("/conditions/").get_text()
    assert client.send(f"/conditions/{one.reference}", met="no").status_code == 422
    client.send(f"/conditions/{one.reference}", met="no", words="Where?")
    client.sign_in(by)
    assert "Where?" in client.page(where).get_text()
    assert client.send(f"{where}/appeal", words="Look again.").status_code == 303
    assert client.get(f"{where}/appeal").status_code == 404
    client.sign_in(group.lead_assessor)
    assert client.get(f"/appeals/{case.reference}").status_code == 404
    other = build.outsider(session, group)
    session.commit()
    client.sign_in(other)
    assert club.name in client.page("/appeals/").get_text()
    client.send(f"/appeals/{case.reference}", uphold="no", words="It stays.")
    session.expire_all()
    assert case.state == states.CONDITIONS


def test_nothing_of_it_is_read_before_it_is_told(client, session, group):
    decision = build.staged(session, group)
    case = decision.case
    client.sign_in(lead(decision))
    slug = case.organisation.slug
    where = f"/my/organisations/{slug}/quality/cases/{case.reference}"
    assert client.get(f"{where}/outcome").status_code == 404
    assert "Read what was decided" not in client.get(where).get_data(as_text=True)


def test_my_votes_are_mine_to_read_and_erasing_takes_the_reasons(session, group):
    from review.panel import keeping

    case = build.at_panel(session, group)
    first, second = build.ballots(case, "youth")[:2]
    vote = build.vote(session, first, Choice("not yet", reason="I know why."))
    section, _meetings = keeping.my_data(session, first.person)
    assert "I know why." in str(section.rows)
    other, _meetings = keeping.my_data(session, second.person)
    assert "I know why." not in str(other.rows)
    session.commit()
    keeping.erase(session, first.person, by=group.officer, at=clock.now())
    session.commit()
    assert vote.reason == ""
    assert first.standing == "aside"
