"""The register's pages: their order, how many and of how many, and places found by name."""

from datetime import timedelta

import pytest

from charter import actions, states
from charter.public.queries import PAGE
from tests.builders import accounts, people
from tests.builders import charter as build
from tools.bench.register import Bulk
from web import clock


def words(node):
    return " ".join(node.get_text(" ").split())


def names(page):
    return [words(h) for h in page.select(".entries h3")]


def found(client, **query):
    return names(client.page("/register", **query))


def test_newest_first(client, session):
    for number, name in enumerate(("First", "Second", "Third")):
        clock.freeze(clock.now() + timedelta(days=number))
        build.pledge(session, states.LIVE, organisation=build.club(session, name=name))
    assert found(client, sort="newest") == ["Third", "Second", "First"]
    assert found(client, sort="newest", area="ashfield") == ["Third", "Second", "First"]


@pytest.fixture
def many(session):
    build.agreed_charter(session)
    areas = [area.key for area in build.scheme().areas]
    Bulk(session.connection(), areas).add(43)
    session.commit()


def test_pages_say_how_many_and_of_how_many(client, many):
    seen = []
    for number, said in ((1, "1 to 20 of 43"), (2, "21 to 40 of 43"), (3, "41 to 43 of 43")):
        page = client.page("/register", page=number)
        assert words(page.select_one("nav.paging p")) == said
        first = page.select_one("ol.entries").get("start", "1")
        assert int(first) == (number - 1) * PAGE + 1
        seen += names(page)
    assert len(seen) == len(set(seen)) == 43
    assert seen == found(client) + found(client, page=2) + found(client, page=3)


def test_the_ways_to_the_other_pages_keep_the_search(client, many):
    page = client.page("/register", page=2, sort="newest", q="")
    links = {a["rel"][0]: a["href"] for a in page.select("nav.paging a")}
    assert links == {"prev": "/register?sort=newest", "next": "/register?sort=newest&page=3"}
    last = client.page("/register", page=3)
    assert last.select_one("nav.paging a[rel=next]") is None
    area = client.page("/register", area="nottingham", commitment="safe")
    onward = area.select_one("nav.paging a[rel=next]")["href"]
    assert onward == "/register?area=nottingham&commitment=safe&page=2"
    assert client.get(onward).status_code == 200


@pytest.mark.parametrize("page", [4, 5, 100_000])
def test_beyond_the_last_page_there_is_nothing(client, many, page):
    response = client.get(f"/register?page={page}")
    assert response.status_code == 404
    assert "The register has no such page. Go back to its first page." in response.text


def test_a_place_is_found_by_its_name_if_the_page_may_show_it(client, session):
    """Neither a hidden place nor one of a project that the pledge leaves out."""
    club = build.club(session, name="Kites")
    covered, left_out = accounts.project(session, club), accounts.project(session, club)
    street = accounts.project(session, club, sort="detached")
    accounts.place(session, covered, "Lantern Hall")
    accounts.place(session, covered, "Secret Hall", show=False)
    accounts.place(session, left_out, "Other Hall")
    accounts.place(session, street, "Market Corner")
    pledge = build.begun(session, club, build.agreed_charter(session))
    build.fill(session, pledge)
    who = {"by": build.lead_of(club), "at": clock.now()}
    actions.cover(session, pledge, [covered, street], **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    build.decide(session, pledge, states.LIVE, people.officer(session))
    session.commit()
    told = words(client.page("/organisations/kites").main)
    for place in ("Lantern Hall", "Secret Hall", "Other Hall", "Market Corner"):
        shown = place == "Lantern Hall"
        assert (found(client, q=place) == ["Kites"]) is shown, place
        assert (place in told) is shown, place
