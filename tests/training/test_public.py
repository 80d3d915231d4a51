"""The pathways as everybody reads them: what each role needs, stage by stage."""

import re
from datetime import timedelta

import pytest

from tests.builders import charter as charters
from tests.charter.conftest import standing
from tests.training.test_loading import RETIRED, WITHOUT_C, as_two
from tests.training.test_reading import changed
from training import versions
from training.pathways import Module, Update
from training.pathways.reading import read
from training.wording import lasts, takes
from web import clock

AGREED = ('language = "en"', 'language = "en"\nagreed_by = "The group"\nagreed_on = 2027-03-03')


def _fill(session):
    charters.agreed_charter(session)
    versions.publish(session, read(changed(*AGREED)), by="system:test", at=clock.now())
    later = clock.now() + timedelta(minutes=1)
    versions.publish(session, read(as_two(WITHOUT_C) + RETIRED), by="system:test", at=later)


@pytest.fixture(scope="module")
def client(app):
    with standing(app, _fill) as client:
        yield client


def test_the_newest_version_shows_stages_and_roles(client):
    page = client.page("/training")
    told = page.main.get_text(" ")
    for words in ("First", "Beginning", "Worker", "Good for 1 year.", "Version two"):
        assert words in told
    assert "Example text." in told
    assert "Asked before, and no more" in told


def test_search_engines_are_told_of_it(client):
    told = client.get("/sitemap/1.xml").get_data(as_text=True)
    found = re.findall(r"<loc>http://localhost(/training/.*?)</loc>", told)
    assert {"/training/", "/training/one", "/training/two"} < set(found)
    assert [loc for loc in found if client.get(loc).status_code != 200] == []


def test_an_earlier_version_stays_at_its_address_and_says_so(client):
    told = client.page("/training/one").main.get_text(" ")
    assert "There is a newer one." in told
    assert "Agreed by The group on 3 March 2027." in told
    assert "For some paid posts" in told
    assert "Visiting" in client.page("/training/one/C").h1.text


def test_a_role_says_what_it_needs_stage_by_stage(client):
    page = client.page("/training/two/roles/worker")
    assert [h2.text for h2 in page.main.find_all("h2")] == ["First"]
    assert [a.text for a in page.main.find("ul").find_all("a")] == ["Beginning", "Going on"]


def test_a_module_says_what_comes_first_and_who_needs_it(client):
    told = client.page("/training/two/B").main.get_text(" ")
    for words in ("What comes then.", "First you do:", "Beginning", "Worker", "You do it once."):
        assert words in told


@pytest.mark.parametrize("address", ["/training/1", "/training/two/C", "/training/two/roles/x"])
def test_what_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_the_pages_know_nobody_and_are_kept(client):
    first = client.get("/training")
    assert "Set-Cookie" not in first.headers
    again = client.get("/training", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "You do it once."),
        ({"valid_months": 36, "update": Update(months=12, name="U")}, "Good for 3 years. With an update each year."),
        ({"valid_months": 18}, "Good for 18 months."),
        ({"update": Update(months=6, name="U")}, "With an update every 6 months."),
        ({"after_charter_months": 12}, "When there is a new charter, you have 12 months to do it again."),
        ({"qualification": True}, "It never runs out."),
    ],
)  # fmt: skip
def test_for_how_long_it_is_good(app, fields, said):
    module = Module(key="A", name="A", about=("a",), how="h", **fields)
    with app.test_request_context():
        assert lasts(module) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, ""), (1.0, "About 1 hour."), (1.5, "About 1.5 hours."), (3, "About 3 hours.")],
)
def test_how_long_it_takes(app, hours, said):
    module = Module(key="A", name="A", about=("a",), how="h", hours=hours)
    with app.test_request_context():
        assert takes(module) == said
