"""The register for feed readers, search engines and whoever reads the page's meaning."""

import xml.etree.ElementTree as ET

import pytest

from charter import actions, states
from charter.public import feed_views
from tests.builders import accounts, people
from tests.builders import charter as build
from tests.conftest import settings_for_tests
from web import clock
from web.factory import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    return ET.fromstring(answer.data)


def names(client):
    return [
        e.find(f"{ATOM}title").text
        for e in read(client, "/register/feed.atom").iter(f"{ATOM}entry")
    ]


@pytest.fixture
def register(session):
    build.agreed_charter(session)
    for name in ("First & <last>", "Second", "Third"):
        build.pledge(session, states.LIVE, organisation=build.club(session, name=name))


def test_the_feed_holds_what_atom_asks_for(client, register):
    told = read(client, "/register/feed.atom")
    for name in ("id", "title", "updated", "author", "link"):
        assert told.find(f"{ATOM}{name}") is not None
    entries = told.findall(f"{ATOM}entry")
    assert {e.find(f"{ATOM}title").text for e in entries} == {"First & <last>", "Second", "Third"}
    assert len({e.find(f"{ATOM}id").text for e in entries}) == 3
    assert all(e.find(f"{ATOM}updated").text.endswith("Z") for e in entries)


def test_an_id_outlives_a_new_name(session, client, register):
    before = {
        e.find(f"{ATOM}id").text for e in read(client, "/register/feed.atom").iter(f"{ATOM}entry")
    }
    from sqlalchemy import select

    from accounts.models import Organisation
    from web.audit import record

    club = session.scalars(select(Organisation).where(Organisation.name == "Second")).one()
    officer = people.officer(session)
    club.name = "Renamed"
    record(session, club, "rename", by=officer, at=clock.now())
    session.commit()
    told = read(client, "/register/feed.atom")
    assert "Renamed" in names(client)
    assert {e.find(f"{ATOM}id").text for e in told.iter(f"{ATOM}entry")} == before


def test_only_who_is_current(session, client, register):
    lapsed = build.club(session, name="Over")
    build.pledge(session, states.SUSPENDED, organisation=lapsed)
    build.pledge(session, states.SENT, organisation=build.club(session, name="Waiting"))
    assert sorted(names(client)) == ["First & <last>", "Second", "Third"]


def test_it_is_found_from_the_register(client, register):
    page = client.page("/register")
    link = page.select_one('link[rel=alternate][type="application/atom+xml"]')
    assert client.get(link["href"]).mimetype == "application/atom+xml"


# The sitemap


def locs(client, address):
    return [loc.text for loc in read(client, address).iter(f"{MAP}loc")]


def test_every_address_of_the_sitemap_is_a_public_page(client, register):
    assert locs(client, "/sitemap.xml") == ["http://localhost/sitemap/1.xml"]
    found = locs(client, "/sitemap/1.xml")
    assert "http://localhost/organisations/second" in found
    assert "http://localhost/charter/versions/2027" in found
    assert len(found) == len(set(found))
    for address in found:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_who_is_hidden_is_not_in_it(session, client, register):
    build.pledge(session, states.SENT, organisation=build.club(session, name="Waiting"))
    assert "waiting" not in str(locs(client, "/sitemap/1.xml"))


def test_many_addresses_are_cut_into_files(client, register, monkeypatch):
    whole = locs(client, "/sitemap/1.xml")
    monkeypatch.setattr(feed_views.feed, "A_FILE", 5)
    _empty(client)
    files = [a.removeprefix("http://localhost") for a in locs(client, "/sitemap.xml")]
    assert len(files) == -(-len(whole) // 5)
    assert [loc for file in files for loc in locs(client, file)] == whole
    assert client.get(f"/sitemap/{len(files) + 1}.xml").status_code == 404
    assert client.get("/sitemap/0.xml").status_code == 404


def _empty(client):
    client.application.extensions["publishing"].shelf.__init__()


def test_robots_name_the_sitemap_and_close_what_is_private(client, register):
    said = client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /my/" in said
    assert said.endswith("Sitemap: http://localhost/sitemap.xml\n")


def test_of_an_example_nothing_is_to_be_found(tmp_path):
    url = f"sqlite:///{tmp_path / 'example.sqlite'}"
    app = create_app(settings_for_tests(url, example=True, environment="development"))
    from web import migrate

    migrate.upgrade(url)
    said = app.test_client().get("/robots.txt").get_data(as_text=True)
    assert said == "User-agent: *\nDisallow: /\n"
    app.extensions["database"].engine.dispose()


# What the page means, for machines


def test_an_organisations_page_tells_machines_what_it_tells_people(session, client):
    club = build.club(session, name="Kites", public_phone="0115 496 0200")
    shown = accounts.project(session, club)
    accounts.place(session, shown, "Kites Hall", address="1 High Street", times="Mondays")
    hidden = accounts.project(session, club, sort="detached")
    accounts.place(session, hidden, "The corner", address="9 Back Lane")
    build.pledge(session, states.DRAFT, organisation=club)
    pledge = club and _made_live(session, club)
    assert pledge.state == states.LIVE
    page = client.page("/organisations/kites")
    thing = page.select_one("[itemscope][itemtype='https://schema.org/Organization']")
    assert thing.select_one("h1[itemprop=name]").get_text() == "Kites"
    assert thing.select_one("[itemprop=telephone]").get_text() == "0115 496 0200"
    places = [p.get_text() for p in thing.select("[itemprop=location] [itemprop=name]")]
    assert places == ["Kites Hall"]
    assert "Back Lane" not in str(page)
    kinds = {node["itemtype"] for node in page.select("[itemtype]")}
    assert kinds == {"https://schema.org/Organization", "https://schema.org/Place"}


def _made_live(session, club):
    from charter.queries import newest_pledge

    pledge = newest_pledge(session, club)
    who = {"by": build.lead_of(club), "at": clock.now()}
    actions.see_details(session, pledge, contact_name="A", contact_email="a@example.org", **who)
    actions.cover(session, pledge, list(club.projects), **who)
    actions.name_signatory(session, pledge, name="Joan Price", role="Chair", **who)
    for commitment in pledge.charter_version.commitments:
        if commitment.key in build.GOOD:
            text = build.GOOD[commitment.key]
            actions.write_action(session, pledge, commitment, text, **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    build.decide(session, pledge, states.LIVE, people.officer(session))
    session.commit()
    return pledge
