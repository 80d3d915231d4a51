"""A young person on a phone, scripts off: from the code to a vote, and signed out by itself."""

from datetime import timedelta

import pytest

from accounts.queries import person_by_email
from steering import actions as steering
from steering.youth import actions, queries
from tests.builders import youth
from tests.journeys import cases
from tests.journeys.cases import at_work, panel
from web import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]


WIDTH = "document.documentElement.scrollWidth"
CLUB = "Arnold Arrows"


def code_from_a_worker(portal):
    """For a seat that there was not before."""
    with at_work(portal) as session:
        officer, worker = (
            person_by_email(session, email)
            for email in ("priya@charter.example", "marcia.bell@people.example")
        )
        seat = steering.make_seat(session, "youth", "", by=officer, at=clock.now())
        asked = youth.invited(session, seat, by=officer, supporter=worker)
        return youth.code(asked)


def an_officer_opens_it(portal, name):
    with at_work(portal) as session:
        officer = person_by_email(session, "priya@charter.example")
        actions.activate(session, queries.named(session, name), by=officer, at=clock.now())


def a_case_comes_to_the_panel(portal):
    with at_work(portal) as session:
        sent = cases.case_of(session, cases.club(session, CLUB)).submission
        panel.at_panel(session, cases.group(session), sent)


def test_from_a_code_to_a_vote(portal, visit):
    code = code_from_a_worker(portal)
    page = visit(width=360, scripts=False)
    hand = cases.Hand(page)
    page.goto("/join-seat")
    assert page.context.cookies() == []
    page.get_by_role("link", name="I have a code").click()
    hand.type("Your code", code.lower())
    hand.press("Go on")
    hand.type("A name we can call you", "Heron")
    hand.type("Passphrase", youth.PASSPHRASE)
    hand.press("Save")
    assert "Your worker tells you when" in page.locator("main").inner_text()
    an_officer_opens_it(portal, "heron")
    page.goto("/seat-sign-in")
    hand.type("Your chosen name", "heron")
    hand.type("Passphrase", youth.PASSPHRASE)
    hand.press("Sign in")
    page.goto("/my/steering/")
    assert "Marcia Bell helps you" in page.locator("main").inner_text()
    a_case_comes_to_the_panel(portal)
    page.goto("/my/")
    assert f"{CLUB} waits for your vote" in page.locator("main").inner_text()
    hand.follow("Read and vote")
    hand.tick("No")
    hand.press("Go on")
    assert page.locator("h2").first.inner_text() == "What young people say"
    assert page.evaluate(WIDTH) <= 360
    hand.press("Vote")
    hand.tick("Foundation")
    assert page.evaluate(WIDTH) <= 360
    hand.press("Keep my vote")
    assert "You have voted" in page.locator("main").inner_text()
    page.goto("/my/")
    assert "You have voted on one place" in page.locator("main").inner_text()
    (cookie,) = [c for c in page.context.cookies() if c["httpOnly"] and c["expires"] == -1]
    assert cookie["name"]
    try:
        clock.freeze(clock.now() + timedelta(minutes=62))
        page.goto("/my/steering/")
        assert "/sign-in" in page.url
    finally:
        clock.freeze(None)
