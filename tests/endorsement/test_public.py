"""The framework as everybody reads it: by names, in plain words, each version at its address."""

import re
from datetime import timedelta

import pytest

from endorsement import versions
from endorsement.framework.reading import read
from endorsement.framework.wording import rules_in_words
from tests.builders import charter as charters
from tests.charter.conftest import standing
from tests.endorsement.test_loading import RETIRED, changed, without_the_last_standard
from web import clock
from web.settings import ROOT

INDICATORS = (ROOT / "tests" / "content" / "indicators.toml").read_text("utf-8")
AGREED = ('language = "en"', 'language = "en"\nagreed_by = "The group"\nagreed_on = 2027-03-03')


def _fill(session):
    charters.agreed_charter(session)
    versions.publish(session, read(changed(AGREED)), by="system:test", at=clock.now())
    newer = without_the_last_standard(retired=RETIRED + "\n")
    newer = newer.replace('area = "S1"', 'area = "S1"\ncharter = ["heard", "moon"]', 1)
    later = clock.now() + timedelta(minutes=1)
    versions.publish(session, read(newer), by="system:test", at=later)


@pytest.fixture(scope="module")
def client(app):
    with standing(app, _fill) as client:
        yield client


def test_the_newest_version_is_read_by_names(client):
    page = client.page("/quality")
    told = page.main.get_text(" ")
    assert page.h1.text == "The Three Step Mark"
    for name in ("Relationships", "Trust is built", "Bronze", "Emerging"):
        assert name in told
    assert "S1-1" not in told
    assert "Asked before, and no more" in told
    assert "Example text." in told
    assert "Version indicators-2" in told


def test_search_engines_are_told_of_it(client):
    site = "http://localhost"
    told = client.get("/sitemap/1.xml").get_data(as_text=True)
    pages = ["/quality/", "/quality/indicators-1", "/quality/indicators-2"]
    assert [p for p in pages if f"<loc>{site}{p}</loc>" not in told] == []
    found = [loc.removeprefix(site) for loc in re.findall(r"<loc>(.+?)</loc>", told)]
    standards = [loc for loc in found if loc.startswith("/quality/indicators-2/")]
    assert len(standards) == 11
    assert {client.get(loc).status_code for loc in standards} == {200}


def test_an_earlier_version_stays_at_its_address_and_says_so(client):
    page = client.page("/quality/indicators-1")
    told = page.main.get_text(" ")
    assert "There is a newer one." in told
    assert "Agreed by The group on 3 March 2027." in told
    assert "Example text." not in told
    assert "Spaces are safe" in {link.text for link in page.main.find_all("a")}
    one = client.page("/quality/indicators-1/S4-3")
    assert (one.h1.text, "There is a newer one." in one.main.text) == ("Spaces are safe", True)


def test_one_standard_shows_its_points_and_the_promises_it_goes_with(client):
    page = client.page("/quality/indicators-2/S1-1")
    assert [dt.text for dt in page.main.find_all("dt")] == ["Emerging", "Established", "Enhanced"]
    assert page.main.find("a", href="/charter#heard") is not None
    assert "moon" not in page.main.text


@pytest.mark.parametrize(
    "address", ["/quality/1999", "/quality/indicators-2/S4-3", "/quality/indicators-2/s1-1"]
)
def test_what_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_the_pages_know_nobody_and_are_kept(client):
    first = client.get("/quality")
    assert "Set-Cookie" not in first.headers
    again = client.get("/quality", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_rules_in_plain_sentences():
    framework = read(ROOT / "content" / "framework.toml")
    said = dict(rules_in_words(framework, framework.level_by_key["excellent"]))
    assert said == {
        "": ["Everything is at “In place” or above."],
        "The whole framework": [
            "At least 14 are at “Making a difference”.",
            "All of “Voice and power” is among them.",
            "Every area has at least 1 of them.",
        ],
        "Small groups": [
            "At least 8 are at “Making a difference”.",
            f"These are at “Making a difference” or above: {framework.by_key['B1'].name}; "
            f"{framework.by_key['B2'].name}.",
        ],
    }
    silver = read(INDICATORS).levels[1]
    assert dict(rules_in_words(read(INDICATORS), silver))[""][1] == (
        "At least 2 whole areas are at “Enhanced” or above."
    )
