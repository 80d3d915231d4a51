"""Somebody deletes their account: nothing breaks of it, and the address is free again."""

import re

import pytest
from sqlalchemy import select

from accounts.models import Person
from tests.browser import sign_in_as
from tests.builders import accounts, charter, people
from tests.builders.people import PASSWORD
from tests.journeys.hands import Finger
from web.audit.verify import verify

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, EMAIL = "Wren Marlowe", "wren@people.example"


@pytest.fixture
def club(portal):
    """Wren leads it with another and began its pledge, which is sent."""
    with (
        portal.app.app_context(),
        portal.app.extensions["database"].session(writes=True) as session,
    ):
        wren = people.person(session, NAME, EMAIL, password=PASSWORD)
        made = accounts.checked_organisation(session, wren, name="Marlowe Yard")
        accounts.member(session, made, "lead", "Ida Finch")
        charter.pledge(session, "sent", organisation=made)
        return made.slug


def sign_in(page, password=PASSWORD):
    page.goto("/sign-in")
    hand = Finger(page)
    hand.type("Email address", EMAIL)
    hand.type("Password", password)
    hand.press("Sign in")


def register_again(page, portal):
    hand = Finger(page)
    page.goto("/create-account")
    hand.type("Your name", "Wren again")
    hand.type("Email address", EMAIL)
    hand.type("Password", "purple otter lamp")
    hand.tick("Mine alone")
    hand.press("Create the account")
    mail = portal.newest_mail(to=EMAIL)
    page.goto(re.search(r"http://localhost(/\S+)", mail.body).group(1))
    hand.type("The password you chose", "purple otter lamp")
    hand.press("Confirm and sign in")


def test_erase_me(visit, portal, club):
    page = visit(width=360, height=740, scripts=False)
    sign_in(page)
    page.goto("/my/account/delete")
    said = page.locator("main").inner_text()
    assert "The pledges you worked on" in said
    hand = Finger(page)
    hand.type("Your password", PASSWORD)
    hand.press("Delete my account now")
    assert page.locator("h1").inner_text() == "Your account is deleted"
    assert "is deleted" in portal.newest_mail(to=EMAIL).subject

    sign_in(page)
    assert page.locator(".govuk-error-summary").is_visible()
    team = visit()
    sign_in_as(team, "officer")
    for address in (f"/team/organisations/{club}", "/team/", "/register"):
        assert team.goto(address).status == 200
        assert "erased:" not in team.content()
    database = portal.app.extensions["database"]
    key = portal.app.extensions["settings"].audit_key.get_secret_value().encode()
    with portal.app.app_context(), database.session(writes=False) as session:
        assert list(verify(session, key)) == []

    register_again(page, portal)
    page.goto("/my/")
    assert "Marlowe Yard" not in page.locator("main").inner_text()
    with database.session(writes=False) as session:
        [new] = session.scalars(select(Person).where(Person.email == EMAIL))
        assert new.erased_at is None
