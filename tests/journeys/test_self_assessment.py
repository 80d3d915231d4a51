"""Assessing oneself in a real browser: on a phone without scripts, two at once, without a
connection."""

import pytest

from tests.browser import sign_in_as
from tests.journeys.hands import Finger

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLUB = "long-row-homework-house"
HERE = f"/my/organisations/{CLUB}/quality"
REASON = "We do it every Tuesday, and all of us know who to go to."
KEPT = "() => Object.keys(localStorage).filter(k => k.startsWith('typed:')).length"


@pytest.fixture
def newcomer(portal, visit):
    """A club of one's own, registered a moment ago: (page, address of its self-assessment)."""

    def begin(who, club, **settings):
        page = visit(**settings)
        sign_in_as(page, who)
        page.goto("/my/organisations/new")
        hand = Finger(page)
        hand.type("Name of your organisation", club)
        hand.tick("Club or community group")
        hand.tick("Ashfield")
        hand.tick("Yes")
        hand.press("Register")
        if page.locator("h1").inner_text() == "Is it here already?":
            hand.press("Register mine anyway")
        hand.follow("Begin the self-assessment")
        return page, hand

    return begin


def go_on(page):
    """The big button, which is a link to the next standard."""
    with page.expect_navigation():
        page.locator(".app-next a.govuk-button").click()


def choose(page, rating):
    page.locator(f"input[name=rating][value='{rating}']").check()


def begin(page, hand, small):
    for name in ("first", "second"):
        page.locator(f"input[name={name}][value={'yes' if small else 'no'}]").check()
    hand.press("Begin")


def test_a_volunteer_on_a_phone_gets_to_foundation_without_scripts(newcomer):
    page, hand = newcomer("newcomer", "Ash Lane Tuesday", width=360, height=740, scripts=False)
    begin(page, hand, small=True)
    go_on(page)
    for n in range(12):
        choose(page, 1 if n == 4 else 2)
        hand.type("Why?", REASON)
        if n == 4:
            hand.type("What will you do?", "We ask ten young people by the door.")
            hand.type("By when?", "3 March 2099")
        hand.press("Save and go on")
    said = page.locator("main").inner_text()
    assert "12 of 12 standards are done" in said
    assert "Today your answers reach: Foundation" in said
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


@pytest.fixture
def begun(visit):
    """A standard of a club whose self-assessment is under way."""
    page = visit()
    sign_in_as(page, "assessing")
    page.goto("/my/")
    Finger(page).follow("Go on with the self-assessment")
    page.goto(f"{page.url}/standards/B1")
    return page


def saved(page):
    page.get_by_text("Saved at").wait_for()


def test_what_is_typed_is_saved_and_found_again(begun):
    page = begun
    choose(page, 2)
    page.get_by_label("Why?", exact=True).fill(REASON)
    saved(page)
    page.reload()
    assert page.get_by_label("Why?", exact=True).input_value() == REASON
    assert page.locator("input[name=rating][value='2']").is_checked()


def test_a_lost_connection_keeps_the_text_and_sends_it_later(begun):
    page = begun
    page.get_by_label("Why?", exact=True).fill("First.")
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("Why?", exact=True).fill("Written in the tunnel.")
    page.get_by_text("No connection. What you typed is kept on this device.").wait_for()
    assert page.evaluate(KEPT) == 1
    page.context.set_offline(False)
    saved(page)
    assert page.evaluate(KEPT) == 0
    page.reload()
    assert page.get_by_label("Why?", exact=True).input_value() == "Written in the tunnel."


def test_the_text_comes_back_after_the_page_was_closed(begun):
    page = begun
    address = page.url
    page.context.set_offline(True)
    page.get_by_label("Why?", exact=True).fill("Written on the bus.")
    page.get_by_text("No connection.").wait_for()
    page.close()
    context = begun.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    again.get_by_text("This was kept on your device").wait_for()
    assert again.get_by_label("Why?", exact=True).input_value() == "Written on the bus."


def test_signing_out_wipes_what_the_device_kept(begun):
    page = begun
    page.context.set_offline(True)
    page.get_by_label("Why?", exact=True).fill("Written in the lift.")
    page.get_by_text("No connection.").wait_for()
    assert page.evaluate(KEPT) == 1
    page.context.set_offline(False)
    page.get_by_text("Saved at").wait_for()
    page.evaluate("localStorage.setItem('typed:/x', JSON.stringify({owner: 'o', at: Date.now()}))")
    Finger(page).press("Sign out")
    assert page.evaluate(KEPT) == 0


def test_what_another_account_left_or_is_a_day_old_never_comes_back(begun):
    page = begun
    path = "typed:/my/organisations/x/quality/standards/A1"
    put = "([k, v]) => localStorage.setItem(k, JSON.stringify(v))"
    mine = page.locator("input[name=owner]").first.input_value()
    page.evaluate(put, [path, {"owner": "someone else", "at": 9e15, "fields": []}])
    old = {"owner": mine, "at": 1000, "fields": []}
    page.evaluate(put, [path + "2", old])
    page.reload()
    page.get_by_label("Why?", exact=True).wait_for()
    assert page.evaluate(KEPT) == 0


def test_two_editors_on_one_standard_lose_nothing(visit):
    one, other = visit(), visit()
    sign_in_as(one, "lead")
    sign_in_as(other, "editor")
    one.goto(HERE)
    if one.get_by_role("button", name="Begin").count():
        begin(one, Finger(one), small=False)
    for page in (one, other):
        page.goto(f"{HERE}/standards/C3")
    other.get_by_label("Why?", exact=True).fill("Ben's words.")
    saved(other)
    one.get_by_label("Why?", exact=True).fill("Aisha's words.")
    one.get_by_text("someone else wrote here").wait_for()
    Finger(one).press("Save and go on")
    said = one.locator("main").inner_text()
    assert "Ben's words." in said
    assert one.get_by_label("Why?", exact=True).input_value() == "Aisha's words."
