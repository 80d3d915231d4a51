"""What an organisation says of itself stands on its page, but for what public pages never say."""

import pytest

from charter import states
from tests.builders import accounts, people
from tests.builders import charter as build
from tests.client import soup


def page(client, session, about, project_about="Cook together on Fridays.", sort="open"):
    club = build.club(session, people.person(session), "Lantern Lads", about=about)
    accounts.project(session, club, "Kitchen table", about=project_about, sort=sort)
    build.pledge(session, states.LIVE, organisation=club)
    return " ".join(soup(client.get("/organisations/lantern-lads")).main.get_text(" ").split())


def test_it_is_shown_plainly(client, session):
    said = page(client, session, "We mend bikes.\n\nEverybody can come.")
    assert "What they do We mend bikes. Everybody can come. Kitchen table Cook together" in said


@pytest.mark.parametrize(
    "about",
    [
        "We work against knife crime.",
        "Funded by the county.",
        "A Diversion scheme",
        "For offenders",
    ],
)
def test_who_pays_and_why_somebody_is_sent_is_never_said(client, session, about):
    said = page(client, session, about, project_about=about)
    assert about not in said
    assert "What they do" not in said


def test_nothing_is_said_of_a_project_that_is_not_open(client, session):
    said = page(client, session, "", project_about="Cook together.", sort="one-to-one")
    assert "Cook together" not in said
    assert "Kitchen table" not in said
