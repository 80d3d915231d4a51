"""A case from what was sent to the badge, with everybody in their turn; and an appeal."""

import pytest

from review.panel import voting, writing
from review.panel.voting import Choice
from tests.browser import sign_in_as
from tests.journeys import cases
from tests.journeys.cases import at_work, panel, reviews
from web import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
NAME, APPEALS = "Long Eaton Lanterns", "Toton Tumblers"


@pytest.fixture
def hand_of(visit):
    """Somebody of the county with a browser, scripts off, at a page."""

    def open_at(key, address):
        hand = cases.Hand(visit(scripts=False))
        sign_in_as(hand.page, key)
        hand.page.goto(address)
        return hand

    return open_at


def said(hand):
    return hand.page.locator("main").inner_text()


def test_from_sent_to_the_badge(portal, visit, hand_of):
    with at_work(portal) as session:
        club = cases.club(session, NAME)
        slug, reference = club.slug, cases.case_of(session, club).reference
        readers = [one.name for one in cases.group(session).assessors]

    officer = hand_of("officer", f"/team/cases/{reference}")
    for name in readers:
        officer.follow("Give it to somebody")
        officer.tick(name)
        officer.press("Give them the case")
    officer.press("Ask them")

    assessor = hand_of("assessor", "/assess/")
    assessor.follow(NAME)
    assessor.follow("Say if you can read it")
    assessor.press("Yes, I read it")
    with at_work(portal) as session:
        case = cases.case_of(session, cases.organisation(session, slug))
        yasmin, other = case.allocations
        reviews.accepted(session, other)
        reviews.whole(session, yasmin)
        reviews.sent(session, other)
    assessor.page.goto(f"/assess/{reference}")
    assessor.follow("Check and send")
    assessor.press("Send and seal")
    assessor.follow("Arrange the call or visit")
    assessor.follow("Arrange a call or visit")
    assessor.tick("A drop-in")
    assessor.type("On which day?", f"{clock.today():%d %B %Y}")
    assessor.press("Arrange it")
    assessor.follow("Write down what you saw")
    assessor.type("What did you see and hear?", "A full hall, and two young people who run it.")
    assessor.press("Save")
    assessor.press("Go on to the report")
    assessor.page.goto(f"/assess/{reference}/report/words")
    assessor.type("What you found", "A good place. The essentials are in place.")
    assessor.type("The same for the young members", "It is a good place. You help to run it.")
    assessor.press("Save")
    assessor.follow("Check and send")
    assessor.press("Send it")

    lead = cases.as_lead(visit, portal, slug, width=320)
    lead.page.goto(f"/my/organisations/{slug}/quality/cases/{reference}")
    lead.follow("Read the report and check the facts")
    lead.follow("The facts are right")
    lead.press("Send it")
    assert "You did not say that anything is wrong." in said(lead)

    with at_work(portal) as session:
        case = cases.case_of(session, cases.organisation(session, slug))
        reviews.looked_at(session, cases.group(session), case)
    checks = hand_of("lead-assessor", "/moderate/")
    checks.follow(NAME)
    checks.press("Pass it on to the panel")

    member = hand_of("member", "/panel/")
    member.follow(NAME)
    member.tick("No, nothing ties me to them")
    member.press("Go on")
    assert "All say the same of" in said(member)
    member.press("Vote")
    member.tick("Foundation")
    member.press("Keep my vote")
    with at_work(portal) as session:
        case = cases.case_of(session, cases.organisation(session, slug))
        for ballot in panel.ballots(case):
            if voting.vote_of(ballot) is None:
                panel.vote(session, ballot)

    chair = hand_of("chair", "/chair/")
    chair.follow(NAME)
    chair.follow("Close the vote")
    chair.press("Count the votes")
    assert "The panel decided: Foundation" in said(chair)
    with at_work(portal) as session:
        case = cases.case_of(session, cases.organisation(session, slug))
        panel.written(session, writing.staged(case), cases.group(session).chair)
    officer.page.goto("/team/decisions/")
    officer.tick(NAME)
    officer.press("Tell them")
    assert f"{NAME}: told." in said(officer)

    lead.page.goto(f"/my/organisations/{slug}/quality/cases/{reference}/outcome")
    assert "What was decided: Foundation" in said(lead)
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 320
    public = visit(width=360, scripts=False)
    public.goto(f"/organisations/{slug}/award")
    assert f"{NAME}: Foundation" in public.locator("h1").inner_text()
    badge = public.request.get(f"/organisations/{slug}/badge.svg")
    assert f"{NAME}: Foundation, until" in badge.text()


def test_an_appeal_is_heard_by_somebody_else_and_read(portal, visit, hand_of):
    with at_work(portal) as session:
        group, club = cases.group(session), cases.club(session, APPEALS)
        case = panel.at_panel(session, group, cases.case_of(session, club).submission)
        against = dict.fromkeys(panel.GROUPS, Choice("not yet"))
        panel.released(session, group, case, **against)
        slug, reference = club.slug, case.reference

    lead = cases.as_lead(visit, portal, slug, width=320, scripts=False)
    lead.page.goto(f"/my/organisations/{slug}/quality/cases/{reference}")
    lead.follow("Read what was decided, and why")
    assert "What was decided: Not yet" in said(lead)
    lead.follow("Ask to look at it again")
    lead.type("What should we look at again, and why?", "Our list of checks is whole now.")
    lead.press("Ask to look at it again")
    assert "Being looked at again" in said(lead)
    assert not lead.page.goto(f"/appeals/{reference}").ok

    hears = hand_of("lead-assessor", "/my/")
    hears.follow("Appeals to answer")
    hears.follow(APPEALS)
    assert "Our list of checks is whole now." in said(hears)
    hears.tick("It stays as it was")
    hears.type("Why? The organisation reads this", "Two of the checks were made after the day.")
    hears.press("Answer")

    lead.page.goto(f"/my/organisations/{slug}/quality/cases/{reference}")
    assert "Two of the checks were made after the day." in said(lead)
    lead.follow("Read what was decided, and why")
    assert "Two of the checks were made after the day." in said(lead)
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 320
