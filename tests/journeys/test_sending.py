"""A self-assessment is sent from a phone without scripts, read by the team, and taken back."""

import re

import pytest
from sqlalchemy import select

from tests.browser import sign_in_as
from tests.journeys.hands import Finger, Keyboard
from web.mail.models import ExampleMail

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = "/my/organisations/wheelhouse-bikes/quality"
SEAL = re.compile(r"(?:[0-9a-f]{8} ){7}[0-9a-f]{8}")


def said(page):
    return page.locator("main").inner_text()


def test_a_lead_sends_it_the_team_reads_it_and_the_lead_takes_it_back(portal, visit):
    phone = visit(width=320, height=700, scripts=False)
    sign_in_as(phone, "assessing")
    phone.goto(HERE)
    hand = Finger(phone)
    hand.follow("Ready to send?")
    assert "Nothing is missing." in said(phone)
    hand.follow("Look at what the steering group will see")
    assert "Wheelhouse Bikes" in said(phone)
    hand.follow("Ready to send?")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Go on to send").click()
    hand.tick("Foundation")
    hand.type("What you are in your organisation", "Lead")
    hand.tick("This is true as far as we know.")
    hand.press("Send and seal it")
    (seal,) = SEAL.findall(said(phone))
    receipt = phone.url
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not phone.evaluate(wide)

    assert seal in _mailed(portal)

    desk = visit()
    sign_in_as(desk, "officer")
    keys = Keyboard(desk)
    desk.goto("/my/")
    keys.follow("Self-assessments that were sent")
    keys.follow("Wheelhouse Bikes")
    assert seal in said(desk)

    hand.follow("Take it back")
    hand.type("Why?", "We want to ask the young people once more.")
    hand.press("Take it back")
    assert phone.url == receipt
    assert "You took it back" in said(phone)
    assert phone.get_by_role("link", name="Send it again").count() == 1


def _mailed(portal):
    """The words of the mail that tells of it."""
    portal.deliver()
    with portal.app.extensions["database"].session(writes=False) as session:
        told = select(ExampleMail).where(ExampleMail.subject.startswith("Sent and sealed"))
        return session.scalars(told.order_by(ExampleMail.id.desc()).limit(1)).one().body
