"""What stops a self-assessment from being sent, each with the place where it is mended."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from charter import actions as pledge_actions
from charter import states as pledge_states
from endorsement.sending import ready as rules
from endorsement.sending.snapshot import Evidence
from tests.builders import charter as pledges
from tests.builders import people, quality
from tests.builders import sending as build
from web import clock


def stops(session, made):
    return rules.stops(build.whole(session, made), clock.now(), 12)


def test_nothing_stops_one_that_is_done(session, ready):
    assert stops(session, ready) == []


@pytest.mark.parametrize(
    ("key", "rating", "said", "anchor", "sentence"),
    [
        ("B1", None, {}, "rating", "choose a point."),
        ("A1", None, {}, "rating", "this is an essential. Choose a point."),
        ("A1", 2, {"reason": ""}, "reason", "say why you chose this point."),
        ("A1", 3, {"reason": ""}, "reason", "say why you chose this point."),
        ("A1", 0, {"reason": ""}, "next-step", "plan what you will do. You chose “Not yet”."),
        ("A1", 1, {}, "next-step", "plan what you will do. You chose “Started”."),
        ("G3", None, {"does_not_apply": True, "reason": ""}, "reason",
         "say why it does not apply to you."),
    ],
)  # fmt: skip
def test_each_standard_says_what_it_owes(session, ready, key, rating, said, anchor, sentence):
    build.say(session, ready, key, rating, **said)
    (stop,) = stops(session, ready)
    assert stop.sentence.endswith(sentence)
    assert stop.sentence.startswith(ready.framework.by_key[key].name)
    assert (stop.endpoint, stop.values["key"], stop.anchor) == ("assessing.standard", key, anchor)


@pytest.mark.parametrize("rating", [0, 1])
def test_an_open_action_is_the_reason(session, ready, rating):
    build.say(session, ready, "A1", rating, reason="")
    quality.action(session, ready.organisation, "A1")
    assert stops(session, ready) == []


def test_an_action_that_is_done_is_no_plan(session, ready):
    from endorsement.plan import actions as plan

    (action,) = build.whole(session, ready).actions
    lead = pledges.lead_of(ready.organisation)
    plan.finish(session, action, on=clock.today(), note="", by=lead, at=clock.now())
    session.commit()
    (stop,) = stops(session, ready)
    assert stop.anchor == "next-step"


def test_what_applies_to_everybody_needs_a_point(session, ready):
    answer = next(a for a in ready.answers if a.standard == "A1")
    whole = build.whole(session, ready)
    other = SimpleNamespace(standard="A1", rating=None, does_not_apply=True, reason="We are small.")
    answers = [other if a is answer else a for a in ready.answers]
    told = SimpleNamespace(
        answers=answers, organisation=ready.organisation, framework=ready.framework,
        track=ready.track, framework_version=ready.framework_version,
    )  # fmt: skip
    (stop,) = rules.stops(replace(whole, assessment=told), clock.now(), 12)
    assert "applies to everybody" in stop.sentence


def test_a_blank_one_lists_every_standard(session, club):
    pledges.pledge(session, pledge_states.LIVE, organisation=club)
    build.agreed(session)
    made = quality.assessment(session, club)
    assert len(stops(session, made)) == 12


# The organisation, its pledge, the framework


def test_without_a_pledge(session):
    made = quality.rated(session)
    (stop,) = stops(session, made)
    assert "no pledge" in stop.sentence
    assert stop.endpoint == "pledging.pledge"


def test_with_a_paused_pledge(session, ready):
    pledge = build.whole(session, ready).pledge
    who = {"by": people.officer(session), "at": clock.now(), "scheme": pledges.scheme()}
    pledge_actions.suspend(session, pledge, note="A worry.", **who)
    session.commit()
    (stop,) = stops(session, ready)
    assert "is paused" in stop.sentence


def test_a_pledge_that_is_due_still_counts(session, ready):
    pledge_actions.move_with_the_date(session, clock.now() + timedelta(days=370), pledges.scheme())
    session.commit()
    assert build.whole(session, ready).pledge.state == pledge_states.DUE
    assert stops(session, ready) == []


def test_an_organisation_that_nobody_checked(session, ready):
    ready.organisation.state = "unchecked"
    with session.no_autoflush:
        (stop,) = rules.stops(build.whole(session, ready), clock.now(), 12)
    session.rollback()
    assert "has not checked" in stop.sentence
    assert stop.endpoint == ""


@pytest.mark.parametrize(("days", "stopped"), [(0, False), (360, False), (370, True)])
def test_a_replaced_framework_is_taken_for_a_year(session, ready, days, stopped):
    clock.freeze(clock.now() + timedelta(days=1))
    build.agreed(session, "2028")
    whole = build.whole(session, ready)
    found = rules.stops(whole, clock.now() + timedelta(days=days), 12)
    assert [stop.endpoint for stop in found] == ["assessing.next_year"] * stopped


# What does not stop it


def test_example_text_is_told(session, club):
    quality.framework(session)
    made = build.ready(session, club)
    (warning,) = rules.warnings(build.whole(session, made))
    assert "example text" in warning.sentence


def test_a_file_that_is_being_checked_is_told(session, ready):
    waits = Evidence("AB", {"title": "Our rota", "standards": ["A1"]}, being_checked=True)
    (warning,) = rules.warnings(replace(build.whole(session, ready), evidence=[waits]))
    assert "Our rota" in warning.sentence
    (warning,) = rules.warnings(replace(build.whole(session, ready), turned_away=["Our plan"]))
    assert "does not go along: Our plan." in warning.sentence


def test_every_award_of_the_track_can_be_asked_for(session, ready):
    found = rules.offered(build.whole(session, ready))
    assert [(one.level.key, one.reached) for one in found] == [
        ("foundation", True), ("excellent", False),
    ]  # fmt: skip
