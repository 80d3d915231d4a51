"""A lapse and a renewal, with the clock moved: a year nobody looked, and the way back."""

import pytest

from tests.browser import running, sign_in_as
from tests.journeys.hands import Finger
from web import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLUG = "lantern-street-youth-club"
PUBLIC, HOME = f"/organisations/{SLUG}", f"/my/organisations/{SLUG}/pledge"
DID = "We did it each week, and the young people told us so."
WILL = "From May two of us do this every week, and we ask how it went each term."


@pytest.fixture
def own_portal(tmp_path_factory):
    """A county of its own: here time passes."""
    with running(tmp_path_factory, "a-year-on") as portal:
        yield portal
        clock.shift(0)


@pytest.fixture
def page(browser, own_portal):
    contexts = []

    def open_one(who):
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, base_url=own_portal.address
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        made = context.new_page()
        if who != "nobody":
            sign_in_as(made, who)
        return made

    yield open_one
    for context in contexts:
        context.close()


def says(page, address):
    page.goto(address)
    return page.locator("main").inner_text()


def write_it_all(page):
    """Part after part, until there is nothing left to answer."""
    hand = Finger(page)
    for _part in range(40):
        if page.locator("h1").inner_text() == "Check your answers":
            return
        if page.get_by_label("We kept it").count():
            hand.tick("We kept it")
            hand.type("Say in your own words what happened", DID)
        elif page.get_by_label("What you will do", exact=True).count():
            hand.type("What you will do", WILL)
        hand.press("Save and go on")
    pytest.fail("there is no end to it")


def test_a_lapse_and_a_renewal(own_portal, page):
    assert "Signed since" in says(page("nobody"), PUBLIC)
    clock.shift(400)
    own_portal.deliver()
    nobody = page("nobody")
    assert "Not current" in says(nobody, PUBLIC)
    lead = page("live")
    assert "run out" in says(lead, HOME)
    Finger(lead).press("Renew your pledge")
    assert lead.locator("h1").inner_text() == "Your details"
    write_it_all(lead)
    assert DID in lead.locator("main").inner_text()
    Finger(lead).tick("has agreed to this")
    Finger(lead).press("Send to the Charter team")
    officer = page("second-officer")
    officer.goto("/team/")
    while not officer.get_by_role("link", name="Lantern Street Youth Club").count():
        Finger(officer).follow("Next")
    Finger(officer).follow("Lantern Street Youth Club")
    assert "Last year" in officer.locator("main").inner_text()
    Finger(officer).press("Confirm")
    told = says(nobody, PUBLIC)
    assert f"Signed since {clock.today().day} " in told
    assert "What they said last year, and how it went" in told
    assert DID in told
    clock.shift(400 + 366 + 10)
    own_portal.deliver()
    assert "time to sign again" in says(nobody, PUBLIC)
