"""A young person on a phone, scripts off: from the code to the seat, and signed out by itself."""

from datetime import timedelta

import pytest

from accounts.queries import person_by_email
from steering.youth import actions, queries
from tests.builders import youth
from tests.journeys.hands import Finger
from web import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def changing(portal):
    return portal.app.extensions["database"].session(writes=True)


def code_from_a_worker(portal):
    with portal.app.app_context(), changing(portal) as session:
        officer, worker = (
            person_by_email(session, email)
            for email in ("priya@charter.example", "marcia.bell@people.example")
        )
        asked = youth.invited(session, None, "young assessor", by=officer, supporter=worker)
        session.commit()
        return youth.code(asked)


def an_officer_opens_it(portal, name):
    with portal.app.app_context(), changing(portal) as session:
        officer = person_by_email(session, "priya@charter.example")
        actions.activate(session, queries.named(session, name), by=officer, at=clock.now())
        session.commit()


def test_from_a_code_to_the_seat(portal, visit):
    code = code_from_a_worker(portal)
    page = visit(width=320, scripts=False)
    hand = Finger(page)
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
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    (cookie,) = [c for c in page.context.cookies() if c["httpOnly"] and c["expires"] == -1]
    assert cookie["name"]
    try:
        clock.freeze(clock.now() + timedelta(minutes=62))
        page.goto("/my/steering/")
        assert "/sign-in" in page.url
    finally:
        clock.freeze(None)
