"""Training: a record added on a phone, a manager's Tuesday, and the last place of a session."""

import pypdfium2
import pytest

from tests.browser import sign_in_as
from tests.builders import accounts, people, training, training_sessions
from tests.journeys import cases
from tests.journeys.cases import Hand, at_work
from tests.journeys.test_workers_pledge import Counted
from tests.web.files import making
from web import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]

NAME = "Trent Lock Paddlers"
TEAM = ("Ann Archer", "Bo Barnes", "Cal Carter", "Dee Drake")
WAIT = (("W1", "W2", "W3"), ("W1", "W2", "W3"), ("W1", "W2", "W3"), ("K4",))
WITHOUT_ACCOUNT = 8
"""So many that the team takes a second sheet of paper."""
MOST_FIELDS, MOST_TOUCHES = 3, 3
"""The day, who taught it and the photo; a link, "I have done it" and "Add it"."""


def said(hand):
    return " ".join(hand.page.locator("main").inner_text().split())


@pytest.fixture
def worker(portal):
    """Of a club of their own; nothing that they learned is written down yet."""
    with at_work(portal) as session:
        club = accounts.checked_organisation(session, name="Beeston Bell Ringers")
        made = training.worker(session, club, name="Eve Elm", password=people.PASSWORD)
        return made.email


@pytest.fixture
def club(portal):
    """The address of one whose lead has a team of many; ten of its records wait."""
    with at_work(portal) as session:
        lead = people.person(session, "Lou Lock", password=people.PASSWORD)
        made = accounts.checked_organisation(session, lead, name=NAME)
        for name, modules in zip(TEAM, WAIT, strict=True):
            person = training.worker(session, made, "manager", "diversion-worker", name=name)
            for module in modules:
                training.entered(session, person, module)
        for number in range(WITHOUT_ACCOUNT):
            training.volunteer(session, made, name=f"Paddler {number}")
        return made.slug


def test_a_record_is_added_on_a_phone_in_a_minute(visit, worker):
    eve = Counted(visit(width=360, height=740, scripts=False))
    page = eve.page
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(worker)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/my/")
    eve.follow("See your training")
    eve.fits()
    page.locator(".app-next [href]").click()
    eve.touches += 1
    assert eve.heading() == "Add something you learned"
    assert page.get_by_label("What did you learn?").input_value() == "W1"
    assert "No DBS certificates" in said(eve)
    eve.fits()
    eve.type("When did you finish it?", f"{clock.today():%d/%m/%Y}")
    eve.type("Who taught it?", "Mill Lane Training")
    eve.fields += 1
    page.get_by_label("The certificate, if there is one").set_input_files(
        {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": making.photo()}
    )
    eve.press("Add it")
    assert "It is added. It counts when somebody has checked it." in said(eve)
    assert "Waits to be checked" in said(eve)
    assert page.get_by_role("link", name="Add something else you learned").count() == 1
    assert "IMG_2041.jpg" in said(eve)
    eve.fits()
    assert eve.fields <= MOST_FIELDS
    assert eve.touches <= MOST_TOUCHES


def test_a_managers_tuesday(portal, visit, club):
    lead = cases.as_lead(visit, portal, club)
    lead.page.goto("/my/")
    lead.follow("Look at the team’s training")
    lead.follow("10 records wait for you to check them")
    lead.follow("Begin with the first")
    for name, modules in zip(TEAM, WAIT, strict=True):
        for _module in modules:
            assert lead.page.locator(".govuk-caption-l").inner_text() == name
            lead.press("Confirm")
            assert f"Confirmed: {name}, " in said(lead)
    assert "Nothing waits to be checked." in said(lead)
    lead.follow("Who must do what in the next 90 days")
    for name in TEAM[:3]:
        lead.press(f"Remind {name}")
        assert f"{name} gets an email." in said(lead)
    assert said(lead).count("Reminded on") == 3
    lead.follow("Everybody and every module")
    sheets = printed(lead.page)
    assert len(sheets) == 2
    heads = [squeezed(head) for head in lead.page.locator("thead th").all_inner_texts()]
    assert all(head in sheet for head in heads for sheet in sheets)
    whole, cells = "".join(sheets), lead.page.locator(".app-team td .govuk-tag")
    assert whole.count("Notstarted") == cells.filter(has_text="Not started").count()
    assert all(f"Paddler{number}Volunteer" in whole for number in range(WITHOUT_ACCOUNT))
    assert "spreadsheet" not in whole


def printed(page):
    """Of each sheet what stands within the paper's edges."""
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = [squeezed(sheet.get_textpage().get_text_bounded()) for sheet in paper]
    paper.close()
    return sheets


def squeezed(text):
    """Upright headings have their letters apart."""
    return "".join(text.split())


def test_the_last_place_goes_to_one_and_then_to_the_other(portal, visit):
    with at_work(portal) as session:
        it = training_sessions.offered(session, title="First aid by the water", capacity=1)
        address = f"/my/training/sessions/{it.reference}"
    one, other = (Hand(visit(width=360, scripts=False)) for _ in range(2))
    for hand, key in ((one, "editor"), (other, "lead")):
        sign_in_as(hand.page, key)
        hand.page.goto(address)
        assert "1 of them free" in said(hand)
    one.press("Book a place")
    other.press("Book a place")
    assert "You have a place." in said(one)
    assert "All places have gone. You can join the waiting list." in said(other)
    other.press("Join the waiting list")
    assert "You are on the waiting list." in said(other)
    one.press("Give up your place")
    assert "You gave up your place." in said(one)
    mail = portal.newest_mail(to="aisha.rahman@people.example")
    assert mail.subject == "A place is free: First aid by the water"
    other.page.goto(address)
    assert other.page.get_by_role("button", name="Give up your place").count() == 1
