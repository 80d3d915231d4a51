"""Assessing oneself, as a browser without scripts sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from endorsement.assessing import acts, queries
from endorsement.evidence import actions as library_actions
from endorsement.models import Answer, AnswerChange, Assessment, ImprovementAction
from endorsement.plan import actions as plan
from tests.accounts.test_erasing import unsound
from tests.builders import accounts
from tests.builders import evidence as library
from tests.builders import quality as build
from tests.client import soup
from tests.endorsement.conftest import HERE
from web import clock
from web.audit.models import AuditEntry

A1 = f"{HERE}/standards/A1"
A1_NAME = "Safeguarding: a policy, a lead, and how to report"


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def answers(session):
    session.expire_all()
    return {a.standard: a for a in session.scalars(select(Answer))}


# Beginning


def test_two_plain_questions_lead_to_the_small_track(session, at_work, organisation):
    assert "standards instead of" in words(at_work.get(HERE))
    at_work.send(HERE, press="Begin", first="yes", second="yes")
    found = queries.open_assessment(session, organisation)
    assert (found.track, found.four_tuesdays) == ("small", False)
    assert "0 of 12 standards are done" in words(at_work.get(HERE))


def test_one_no_leads_to_the_whole(session, at_work, organisation):
    at_work.send(HERE, press="Begin", first="yes", second="no", four_tuesdays="y")
    found = queries.open_assessment(session, organisation)
    assert (found.track, found.four_tuesdays) == ("full", True)
    page = at_work.page(HERE)
    assert page.find("h2", string="Write your plan")


def test_an_unanswered_question_is_asked_again(session, at_work):
    page = at_work.send(HERE, press="Begin", first="yes")
    assert page.status_code == 422
    assert "Choose yes or no." in words(page)
    assert session.scalar(select(func.count(Assessment.id))) == 0


def test_begun_twice_there_is_one(session, at_work):
    for _ in range(2):
        at_work.post_raw(HERE, {"first": "no", "second": "no"})
    assert session.scalar(select(func.count(Assessment.id))) == 1


def test_a_viewer_begins_nothing(browser, viewer):
    page = browser(viewer).get(HERE)
    assert "An editor or a lead of your organisation can." in words(page)
    assert browser(viewer).post_raw(HERE, {"first": "no", "second": "no"}).status_code == 403


def test_the_track_is_changed_and_nothing_is_lost(session, at_work, organisation):
    found = build.assessment(session, organisation, track="full")
    build.answer(session, found, "C2", 3)
    at_work.send(f"{HERE}/track", press="Save", track="small")
    assert "of 12 standards" in words(at_work.get(HERE))
    at_work.send(f"{HERE}/track", press="Save", track="full")
    assert answers(session)["C2"].rating == 3


# One standard


@pytest.fixture
def begun(session, organisation):
    return build.assessment(session, organisation)


def test_a_standard_is_written_and_the_next_one_follows(session, at_work, begun):
    sent = at_work.send(A1, press="Save and go on", rating="2", reason="We all know Grace.")
    assert sent.location == f"{HERE}/standards/A2"
    found = answers(session)["A1"]
    assert (found.rating, found.reason) == (2, "We all know Grace.")
    assert "1 of 12 standards are done" in words(at_work.get(HERE))


def test_a_low_point_needs_an_action_and_no_reason(session, at_work, begun):
    at_work.send(A1, press="Save and go on", rating="1")
    assert "Plan a step" in words(at_work.get(HERE))
    at_work.send(A1, press="Save and go on", what="Grace puts her photo up.", by_on="3 March 2027")
    action = session.scalars(select(ImprovementAction)).one()
    assert (action.standard, action.what) == ("A1", "Grace puts her photo up.")
    assert "1 of 12 standards are done" in words(at_work.get(HERE))


def test_the_page_writes_the_same_action_again(session, at_work, begun):
    at_work.send(A1, press="Save and go on", rating="0", what="First words.")
    at_work.send(A1, press="Save and go on", what="Better words.")
    assert [a.what for a in session.scalars(select(ImprovementAction))] == ["Better words."]
    at_work.send(A1, press="Save and go on", what="")
    assert [a.what for a in session.scalars(select(ImprovementAction))] == ["Better words."]


def test_whose_day_is_no_day_is_told_and_nothing_is_lost(session, at_work, begun):
    page = at_work.send(
        A1, press="Save and go on", rating="1", what="Photo.", by_on="soon", reason="We try."
    )
    assert page.status_code == 422
    assert "Write a day like 3 March 2027." in words(page)
    assert soup(page).select_one("#reason").text.strip() == "We try."
    assert answers(session) == {}


def test_who_without_what_is_asked(at_work, begun):
    page = at_work.send(A1, press="Save and go on", rating="1", who="Grace")
    assert page.status_code == 422
    assert "Write what you will do as well." in words(page)


def test_an_essential_always_applies(session, at_work, begun):
    assert not soup(at_work.get(A1)).select('input[value="na"]')
    page = at_work.post_raw(A1, {"rating": "na"})
    assert page.status_code == 422


def test_another_may_not_apply_with_a_reason(session, at_work, organisation):
    build.assessment(session, organisation, track="full")
    page = f"{HERE}/standards/C2"
    at_work.send(page, press="Save and go on", rating="na")
    assert "Say why" in words(at_work.get(HERE))
    at_work.send(page, press="Save and go on", reason="We only meet online.")
    found = answers(session)["C2"]
    assert (found.rating, found.does_not_apply) == (None, True)


@pytest.mark.parametrize("rating", ["9", "-1", "two", "3.0", "²"])
def test_a_point_that_is_none_is_refused(session, at_work, begun, rating):
    assert at_work.post_raw(A1, {"rating": rating}).status_code == 422
    assert answers(session) == {}


def test_a_standard_that_is_none_is_not_there(at_work, begun):
    assert at_work.get(f"{HERE}/standards/Z9").status_code == 404


def test_a_viewer_reads(session, browser, viewer, begun):
    build.answer(session, begun, "A1", 3, reason="All of us know Grace.")
    reader = browser(viewer)
    assert "All of us know Grace." in words(reader.get(A1))
    assert not soup(reader.get(A1)).main.select("form")
    assert reader.post_raw(A1, {"rating": "0"}).status_code == 403


# Two at once


def test_two_on_one_standard_see_both_texts(session, browser, lead, editor, begun):
    one, other = browser(lead), browser(editor)
    opened = soup(one.get(A1)).select_one("input[name=opened]")["value"]
    other.send(A1, press="Save and go on", rating="2", reason="Sam's words.")
    page = one.post_raw(A1, {"rating": "2", "reason": "Ada's words.", "opened": opened})
    assert page.status_code == 422
    said = words(page)
    assert "Sam's words." in said
    assert soup(page).select_one("#reason").text.strip() == "Ada's words."
    assert "Sam Reid wrote here" in said
    assert answers(session)["A1"].reason == "Sam's words."


def test_two_on_different_fields_never_meet(session, browser, lead, editor, begun):
    one, other = browser(lead), browser(editor)
    opened = soup(one.get(A1)).select_one("input[name=opened]")["value"]
    other.send(A1, press="Save and go on", rating="2", reason="Sam's words.")
    sent = one.post_raw(A1, {"voices": "Nine of ten feel safe.", "opened": opened})
    assert sent.status_code == 303
    found = answers(session)["A1"]
    assert (found.rating, found.reason, found.voices) == (
        2,
        "Sam's words.",
        "Nine of ten feel safe.",
    )


# Saved as one types


def typed(browser, **data):
    opened = soup(browser.get(A1)).select_one("input[name=opened]")["value"]
    return browser.post_raw(f"{A1}/typed", {"opened": opened, **data})


def test_what_is_typed_is_saved_and_goes_on_from_there(session, at_work, begun):
    first = typed(at_work, rating="2", reason="We")
    assert first.json["saved"].startswith("Saved at ")
    more = {"opened": first.json["opened"], "rating": "2", "reason": "We all know Grace."}
    assert at_work.post_raw(f"{A1}/typed", more).status_code == 200
    assert answers(session)["A1"].reason == "We all know Grace."


def test_a_sitting_is_one_change_and_one_entry(session, at_work, begun):
    opened = typed(at_work, reason="W").json["opened"]
    before = session.scalar(select(func.count(AuditEntry.number)))
    for text in ("We", "We all", "We all know"):
        answer = at_work.post_raw(f"{A1}/typed", {"opened": opened, "reason": text})
        opened = answer.json["opened"]
    assert session.scalar(select(func.count(AuditEntry.number))) == before
    changes = session.scalars(select(AnswerChange)).all()
    assert [(c.before, c.after) for c in changes] == [("", "We all know")]
    clock.freeze(clock.now() + timedelta(minutes=31))
    at_work.post_raw(f"{A1}/typed", {"opened": opened, "reason": "We all know her."})
    changes = session.scalars(select(AnswerChange).order_by(AnswerChange.id)).all()
    assert [c.after for c in changes] == ["We all know", "We all know her."]
    assert unsound(session) == []


def test_put_back_as_it_was_is_no_change(session, at_work, begun):
    opened = typed(at_work, reason="Wrong box").json["opened"]
    at_work.post_raw(f"{A1}/typed", {"opened": opened, "reason": ""})
    assert session.scalar(select(func.count(AnswerChange.id))) == 0


def test_typing_into_what_another_wrote_saves_nothing(session, browser, lead, editor, begun):
    one, other = browser(lead), browser(editor)
    opened = soup(one.get(A1)).select_one("input[name=opened]")["value"]
    other.send(A1, press="Save and go on", reason="Sam's words.")
    answer = one.post_raw(f"{A1}/typed", {"opened": opened, "reason": "Ada's words."})
    assert answer.status_code == 409
    assert "someone else wrote here" in answer.json["wrong"]
    assert answers(session)["A1"].reason == "Sam's words."


def test_a_mistake_while_typing_is_said(session, at_work, begun):
    answer = typed(at_work, what="Photo", by_on="tomorrow")
    assert answer.status_code == 422
    assert answer.json["wrong"] == "Not saved yet. Write a day like 3 March 2027."


# What it says of the levels


def test_foundation_is_reached_and_what_is_next_is_told(session, at_work, organisation):
    build.rated(session, organisation, {"B1": 1})
    said = words(at_work.get(HERE))
    assert "Today your answers reach: Foundation" in said
    assert "What stands between you and Excellent" in said
    assert "The shortest way:" in said


def test_does_not_apply_lifts_nobody(session, at_work, organisation):
    found = build.rated(session, organisation, 3, track="full")
    build.answer(session, found, "C2", None, does_not_apply=True, reason="Only online.")
    assert "Today your answers reach: Established" not in words(at_work.get(HERE))


# Paper, history, years


def test_on_paper_everything_stands(session, at_work, organisation):
    build.rated(session, organisation)
    page = at_work.page(f"{HERE}/print")
    assert len(page.select("section.app-paper")) == 12
    assert build.REASON in page.main.get_text()


def test_the_history_says_who_and_what_was_before(session, at_work, browser, editor, begun):
    build.answer(session, begun, "A1", 1, reason="First.")
    browser(editor).send(A1, press="Save and go on", reason="Second.")
    said = words(at_work.get(f"{HERE}/history"))
    assert "Sam Reid" in said
    assert "Why: Before First. After Second." in said


def test_the_history_tells_of_steps_and_evidence_too(session, at_work, organisation, lead, begun):
    step = build.action(session, organisation, "A1", "Ask them first.")
    plan.change(session, step, plan.Planned("Ask them twice."), by=lead, at=clock.now())
    session.commit()
    plan.finish(session, step, on=clock.today(), note="", by=lead, at=clock.now())
    item = library.item(session, organisation, "Our minutes", standards=("B1", "B2"))
    again = library_actions.Described("Our minutes", standards=("B1",))
    library_actions.describe(session, item, again, by=lead, at=clock.now())
    session.commit()
    said = words(at_work.get(f"{HERE}/history"))
    mine = f"{lead.name}, 2 March 2027, 10:30"
    assert f"Our minutes {mine} Evidence: what it is used for" in said
    assert f"Our minutes {mine} Evidence added" in said
    assert f"Ask them twice. {mine} Step done ({A1_NAME})" in said
    assert "Step changed: what, by when" in said
    assert f"Self-assessment {mine} Begun" in said
    somebody_elses = accounts.checked_organisation(session, name="Others")
    begun = build.assessment(session, somebody_elses)
    assert [act.verb for act in acts.history(session, begun, 1)] == ["begin"]
    assert "None yet" not in words(at_work.get(f"{HERE}/history?page=99"))


def test_the_next_year_begins_from_this_one(session, at_work, organisation):
    build.rated(session, organisation, {"A1": 1})
    clock.freeze(clock.now() + timedelta(days=365))
    at_work.send(f"{HERE}/next-year", press="Keep this one, and start the next")
    session.expire_all()
    old, new = session.scalars(select(Assessment).order_by(Assessment.id)).all()
    assert (old.ended_at is not None, new.carried_from_id) == (True, old.id)
    assert {a.standard: a.rating for a in new.answers} == {
        a.standard: a.rating for a in old.answers
    }
    assert [p.why for p in old.points] == ["ended"]
    reading = words(at_work.get(f"{HERE}/earlier/{old.reference}"))
    assert build.REASON in reading


def test_a_newer_framework_is_offered_with_what_changed(session, at_work, organisation, version):
    build.rated(session, organisation)
    text = version.framework
    reworded = text.by_key["A1"].model_copy(update={"statement": "We keep you safe, always."})
    standards = tuple(reworded if s.key == "A1" else s for s in text.standards)
    clock.freeze(clock.now() + timedelta(days=30))
    build.framework(session, code="2028", standards=standards)
    assert "There is a newer framework" in words(at_work.get(HERE))
    assert "We keep you safe, always." in words(at_work.get(f"{HERE}/next-year"))
    at_work.send(f"{HERE}/next-year", press="Keep this one, and start the next")
    found = queries.open_assessment(session, organisation)
    assert found.framework.code == "2028"
    assert len(found.answers) == 12


@pytest.mark.parametrize("rating", ["0", "1", "2", "3"])
def test_what_did_not_apply_can_apply_again(session, at_work, organisation, rating):
    build.assessment(session, organisation, track="full")
    page = f"{HERE}/standards/C2"
    at_work.send(page, press="Save and go on", rating="na", reason="We only meet online.")
    assert at_work.send(page, press="Save and go on", rating=rating).status_code == 303
    found = answers(session)["C2"]
    assert (found.rating, found.does_not_apply) == (int(rating), False)


def test_what_is_left_is_said_on_the_next_page(at_work, begun):
    at_work.send(A1, press="Save and go on", rating="1")
    assert "still needs a step" in words(at_work.get(f"{HERE}/standards/A2"))


def test_evidence_is_added_without_losing_what_was_typed(session, at_work, begun):
    sent = at_work.send(A1, press="Save and add evidence", rating="2", reason="Typed.")
    assert sent.location.startswith(f"{HERE}/evidence/add?standard=A1&back=")
    assert answers(session)["A1"].reason == "Typed."


def test_a_step_that_is_done_asks_to_look_again(session, at_work, organisation, begun):
    at_work.send(A1, press="Save and go on", rating="1", what="Photo by the door.")
    (made,) = session.scalars(select(ImprovementAction))
    at_work.send(f"{HERE}/plan/{made.reference}", press="Tick it off")
    assert "Look at it again" in words(at_work.get(HERE))


def test_the_gap_is_told_once_all_is_looked_at(session, at_work, begun):
    build.answer(session, begun, "A1", 0)
    said = words(at_work.get(HERE))
    assert "11 more to look at" in said
    assert "What stands between" not in said
