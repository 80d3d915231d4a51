"""The only lead leaves, and two clubs become one and two again: told with a real browser."""

import pytest

from tests.browser import sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page, words):
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()


def follow(page, words):
    with page.expect_navigation():
        page.get_by_role("link", name=words).first.click()


def open_as(visit, key, address, **settings):
    page = visit(**settings)
    sign_in_as(page, key)
    page.goto(address)
    return page


def test_the_only_lead_leaves(visit):
    """Callum goes; the Charter team finds Tin Roof Skate in its list and invites somebody."""
    lead = open_as(visit, "mending", "/my/organisations/tin-roof-skate/colleagues", scripts=False)
    follow(lead, "Change Callum Reid")
    follow(lead, "Leave this organisation")
    assert lead.get_by_text("You are the only lead.").is_visible()
    press(lead, "Leave, and tell the Charter team")
    assert lead.get_by_text("You have left Tin Roof Skate.").is_visible()
    team = open_as(visit, "officer", "/my/", scripts=False)
    follow(team, "Organisations without a lead")
    follow(team, "Invite a lead for Tin Roof Skate")
    team.get_by_label("Email address of who is to lead it").fill("jordan.miles@people.example")
    press(team, "Send the invitation")
    new = open_as(visit, "newcomer", "/my/", scripts=False)
    new.get_by_role("heading", name="You are invited to Tin Roof Skate").wait_for()
    press(new, "See the invitation")
    press(new, "Accept the invitation")
    assert new.get_by_role("heading", name="Tin Roof Skate").is_visible()
    team.goto("/team/leads")
    assert not team.get_by_role("link", name="Tin Roof Skate").count()


def test_merge_and_undo(visit):
    team = open_as(visit, "officer", "/team/organisations/green-lane-wheels")
    follow(team, "Merge another one into it")
    team.get_by_label("What is it called?").fill("long row")
    press(team, "Search")
    follow(team, "Long Row Homework House")
    assert team.get_by_text("This is what will happen:").is_visible()
    press(team, "Merge them")
    assert team.get_by_role("heading", name="is part of Green Lane Wheels").is_visible()
    lead = open_as(visit, "lead", "/my/organisations/long-row-homework-house")
    assert lead.url.endswith("/my/organisations/green-lane-wheels")
    press(team, "Undo the merger")
    assert team.get_by_text("Everything is as it was.").first.is_visible()
    lead.goto("/my/organisations/long-row-homework-house")
    assert lead.get_by_role("heading", name="Long Row Homework House").is_visible()
