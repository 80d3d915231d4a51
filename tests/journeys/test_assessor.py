"""An assessor's whole review by keyboard alone, with a connection that goes and comes."""

import pytest
from sqlalchemy import select

from accounts.queries import person_by_email
from review.models import Allocation, Case
from review.states import DESK
from tests import page_list
from tests.browser import sign_in_as
from tests.builders import review as reviews
from tests.builders import sending
from tests.builders.group import Group

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
CLUBS = iter(("quarry-edge-climbing", "saltbox-theatre"))
"""Of which the county has no case: one for each journey."""
HAS_FOCUS = "() => { const e = document.activeElement; return e.name || e.textContent.trim(); }"


def tab_to(page, name):
    """As somebody does who has no mouse."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS).startswith(name):
            return
    raise AssertionError(f"the Tab key does not lead to {name}")


def follow(page, *keys):
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)


def rate(page, words):
    """The third point, and why."""
    tab_to(page, "rating")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "reason")
    page.keyboard.type(words)


@pytest.fixture
def case(portal):
    """A club's case has come to Yasmin and Derek."""
    with (
        portal.app.app_context(),
        portal.app.extensions["database"].session(writes=True) as session,
    ):
        officer, *readers = (
            person_by_email(session, address)
            for address in (
                "priya@charter.example", "yasmin.blake@people.example", "derek.shaw@people.example"
            )
        )  # fmt: skip
        sent = sending.sent_by(session, next(CLUBS))["submission"]
        case = session.scalars(select(Case).where(Case.reference == sent)).one()
        page_list._with_room(session, readers)
        group = Group(officer=officer, assessors=readers)
        reviews.case_at(session, group, DESK, case.submission)
        return case.reference, case.organisation.name, len(case.standards)


def test_a_whole_review_by_keyboard(portal, visit, case):
    reference, name, many = case
    page = visit()
    sign_in_as(page, "assessor")
    page.goto("/assess/")
    tab_to(page, name)
    follow(page, "Enter")
    tab_to(page, "Go on reading")
    follow(page, "Enter")
    for number in range(many):
        assert page.get_by_text(f"{number + 1} of {many}").first.is_visible()
        rate(page, f"Reason {number}.")
        follow(page, "Control+Enter")
    follow_back = page.get_by_text(f"{many} of {many} are done")
    assert follow_back.is_visible()
    tab_to(page, "Check and send")
    follow(page, "Enter")
    tab_to(page, "Send and seal")
    follow(page, "Enter")
    assert page.get_by_text("It is sent and sealed").is_visible()
    with portal.app.app_context(), portal.app.extensions["database"].session(writes=False) as s:
        wanted = select(Allocation).join(Allocation.case).where(Case.reference == reference)
        sent = [a for a in s.scalars(wanted) if a.state == "sent"]
        assert [len(a.readings) for a in sent] == [many]
        assert {r.rating for r in sent[0].readings} == {2}


def test_a_lost_connection_says_so_keeps_the_text_and_leaves_nothing_on_the_device(visit, case):
    page = visit()
    sign_in_as(page, "assessor")
    page.goto(f"/assess/{case[0]}/standards/B1")
    page.context.set_offline(True)
    page.get_by_label("Why?").fill("They ask every Friday.")
    page.get_by_text("No connection").wait_for()
    assert page.get_by_label("Why?").input_value() == "They ask every Friday."
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('typed:'))") == []
    page.context.set_offline(False)
    page.get_by_text("Saved at").wait_for()
    page.reload()
    assert page.get_by_label("Why?").input_value() == "They ask every Friday."
