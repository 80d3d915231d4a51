"""Several people at once, and sessions that end in the middle: nothing that was typed is lost."""

import pytest

from tests.browser import sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLEDGE = "/my/organisations/long-row-homework-house/pledge"
BOX = "What you will do"


def open_at(visit, key, address, **settings):
    page = visit(**settings)
    sign_in_as(page, key)
    page.goto(address)
    return page


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go back to the list").click()


def text_at(page, key):
    page.goto(f"{PLEDGE}/commitments/{key}")
    return page.get_by_label(BOX).input_value()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_editors_on_one_commitment_lose_nothing(visit, scripts):
    lead = open_at(visit, "lead", f"{PLEDGE}/commitments/trust", scripts=scripts)
    editor = open_at(visit, "editor", f"{PLEDGE}/commitments/trust", scripts=scripts)
    hers = f"Aisha: we do what we say, every week. {scripts}"
    his = f"Ben: we write each promise on the wall. {scripts}"
    lead.get_by_label(BOX).fill(hers)
    editor.get_by_label(BOX).fill(his)
    save(lead)
    save(editor)
    # Ben sees both, and who was quicker.
    assert editor.get_by_text(hers).is_visible()
    assert editor.get_by_label(BOX).input_value() == his
    assert editor.get_by_text("Aisha Rahman wrote here").is_visible()
    both = f"{hers}\n{his}"
    editor.get_by_label(BOX).fill(both)
    save(editor)
    assert text_at(editor, "trust") == both
    assert text_at(lead, "trust") == both


def test_the_other_ones_text_can_be_kept(visit):
    lead = open_at(visit, "lead", f"{PLEDGE}/commitments/forward")
    editor = open_at(visit, "editor", f"{PLEDGE}/commitments/forward")
    lead.get_by_label(BOX).fill("Aisha: each of us helps one of you with a first form.")
    editor.get_by_label(BOX).fill("Ben: something else altogether, in a hurry.")
    save(lead)
    save(editor)
    editor.get_by_label("The other one").check()
    save(editor)
    assert text_at(editor, "forward") == "Aisha: each of us helps one of you with a first form."


def test_on_different_commitments_two_never_meet(visit):
    lead = open_at(visit, "lead", f"{PLEDGE}/commitments/choice")
    editor = open_at(visit, "editor", f"{PLEDGE}/commitments/community")
    lead.get_by_label(BOX).fill("Aisha: there are always two things to choose from.")
    editor.get_by_label(BOX).fill("Ben: we clean the park together in May.")
    save(lead)
    save(editor)
    for page in (lead, editor):
        assert page.locator("h1").inner_text() == "Your pledge"
    assert text_at(lead, "community") == "Ben: we clean the park together in May."
    assert text_at(editor, "choice") == "Aisha: there are always two things to choose from."


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_session_that_ends_in_mid_form_gives_the_text_back(visit, scripts):
    page = open_at(visit, "lead", f"{PLEDGE}/commitments/welcome", scripts=scripts)
    typed = f"Somebody says hello at the door, every night. {scripts}"
    page.get_by_label(BOX).fill(typed)
    page.context.clear_cookies()  # the session is over
    save(page)
    assert page.locator("h1").inner_text() == "Sign in"
    assert page.get_by_text("What you typed is kept").is_visible()
    page.get_by_label("Email address").fill("aisha.rahman@people.example")
    page.get_by_label("Password", exact=True).fill("lantern street")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator("h1").inner_text() == "Welcome everyone"
    assert page.get_by_label(BOX).input_value() == typed
    assert page.get_by_text("We kept what you typed").is_visible()
    save(page)
    assert text_at(page, "welcome") == typed
