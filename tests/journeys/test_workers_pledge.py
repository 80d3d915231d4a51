"""A worker's own pledge, on a phone on the bus: under two minutes, no account."""

import re

import pytest

pytestmark = pytest.mark.browser

MOST_FIELDS, MOST_TOUCHES = 4, 5
"""Name, role, area, address; a link, a button on each of three pages, and the mail's button."""


def link_in(mail):
    return re.search(r"http://localhost(/\S+)", mail.body).group(1)


class Counted:
    """Sam, who counts what he is asked to do."""

    def __init__(self, page):
        self.page = page
        self.fields = self.touches = 0

    def press(self, words):
        self.touches += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).last.click()

    def follow(self, words):
        self.touches += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).first.click()

    def type(self, label, text):
        self.fields += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label, text):
        self.fields += 1
        self.page.get_by_label(label, exact=True).select_option(label=text)

    def heading(self):
        return self.page.locator("h1").inner_text()

    def fits(self):
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_workers_pledge(visit, portal, scripts):
    page = visit(width=360, height=740, scripts=scripts)
    sam = Counted(page)
    email = f"sam.{'with' if scripts else 'without'}@people.example"
    page.goto("/pledge")
    assert page.context.cookies() == []
    sam.follow("I work or volunteer with young people")
    assert sam.heading() == "Your own pledge"
    sam.fits()
    sam.press("I will keep these")
    assert sam.heading() == "About you"
    sam.fits()
    sam.type("Your first name", "Sam")
    sam.choose("What you do", "Coach or instructor")
    sam.choose("Where", "Gedling")
    sam.type("Email address", email)
    sam.press("Go on")
    assert sam.heading() == "Check it and send it"
    sam.fits()
    assert "Nobody" in page.locator("main").inner_text()
    sam.press("Sign the charter")
    assert sam.heading() == "Check your email"
    page.goto(link_in(portal.newest_mail(to=email)))
    sam.fits()
    sam.press("Sign the charter")
    assert sam.heading() == "You have signed"
    sam.fits()
    assert sam.fields <= MOST_FIELDS
    assert sam.touches <= MOST_TOUCHES
    certificate = page.get_by_role("button", name="Your certificate (PDF)").or_(
        page.get_by_role("link", name="Your certificate (PDF)")
    )
    assert page.request.get(certificate.get_attribute("href")).body().startswith(b"%PDF-")


def test_what_was_typed_stands_after_going_back(visit):
    page = visit(width=360, height=740, scripts=False)
    page.goto("/pledge/worker")
    page.get_by_label("One thing you will do for it").fill("I ask each week what to change.")
    page.get_by_role("button", name="I will keep these").click()
    page.get_by_label("Your first name").fill("Sa")
    page.get_by_role("button", name="Back", exact=True).click()
    assert page.get_by_label("One thing you will do for it").input_value().startswith("I ask")
    page.get_by_role("button", name="I will keep these").click()
    assert page.get_by_label("Your first name").input_value() == "Sa"
