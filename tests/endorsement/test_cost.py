"""Pages stay flat as standards, actions and evidence grow."""

import pytest

from tests.builders import accounts
from tests.builders import quality as build
from tests.charter.counting import statements
from tests.endorsement.conftest import HERE

pytestmark = [pytest.mark.slow, pytest.mark.once]  # statements are the same ones

PAGES = (
    "", "/standards/A1", "/plan", "/pictures", "/print", "/history", "/evidence/", "/plan.xlsx",
    "/plan.ics",
)  # fmt: skip


def cost(app, browser, page):
    browser.get(HERE + page)
    with statements(app) as said:
        assert browser.get(HERE + page).status_code == 200
    return len(said)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_with_ten_and_with_hundreds(
    app, session, at_work, organisation, page
):
    small = build.rated(session, organisation, 1)
    before = cost(app, at_work, page)
    for n in range(150):
        build.action(session, organisation, ("A1", "B1", "C1")[n % 3], f"Step {n}.")
    for n in range(60):
        build.answer(session, small, "A1", n % 3, reason=f"Reason {n}.")
    assert cost(app, at_work, page) <= before


def test_my_portal_costs_the_same_with_one_and_with_ten_organisations(app, session, client):
    lead = accounts.lead_of(accounts.checked_organisation(session))
    build.framework(session)
    client.sign_in(lead)

    def first_page():
        client.get("/my/")
        with statements(app) as said:
            assert client.get("/my/").status_code == 200
        return len(said)

    build.rated(session, lead.memberships[0].organisation)
    before = first_page()
    for n in range(9):
        build.rated(session, accounts.checked_organisation(session, lead, name=f"Club {n}"))
    assert first_page() <= before
