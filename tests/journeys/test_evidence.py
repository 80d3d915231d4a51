"""Sending evidence in a real browser: several files, one by one, over a line that breaks."""

import pytest

from tests.journeys.test_self_assessment import newcomer  # noqa: F401 - a fixture
from tests.web.files import making

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MACROS = making.docx({"word/vbaProject.bin": b"x"})


def chosen(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def at_files(newcomer, club, **settings):  # noqa: F811
    page, _hand = newcomer("newcomer", club, **settings)
    home = page.url.partition("/quality")[0]
    page.goto(f"{home}/quality/evidence/add/files?standard=B1")
    return page, f"{home}/quality/evidence"


def test_each_file_is_told_of_and_a_broken_one_is_sent_again(newcomer):  # noqa: F811
    page, home = at_files(newcomer, "Evidence Evening")
    broken = []

    def break_twice(route):
        if len(broken) < 2 and route.request.method == "POST":
            broken.append(route)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/add/files*", break_twice)
    page.locator("#files").set_input_files(
        [chosen("forum.pdf", making.pdf(2)), chosen("macros.docx", MACROS)]
    )
    page.locator("#review_on").fill("one day")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("[data-ended=refused]").wait_for(timeout=60_000)
    assert page.locator("#files").evaluate("field => field.files.length") == 2
    page.locator("#review_on").fill("3 March 2027")
    page.wait_for_timeout(1100)  # a second press within a second is a double click
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("link", name="See your evidence").wait_for(timeout=60_000)
    said = page.locator("[data-upload-said]").inner_text()
    assert len(broken) == 2
    assert "Taken: forum" in said
    assert "small programs" in said
    page.get_by_role("link", name="forum", exact=True).click()
    pictures = page.locator("img.app-evidence__page")
    pictures.nth(1).wait_for()
    assert pictures.count() == 2
    assert pictures.first.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")
    page.goto(home)
    assert page.locator(".app-rows__one").count() == 1


def test_a_line_that_stays_broken_says_so_and_offers_to_send_again(newcomer):  # noqa: F811
    page, _home = at_files(newcomer, "Evidence Night")
    page.route("**/add/files*", lambda route: route.abort("connectionreset"))
    page.locator("#files").set_input_files(chosen("forum.pdf", making.pdf(1)))
    page.get_by_role("button", name="Send", exact=True).click()
    again = page.get_by_role("button", name="Send it again")
    again.wait_for(timeout=60_000)
    assert "did not arrive" in page.locator("[data-upload-said]").inner_text()
    page.unroute("**/add/files*")
    again.click()
    page.get_by_role("link", name="forum", exact=True).wait_for(timeout=60_000)


def test_without_scripts_the_form_sends_them_all(newcomer):  # noqa: F811
    page, home = at_files(newcomer, "Evidence Plain", scripts=False)
    page.locator("#files").set_input_files(
        [chosen("one.txt", b"We meet on Fridays."), chosen("two.docx", MACROS)]
    )
    page.get_by_role("button", name="Send", exact=True).click()
    assert "Not taken: two.docx" in page.locator(".govuk-error-summary").inner_text()
    page.goto(home)
    assert page.locator(".app-rows__one").count() == 1
