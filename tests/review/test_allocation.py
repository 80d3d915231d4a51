"""Finding assessors: proposed in one step, changed by hand, asked; they answer, are late, or tied."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from review import states
from review.allocation import (
    actions,
    answering,
    jobs,
    keeping,
    leaving,
    queries,
    reminding,
    showing,
)
from review.models import Allocation
from steering import actions as steering
from steering.queries import assessors
from tests.builders import accounts, sending
from tests.builders import group as groups
from tests.builders import review as build
from tests.builders import training as trainings
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.mail import OutboxMail
from web.workflow import Refused

PAGE = "/team/allocation/"


def at(by):
    return {"by": by, "at": clock.now(), "scheme": build.scheme()}


def waiting(session, *names):
    made = []
    for name in names:
        club = accounts.checked_organisation(session, name=name)
        made.append(build.waiting(session, sending.sent(session, sending.ready(session, club))))
    session.commit()
    return made


def words(page):
    return " ".join(page.main.get_text().split())


def states_of(case):
    return sorted(a.state for a in case.allocations)


@pytest.fixture
def officer(client, group):
    client.sign_in(group.officer)
    return client


def test_all_waiting_cases_are_proposed_and_asked_in_two_presses(officer, session, group):
    cases = waiting(session, "Kites", "Harbour")
    tied = group.assessors[0]
    steering.note_tie(session, tied, cases[0].organisation, "trustee", by=group.officer,
                      at=clock.now())  # fmt: skip
    session.commit()
    assert "2 cases wait for assessors. 0 have a whole proposal." in words(officer.page(PAGE))
    assert officer.send(PAGE, "Propose for all").status_code == 303
    page = words(officer.page(PAGE))
    assert "2 of 3 have no tie and room for one more." in page
    assert "They have not read together yet." in page
    session.expire_all()
    assert [states_of(case) for case in cases] == [["proposed"] * 2] * 2
    assert tied.id not in {a.person_id for a in cases[0].allocations}
    leads = {group.lead_assessor.id, group.second_lead.id}
    assert leads.isdisjoint(session.scalars(select(Allocation.person_id))), "they check later"
    assert officer.send(PAGE, "Ask all who are proposed").status_code == 303
    session.expire_all()
    assert [case.state for case in cases] == [states.ALLOCATED] * 2
    asked = session.scalars(select(OutboxMail).where(OutboxMail.kind == "review/asked")).all()
    assert len(asked) == 4


def test_only_proposed_means_not_knowing_of_it(client, session, group):
    (case,) = waiting(session, "Kites")
    actions.propose_all(session, **at(group.officer))
    session.commit()
    one = case.allocations[0].person
    client.sign_in(one)
    for address in ("", "/part"):
        assert client.get(f"/assess/{case.reference}{address}").status_code == 404
    assert "Kites" not in words(client.page("/assess/"))
    assert next(iter(keeping.sections(session, one))).rows == []


def test_what_cannot_be_filled_says_why(officer, session, group):
    (case,) = waiting(session, "Kites")
    for person in group.assessors[:2]:
        steering.note_tie(session, person, case.organisation, "relative", by=group.officer,
                          at=clock.now())  # fmt: skip
    session.commit()
    officer.send(PAGE, "Propose for all")
    page = words(officer.page(PAGE))
    assert "It needs 2 adult assessors. Of 3 who are current, 2 have a tie" in page
    session.expire_all()
    assert case.allocations == []


def test_changing_by_hand(officer, session, group):
    (case,) = waiting(session, "Kites")
    here = f"/team/cases/{case.reference}"
    one, two, three = group.assessors
    steering.note_tie(session, three, case.organisation, "complainant", by=group.officer,
                      at=clock.now())  # fmt: skip
    session.commit()
    choose = officer.page(f"{here}/assessors")
    assert "Complained about it" in words(choose), "why, for the Charter team"
    terms = {t.person_id: t.reference for t in assessors(session, clock.today())}
    refused = officer.post_raw(f"{here}/assessors", {"person": terms[three.id]})
    assert refused.status_code == 422
    for person in (one, two):
        officer.send(f"{here}/assessors", person=terms[person.id])
    session.expire_all()
    first = next(a for a in case.allocations if a.person_id == one.id)
    page = officer.page(f"{here}/assessors?instead={first.reference}")
    assert "instead of" in words(page)
    lead = terms[group.lead_assessor.id]
    officer.post_raw(f"{here}/assessors?instead={first.reference}", {"person": lead})
    session.expire_all()
    assert {a.person_id for a in case.allocations} == {two.id, group.lead_assessor.id}
    officer.send(here, "Ask them")
    session.expire_all()
    assert case.state == states.ALLOCATED
    assert "has enough assessors" in words(officer.page(f"{here}/assessors"))


def test_the_last_yes_begins_the_reading_and_sets_the_days(client, session, group):
    case = build.case_at(session, group, states.ALLOCATED)
    for person in group.assessors[:2]:
        client.sign_in(person)
        assert "Can you read this?" in words(client.page(f"/assess/{case.reference}/part"))
        answer = client.send(f"/assess/{case.reference}/part", "Yes, I read it")
        assert answer.status_code == 303
    session.expire_all()
    assert case.state == states.DESK
    assert {a.due_on for a in case.allocations} == {case.due_on}
    again = client.post_raw(f"/assess/{case.reference}/part", {"do": "accept"})
    assert again.status_code == 409
    assert "said yes already" in soup(again).main.get_text()


def test_who_says_no_goes_and_another_is_found(client, session, group):
    case = build.case_at(session, group, states.ALLOCATED)
    one, two, three = group.assessors
    client.sign_in(one)
    client.send(f"/assess/{case.reference}/part", "No, not this one", note="I am away.")
    session.expire_all()
    assert (case.state, states_of(case)) == (states.WAITING, ["asked", "declined"])
    client.sign_in(two)
    client.send(f"/assess/{case.reference}/part", "Yes, I read it")
    client.sign_in(group.officer)
    client.send(PAGE, "Propose for all")
    client.send(PAGE, "Ask all who are proposed")
    session.expire_all()
    mine = next(a for a in case.allocations if a.person_id == three.id)
    assert (case.state, mine.state) == (states.ALLOCATED, "asked"), "not the one who said no"
    client.sign_in(three)
    client.send(f"/assess/{case.reference}/part", "Yes, I read it")
    session.expire_all()
    assert case.state == states.DESK


def test_who_stands_aside_sees_nothing_more_and_gives_no_reason(client, session, group):
    case = build.case_at(session, group, states.DESK)
    client.sign_in(group.assessors[0])
    client.send(f"/assess/{case.reference}/part", "I would rather stand aside")
    for address in ("", "/part"):
        assert client.get(f"/assess/{case.reference}{address}").status_code == 404
    session.expire_all()
    assert (case.state, states_of(case)) == (states.WAITING, ["accepted", "recused"])


def test_a_tie_found_late_keeps_the_trace_and_says_what_counts_no_more(officer, session, group):
    case = build.case_at(session, group, states.VISIT)
    part = case.allocations[0]
    officer.send(f"/team/cases/{case.reference}/assessors/{part.reference}/tie", kind="relative")
    session.expire_all()
    assert (part.state, part.seal is not None) == ("recused", True)
    assert case.state == states.WAITING, "it lacks a reading now"
    page = words(officer.page(f"/team/cases/{case.reference}"))
    assert "What counts no more" in page
    assert "It stays sealed." in page
    actions.propose_all(session, **at(group.officer))
    actions.ask(session, case, **at(group.officer))
    new = next(a for a in case.allocations if a.state == "asked")
    answering.accept(session, new, **at(new.person))
    assert (case.state, states_of(case)) == (states.DESK, ["accepted", "recused", "sent"])


def test_a_late_one_is_replaced_by_the_clock_and_what_was_sent_stays(app, session, group):
    case = build.case_at(session, group, states.DESK)
    late, sent = case.allocations
    sent.state, sent.sent_at, sent.seal = "sent", clock.now(), "0" * 64
    build.record(session, sent, "send", by=sent.person, at=clock.now())
    session.commit()
    clock.freeze(clock.now() + timedelta(days=23))
    assert jobs.find(session, clock.now(), 0) == [], "late, and not ten working days late"
    steps = {r.key.rpartition(":")[2] for r in reminding.reminders(session, clock.now())}
    assert steps == {"late"}
    clock.freeze(clock.now() + timedelta(days=20))
    assert list(jobs.find(session, clock.now(), 0)) == [late.id]
    jobs.do(session, late.id, clock.now())
    session.commit()
    assert (late.state, late.ended_why, sent.state) == ("replaced", leaving.LATE, "sent")
    assert (case.state, states_of(case)) == (states.WAITING, ["proposed", "replaced", "sent"])
    assert jobs.find(session, clock.now(), 0) == []


def test_ties_and_ended_terms_end_parts(session, group):
    case = build.case_at(session, group, states.DESK)
    one, two = case.allocations
    terms = {t.person_id: t for t in assessors(session, clock.today())}
    steering.end_assessor(session, terms[one.person_id], "Moved.", by=group.officer, at=clock.now())
    accounts.member(session, case.organisation, "viewer", two.person.name)
    steering.note_tie(session, two.person, case.organisation, "employee", by=group.officer,
                      at=clock.now())  # fmt: skip
    session.commit()
    for number in jobs.find(session, clock.now(), 0):
        jobs.do(session, number, clock.now())
    assert [one.state, two.state, case.state] == ["replaced", "recused", states.WAITING]


def test_an_officer_with_a_tie_leaves_it_to_another(client, session, group):
    (case, other) = waiting(session, "Kites", "Harbour")
    steering.note_tie(session, group.officer, case.organisation, "grant manager", by=group.officer,
                      at=clock.now())  # fmt: skip
    session.commit()
    client.sign_in(group.officer)
    for address in (PAGE, "/team/cases/"):
        page = words(client.page(address))
        assert ("Kites" in page, "Harbour" in page) == (False, True)
    client.send(PAGE, "Propose for all")
    client.send(PAGE, "Ask all who are proposed")
    session.expire_all()
    assert [case.state, other.state] == [states.WAITING, states.ALLOCATED]
    assert case.allocations == []
    assert client.get(f"/team/cases/{case.reference}/assessors").status_code == 404


def test_nobody_is_given_more_than_they_can_hold(session, group):
    cases = waiting(session, "Kites", "Harbour", "Quay")
    one = groups.assessor(session, group.officer, "Fern Full")
    term = next(t for t in assessors(session, clock.today()) if t.person_id == one.id)
    term.most_open = 1
    build.record(session, term, "change", by=group.officer, at=clock.now())
    actions.add(session, cases[0], term, **at(group.officer))
    with pytest.raises(Refused, match="as many open cases"):
        actions.add(session, cases[1], term, **at(group.officer))
    actions.propose_all(session, **at(group.officer))
    assert queries.held(session, [one.id]) == {one.id: 1}


def test_a_young_members_tie_is_theirs(session, group):
    (case,) = waiting(session, "Kites")
    steering.note_tie(session, group.young[0], case.organisation, "stands aside", by=group.officer,
                      at=clock.now())  # fmt: skip
    session.commit()
    lines = showing.lines(session, case, clock.now(), build.scheme())
    young = next(line for line in lines if line.term.person_id == group.young[0].id)
    assert (young.verdict, young.notes) == ("Not for this case.", ())


def test_taking_out_what_was_answered_meanwhile_is_refused(officer, session, group):
    case = build.case_at(session, group, states.ALLOCATED)
    part = case.allocations[0]
    address = f"/team/cases/{case.reference}/assessors/{part.reference}/take-out"
    answer = officer.post_raw(address, {"seen": "proposed"})
    assert answer.status_code == 422
    assert "They answered meanwhile" in soup(answer).main.get_text()
    assert officer.send(address, note="On holiday").status_code == 303
    session.expire_all()
    assert (part.state, case.state) == ("replaced", states.WAITING)


def test_pages_ask_a_flat_number_of_statements(app, officer, session, group):
    pages = (PAGE, "/team/cases/", "/team/allocation/assessors")

    def asked():
        found = []
        for page in pages:
            with statements(app) as said:
                officer.page(page)
            found.append(len(said))
        return found

    waiting(session, "Kites", "Harbour")
    actions.propose_all(session, **at(group.officer))
    session.commit()
    few = asked()
    waiting(session, "Quay", "Tram", "Yard")
    actions.propose_all(session, **at(group.officer))
    session.commit()
    assert asked() == few
    assert max(few) <= 14, few


def test_the_training_route_says_who_may_be_given_a_case(officer, session, group):
    """A route that was agreed decides for whoever is appointed after it; the first ones have
    their day."""
    agreed = {"agreed_by": "The steering group", "agreed_on": clock.today()}
    clock.freeze(clock.now() + timedelta(days=1))
    trainings.pathways(session, **agreed)
    clock.freeze(clock.now() + timedelta(days=1))
    nadia = groups.assessor(session, group.officer, "Nadia New")
    session.commit()
    current = {term.person for term in assessors(session, clock.today())}
    assert set(group.assessors) <= current
    assert nadia not in current
    page = officer.page("/team/allocation/assessors").text
    assert "Not current" in page
    assert "Has not done the practice case." in page

    for module in ("W1", "W2", "Q1", "Q2"):
        trainings.checked(session, nadia, module, clock.today())
    current = {term.person for term in assessors(session, clock.today())}
    assert nadia in current
    assert "Current by their training." in officer.page("/team/allocation/assessors").text
    a_year_on = clock.today() + timedelta(days=367)
    assert nadia not in {term.person for term in assessors(session, a_year_on)}
