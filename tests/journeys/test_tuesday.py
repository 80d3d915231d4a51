"""The lead's Tuesday: from the first page to the register, on a phone, in several sittings.

Told three times: with scripts, without them, and by keyboard alone.
"""

import re

import pytest

from tests.browser import sign_in_as
from tests.journeys.hands import Finger, Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "three red kites"
ACTIONS = {
    "safe": "Two of us stand at the door every night until the last one has been picked up.",
    "respect": "We learn every new name in three weeks, and ask how to say it.",
    "heard": "Each term we ask what to change first, and tell everyone what came of it.",
}
MENDED = "We learn every new name in three weeks. Jo asks on the first night."
WAYS = {
    "scripts": ({}, Finger),
    "no scripts": ({"scripts": False}, Finger),
    "keyboard": ({}, Keyboard),
}


def link_in(mail):
    return re.search(r"http://localhost(/\S+)", mail.body).group(1)


class Lead:
    """Rosie, who leads a club and has never liked a form."""

    def __init__(self, way, visit, portal):
        settings, hand = WAYS[way]
        word = way.replace(" ", "")
        self.email = f"rosie.{word}@people.example"
        self.club = f"Hazel {word.title()} Yard"
        self.slug = f"hazel-{word}-yard"
        self.portal = portal
        self.page = visit(width=360, height=740, **settings)
        self.hand = hand(self.page)

    def heading(self):
        return self.page.locator("h1").inner_text()

    def make_an_account(self):
        self.page.goto("/")
        self.hand.follow("Sign up your club")
        self.hand.follow("Start your pledge") if self._is_link("Start your pledge") else (
            self.hand.press("Start your pledge")
        )
        assert self.heading() == "Create an account"
        self.hand.type("Your name", "Rosie Hazel")
        self.hand.type("Email address", self.email)
        self.hand.type("Password", PASSWORD)
        self.hand.tick("Mine alone")
        self.hand.press("Create the account")
        assert self.heading().startswith("Check your")
        self.page.goto(link_in(self.portal.newest_mail(to=self.email)))
        self.hand.type("The password you chose", PASSWORD)
        self.hand.press("Confirm and sign in")

    def _is_link(self, words):
        return self.page.get_by_role("link", name=words).count() > 0

    def onward(self, words):
        """A big button, which is a link to another page."""
        if self._is_link(words):
            self.hand.follow(words)
        else:
            self.hand.press(words)

    def register_the_club(self):
        self.onward("Register your organisation")
        self.hand.type("Name of your organisation", self.club)
        self.hand.tick("Club or community group")
        self.hand.tick("Ashfield")
        self.hand.tick("Yes")
        self.hand.press("Register")
        if self.heading() == "Is it here already?":
            self.hand.press("Register mine anyway")
        assert self.heading() == self.club

    def add_a_project_with_a_place(self):
        self.onward("Add a project")
        self.hand.type("Name of the project", "Tuesday night")
        self.hand.tick("Anyone can drop in")
        self.hand.tick("Ashfield")
        self.hand.press("Save")
        self.onward("Add a place")
        self.hand.type("Name of the place", "The Yard")
        self.hand.tick("Ashfield")
        self.hand.type("Address, without the postcode", "9 Hazel Row, Sutton")
        self.hand.type("When is it open?", "Tuesdays, 6pm to 9pm")
        self.hand.tick("Yes")  # show it in public
        self.hand.press("Save")
        assert self.page.get_by_text("Shown in public").first.is_visible()

    def go_away_and_come_back(self):
        self.hand.press("Sign out")
        self.page.goto(f"/my/organisations/{self.slug}/pledge")
        assert self.heading() == "Sign in"
        self.hand.type("Email address", self.email)
        self.hand.type("Password", PASSWORD)
        self.hand.press("Sign in")
        assert self.heading() == "Your pledge"

    def begin(self):
        self.page.goto(f"/my/organisations/{self.slug}")
        self.onward("Begin your pledge")
        self.hand.press("Begin")

    def tell_of_the_club(self):
        assert self.heading() == "Your details"
        self.hand.press("Save and go on")
        assert self.heading() == "Projects it covers"
        self.hand.tick("Tuesday night")
        self.hand.press("Save and go on")
        assert self.heading() == "Who signs"
        self.hand.type("Name", "Rosie Hazel")
        self.hand.type("What they are in your organisation", "Chair")
        self.hand.press("Save and go back to the list")

    def write(self, title, text):
        self.hand.follow(title)
        self.write_here(title, text)

    def write_here(self, title, text):
        assert self.heading() == title
        self.hand.type("What you will do", text)
        self.hand.press("Save and go back to the list")
        assert self.heading() == "Your pledge"

    def check_and_send(self):
        self.hand.follow("Check your answers and send them")
        told = self.page.locator("main").inner_text()
        assert all(text in told for text in ACTIONS.values())
        self.hand.tick("I am Rosie Hazel")
        self.hand.press("Send to the Charter team")
        assert self.heading() == "Your pledge: with the Charter team"


def officer_returns(officer, club):
    officer.goto("/team/")
    officer.get_by_role("link", name=club).first.click()
    assert officer.locator("h1").inner_text() == f"Pledge of {club}"
    officer.get_by_label("A note on “Respect us”").fill("Lovely. Who asks, and when?")
    officer.get_by_label("A note on the whole pledge").fill("Nearly there.")
    officer.get_by_role("button", name="Return with notes").click()
    assert officer.get_by_text(f"Returned to {club} with your notes.").is_visible()


def officer_confirms(officer, club):
    officer.goto("/team/")
    officer.get_by_role("link", name=club).first.click()
    officer.get_by_label("I have looked at who this organisation is").check()
    officer.get_by_role("button", name="Confirm", exact=True).click()
    assert officer.get_by_text(f"{club} is on the register.").is_visible()


@pytest.mark.parametrize("way", WAYS)
def test_from_the_first_page_to_the_register(visit, portal, way):
    lead, officer = Lead(way, visit, portal), visit()
    sign_in_as(officer, "officer")

    lead.make_an_account()
    lead.register_the_club()
    lead.add_a_project_with_a_place()
    lead.begin()
    lead.tell_of_the_club()
    lead.write("Keep us safe", ACTIONS["safe"])
    lead.go_away_and_come_back()
    lead.write("Respect us", ACTIONS["respect"])
    lead.go_away_and_come_back()
    lead.write("Hear us and act", ACTIONS["heard"])
    lead.check_and_send()
    assert lead.page.goto(f"/organisations/{lead.slug}").status == 404  # nobody sees it yet

    officer_returns(officer, lead.club)
    mail = portal.newest_mail(to=lead.email)
    assert "Nearly there." in mail.body
    lead.page.goto(link_in(mail))
    assert "Lovely. Who asks, and when?" in lead.page.locator("main").inner_text()
    lead.write_here("Respect us", MENDED)
    lead.hand.follow("Check your answers and send them")
    lead.hand.tick("I am Rosie Hazel")
    lead.hand.press("Send to the Charter team")

    officer_confirms(officer, lead.club)
    assert "certificate" in portal.newest_mail(to=lead.email).body
    young = visit(width=360, height=740)
    young.goto(f"/register?q={lead.club}")
    assert "Signed" in young.locator("ol.entries > li").inner_text()
    young.get_by_role("link", name=lead.club).click()
    told = young.locator("main").inner_text()
    assert MENDED in told
    assert "9 Hazel Row, Sutton" in told
    for address in (f"/organisations/{lead.slug}/certificate.pdf", "/charter/poster.pdf"):
        assert young.request.get(address).body().startswith(b"%PDF-")
