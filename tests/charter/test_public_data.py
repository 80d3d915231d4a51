"""The register as open data."""

import csv
import io
import json

import pytest

from charter import states
from charter.public.data import FIELDS
from tests.builders import charter as build

ODD = ("=1+1", "+44 Club", "-Minus", "@home", 'Comma, “quote” "and"', "Ünï 🙂 ش")


@pytest.fixture
def register(session):
    build.agreed_charter(session)
    lapsed = build.club(session, name="Was there", areas=["ashfield", "gedling"])
    build.pledge(session, states.LAPSED, organisation=lapsed)
    for name in ODD:
        build.pledge(session, states.LIVE, organisation=build.club(session, name=name))


def rows(client):
    response = client.get("/register.csv")
    assert response.mimetype == "text/csv"
    text = response.data.decode("utf-8-sig")
    assert response.data.startswith(b"\xef\xbb\xbf")  # so that Excel reads it as UTF-8
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_both_files_hold_the_documented_fields(client, register):
    told = client.get("/register.json").json
    documented = [
        dt.get_text() for dt in client.page("/register/data").select("dl")[0].select("dt")
    ]
    assert documented == list(FIELDS)
    assert len(told["organisations"]) == len(ODD) + 1
    assert all(list(row) == documented for row in told["organisations"])
    assert all(list(row) == documented for row in rows(client))


def test_the_json_says_whose_it_is_and_what_it_may_be_used_for(client, register):
    told = client.get("/register.json").json
    assert told["licence"]["name"] == "Open Government Licence v3.0"
    assert told["licence"]["url"].startswith("https://www.nationalarchives.gov.uk/")
    assert told["published_by"].startswith("Nottingham and Nottinghamshire Violence")
    assert told["as_of"] == "2027-03-02"
    assert told["schema"] == "http://localhost/register/data"
    page = client.page("/register/data")
    assert page.select_one("a[rel~=license]")["href"] == told["licence"]["url"]
    keys = [dt.get_text() for dt in page.select("dl")[1].select("dt")]
    assert keys == list(told["areas"])


def test_a_row_tells_the_truth_of_a_pledge(client, register):
    told = {o["name"]: o for o in client.get("/register.json").json["organisations"]}
    assert told["@home"] == {
        "name": "@home",
        "page": "http://localhost/organisations/home",
        "standing": "current",
        "pledged_on": "2027-03-02",
        "due_on": "2028-03-02",
        "areas": ["ashfield"],
        "commitments": ["safe", "respect", "heard"],
        "charter_version": "2027",
        "level": None,
    }
    past = told["Was there"]
    assert (past["standing"], past["due_on"]) == ("not current", None)
    for row in told.values():
        assert client.get(row["page"].removeprefix("http://localhost")).status_code == 200


def test_the_spreadsheet_holds_the_same(client, register):
    told = client.get("/register.json").json["organisations"]
    for row, other in zip(rows(client), told, strict=True):
        assert row["name"].removeprefix("'") == other["name"]
        assert row["areas"].split() == other["areas"]
        assert row["commitments"].split() == other["commitments"]
        assert row["due_on"] == (other["due_on"] or "")
        assert row["page"] == other["page"]


def test_no_cell_can_be_taken_for_a_formula(client, register):
    found = {row["name"] for row in rows(client)}
    assert {"'=1+1", "'+44 Club", "'-Minus", "'@home"} <= found
    text = client.get("/register.csv").text
    cells = [
        cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) for cell in row
    ]
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []


def test_both_may_be_read_from_other_sites_and_neither_sets_a_cookie(client, register):
    for address in ("/register.json", "/register.csv"):
        response = client.get(address)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers


def test_an_empty_register_is_data_too(client):
    assert client.get("/register.json").json["organisations"] == []
    assert rows(client) == []
    assert json.loads(client.get("/register.json").data)["areas"]
