"""Is my club signed up?  Asked by somebody who cannot spell it."""

import pytest

from charter import states
from charter.public import nearly
from tests.builders import charter as build
from tests.charter.conftest import standing

CLUBS = (
    "Lantern Street Youth Club", "Lantern Hill Scouts", "Riverside Young Gardeners",
    "The Kîtes Café", "Youth Club", "Пионеры",
)  # fmt: skip


def register(session):
    for name in CLUBS:
        build.pledge(session, states.LIVE, organisation=build.club(session, name=name))
    past = build.club(session, name="Mallard House")
    build.pledge(session, states.SUSPENDED, organisation=past)
    for state in (states.SENT, states.WITHDRAWN, states.DRAFT):
        build.pledge(session, state, organisation=build.club(session, name=f"Hidden {state} Haus"))
    build.club(session, name="Hidden unchecked Haus")


@pytest.fixture(scope="module")
def client(app):
    with standing(app, register) as client:
        yield client


def meant(client, typed, **more):
    page = client.page("/register", q=typed, **more)
    return [a.get_text() for a in page.select(".meant a")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lanten street yuoth", "Lantern Street Youth Club"),
        ("lantern stret", "Lantern Street Youth Club"),
        ("lanternstreet club", "Lantern Street Youth Club"),
        ("LANTRN STREET", "Lantern Street Youth Club"),
        ("riverside yung gardners", "Riverside Young Gardeners"),
        ("kits caffe", "The Kîtes Café"),
        ("molard house", "Mallard House"),
        ("Пионери", "Пионеры"),
    ],
)
def test_a_name_that_is_nearly_right(client, typed, name):
    assert meant(client, typed)[0] == name


@pytest.mark.parametrize("typed", ["zzzz", "xq", "1", "🎈", "%", "boxing ring"])
def test_nobody_is_offered_for_what_is_like_nobody(client, typed):
    assert meant(client, typed) == []


def test_who_was_found_is_not_offered_again(client):
    assert "Lantern Street Youth Club" not in meant(client, "lantern street")


def test_it_is_offered_whatever_the_area(client):
    assert meant(client, "lanten street", area="gedling") == ["Lantern Street Youth Club"]


@pytest.mark.parametrize("typed", ["hiden sent haus", "hidden haus", "hiddn unchecked house"])
def test_who_is_not_public_is_never_offered(client, typed):
    assert not [name for name in meant(client, typed) if name.startswith("Hidden")]


def test_it_says_who_is_not_current(client):
    page = client.page("/register", q="molard house")
    assert "Did you mean … Mallard House not current" in " ".join(page.main.get_text(" ").split())


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("lanten street yuoth", "lantern street youth club", True),
        ("lantern street", "lantern hill scouts", False),
        ("kites", "kites", True),
        ("", "kites", False),
    ],
)
def test_how_near(one, other, near):
    assert (nearly.nearness(one, other) >= nearly.NEAR) is near
