"""Another county is content: the public pages under its scheme file."""

import pytest

from charter import states
from tests.builders import charter as build
from tests.charter.conftest import standing
from tests.client import PortalClient
from tests.conftest import settings_for_tests
from tests.web.test_scheme import RUTLAND
from web.factory import create_app

EVERY = (
    "/", "/charter", "/charter/easy-read", "/register", "/register/data", "/worried",
    "/accessibility", "/privacy", "/cookies", "/words", "/organisations/vale-club",
)  # fmt: skip
NOTTINGHAM = ("Nottingham", "Ashfield", "Childline", "charter.example")


def fill(session):
    club = build.club(session, name="Vale Club", areas=["upper-gwash", "oakmere"])
    written = {**build.GOOD, "trust": "We keep every promise that we write on the wall."}
    build.pledge(session, states.LIVE, organisation=club, written=written)


@pytest.fixture(scope="module")
def client(database_url):
    from datetime import UTC, datetime

    from web import clock

    app = create_app(settings_for_tests(database_url, scheme_file=RUTLAND))
    app.test_client_class = PortalClient
    clock.freeze(datetime(2027, 3, 2, 10, 30, tzinfo=UTC))
    with standing(app, fill) as client:
        yield client
    app.extensions["database"].engine.dispose()


@pytest.mark.parametrize("address", EVERY)
def test_a_page_has_the_other_countys_names_and_none_of_ours(client, address):
    page = client.page(address)
    assert page.title.get_text().endswith("– Our Promise")
    assert page.html["lang"] == "en-GB"
    assert "Safer Futures Trust" in page.footer.get_text()
    assert [name for name in NOTTINGHAM if name in str(page)] == []


def test_its_numbers_are_its_own(client):
    page = client.page("/worried")
    names = [h.get_text() for h in page.select(".calls h2")]
    assert names == ["Vale Listening Line", "Upper Gwash children's desk"]


def test_its_areas_are_its_own(client):
    page = client.page("/register", area="upper-gwash")
    options = [o.get_text() for o in page.select_one("#area").select("option")]
    assert options == ["Anywhere", "Oakmere", "Upper Gwash", "Stoke Water"]
    assert len(page.select(".entries > li")) == 1
    assert client.get("/register?area=ashfield").status_code == 422


def test_its_clocks_are_its_own(client):
    told = client.page("/organisations/vale-club").main.get_text()
    assert "2 March 2029" in told  # it renews after two years


def test_its_colours_are_its_own(client):
    sheet = client.get("/colours.css").text
    assert "--sign-1:#5b1a5e" in sheet
    assert "#ffc914" not in sheet


def test_its_data_say_so(client):
    told = client.get("/register.json").json
    assert told["title"] == "The Young People's Promise"
    assert told["licence"]["name"] == "Creative Commons Attribution 4.0"
    assert list(told["areas"]) == ["oakmere", "upper-gwash", "stoke-water"]


def test_its_pdfs_are_made(client):
    for address in ("/charter/poster.pdf", "/organisations/vale-club/certificate.pdf"):
        assert client.get(address).data.startswith(b"%PDF-")
