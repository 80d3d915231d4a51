"""What a public page costs does not grow with the register."""

import pytest

from tests.builders import charter as build
from tests.charter.conftest import standing
from tests.charter.counting import statements
from tools.bench.register import Bulk
from web import publishing

MOST = 12
ADDRESSES = (
    "/", "/charter", "/charter/easy-read", "/charter/versions/2027",
    "/charter/versions/2027/lettering.css", "/charter/poster.pdf", "/register",
    "/register?page=1&sort=newest", "/register?area=nottingham", "/register?commitment=safe",
    "/register?area=nottingham&commitment=safe&q=club", "/register?q=nothing+like+it",
    "/register?q=riversde+yuoth", "/register/feed.atom", "/sitemap.xml", "/sitemap/1.xml",
    "/robots.txt",
    "/register.json", "/register.csv", "/register/data", "/organisations/club-1",
    "/organisations/club-1/certificate.pdf", "/worried", "/words",
)  # fmt: skip


def _costs(app, pledges):
    def fill(session):
        build.agreed_charter(session)
        areas = [area.key for area in build.scheme().areas]
        Bulk(session.connection(), areas).add(pledges)

    costs = {}
    with standing(app, fill) as client:
        for address in ADDRESSES:
            _empty_shelf(app)
            with statements(app) as said:
                assert client.get(address).status_code == 200, address
            costs[address] = len(said)
    return costs


def _empty_shelf(app):
    layer = app.wsgi_app
    while not isinstance(layer, publishing.Publishing):
        layer = getattr(layer, "app", None) or layer.application
    layer.shelf = publishing.Shelf()


@pytest.fixture(scope="module")
def costs(app):
    return {pledges: _costs(app, pledges) for pledges in (10, 1000)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_as_much_of_ten_as_of_a_thousand(costs, address):
    few, many = costs[10][address], costs[1000][address]
    if "q=" in address:  # where little is found, one more: who may have been meant
        assert many <= few
    else:
        assert few == many
    assert 1 <= few <= MOST  # at least the edition


def test_what_is_on_the_shelf_costs_one_statement(app):
    def fill(session):
        build.agreed_charter(session)

    with standing(app, fill) as client:
        client.get("/register")
        with statements(app) as said:
            client.get("/register")
    assert len(said) == 1
