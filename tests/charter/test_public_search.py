"""Looking somebody up in the register: by name as people type it, by area, by commitment."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wtforms.fields.core import UnboundField

from charter import states
from charter.public.forms import RegisterSearch
from tests.builders import charter as build
from tests.charter.conftest import standing
from tests.client import soup
from web.access import guard_of

CLUBS = {
    "The Kîtes Café": (["ashfield"], ("safe", "respect", "heard")),
    "St Brigid’s Friday Club": (["nottingham"], ("safe", "choice", "trust")),
    "Łódź Street Girls' Group": (["ashfield", "mansfield"], ("heard", "welcome", "trust")),
    "Bread & Roses": (["mansfield"], ("safe", "respect", "community")),
    "Пионеры": (["gedling"], ("safe", "respect", "heard")),
    "100% Skate_Park": (["gedling"], ("safe", "respect", "heard")),
}
ACTION = "We do what we say we will do, each week, and tell everyone."


def register(session):
    for name, (areas, keys) in CLUBS.items():
        club = build.club(session, name=name, areas=areas)
        build.pledge(session, states.LIVE, organisation=club, written=dict.fromkeys(keys, ACTION))


@pytest.fixture(scope="module")
def client(app):
    with standing(app, register) as client:
        yield client


def words(node):
    return " ".join(node.get_text(" ").split())


def names(page):
    return [words(h) for h in page.select(".entries h3")]


def found(client, **query):
    return names(client.page("/register", **query))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kites cafe", "The Kîtes Café"),
        ("KÎTES", "The Kîtes Café"),
        ("the kites", "The Kîtes Café"),
        ("cafe the kites", "The Kîtes Café"),
        ("  ki   caf ", "The Kîtes Café"),
        ("kites ashfield", "The Kîtes Café"),
        ("st brigids", "St Brigid’s Friday Club"),
        ("St. Brigid's", "St Brigid’s Friday Club"),
        ("st brigid`s", "St Brigid’s Friday Club"),
        ("the friday club", "St Brigid’s Friday Club"),
        ("lodz", "Łódź Street Girls' Group"),
        ("girls group", "Łódź Street Girls' Group"),
        ("girls’ group", "Łódź Street Girls' Group"),
        ("bread and roses", "Bread & Roses"),
        ("bread roses", "Bread & Roses"),
        ("пионеры", "Пионеры"),
        ("100%", "100% Skate_Park"),
        ("skate park", "100% Skate_Park"),
        ("skatepark", "100% Skate_Park"),
    ],
)
def test_a_name_is_found_as_people_type_it(client, typed, name):
    assert found(client, q=typed) == [name]


@pytest.mark.parametrize("typed", ["xyzzy", "kites brigid", "kites gedling", "%", "_", "the the"])
def test_what_is_not_there_is_not_found(client, typed):
    page = client.page("/register", q=typed)
    if typed in ("%", "_", "the the"):  # nothing to look for: nobody is left out
        assert len(names(page)) == len(CLUBS)
        return
    assert names(page) == []
    assert "Nobody here fits. Try fewer letters or another area." in words(page.main)
    assert "0 clubs and groups found" in words(page.main)
    assert page.select_one("nav.paging") is None
    assert "Not listed does not mean unsafe" in words(page.main)


def test_by_area_by_commitment_and_by_both(client):
    assert found(client, area="ashfield") == ["The Kîtes Café", "Łódź Street Girls' Group"]
    assert found(client, commitment="trust") == [
        "Łódź Street Girls' Group", "St Brigid’s Friday Club",
    ]  # fmt: skip
    assert found(client, area="ashfield", commitment="trust") == ["Łódź Street Girls' Group"]
    assert found(client, area="ashfield", commitment="community") == []
    assert found(client, q="cafe", area="ashfield", commitment="safe") == ["The Kîtes Café"]
    assert found(client, q="cafe", area="gedling") == []


def test_the_page_is_given_every_field_of_its_form(app):
    form = {
        name
        for name in vars(RegisterSearch)
        if isinstance(getattr(RegisterSearch, name), UnboundField)
    }
    with app.app_context():
        guard = guard_of("charter.register")
    assert guard is not None
    assert guard.reads == form


def test_the_form_keeps_what_was_asked(client):
    page = client.page("/register", q="<b>kites", area="ashfield", commitment="safe", sort="newest")
    assert page.select_one("#q")["value"] == "<b>kites"
    chosen = {s["name"]: s.select_one("option[selected]")["value"] for s in page.select("select")}
    assert chosen == {"area": "ashfield", "commitment": "safe", "sort": "newest"}


def test_by_name_without_the_and_accents(client):
    assert found(client) == [
        "100% Skate_Park", "Bread & Roses", "The Kîtes Café", "Łódź Street Girls' Group",
        "St Brigid’s Friday Club", "Пионеры",
    ]  # fmt: skip


def test_an_entry_shows_what_it_wrote_an_action_for(client):
    page = client.page("/register", q="bread")
    entry = page.select_one(".entries li")
    assert [svg["aria-label"] for svg in entry.select(".wrote svg")] == [
        "Keep us safe", "Respect us", "Stand with us in our community",
    ]  # fmt: skip
    assert "Signed · since 2 March 2027 · Mansfield" in words(entry)
    assert entry.select_one("h3 a")["href"] == "/organisations/bread-and-roses"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("area=atlantis", "Area: Choose one of these."),
        ("commitment=fun", "Commitment: Choose one of these."),
        ("sort=worst", "Order: Choose one of these."),
        ("page=0", "Page: Give the page as a number, from 1."),
        ("page=-1", "Page: Give the page as a number, from 1."),
        ("page=two", "Page: Give the page as a number, from 1."),
        ("page=1e3", "Page: Give the page as a number, from 1."),
        ("page=999999999999999999999999", "Page: Give the page as a number, from 1."),
        ("q=" + "a" * 101, "shorten this to 100 characters or fewer. It has 101."),
        ("q=a%01b", "Mend the characters that read"),
        ("area=%01", "Area: Choose one of these."),
    ],
)
def test_what_cannot_be_looked_up_is_said_in_words(client, query, said):
    response = client.get(f"/register?{query}")
    assert response.status_code == 422
    page = soup(response)
    assert page.title.get_text().startswith("Error: Who has signed")
    assert said in words(page.select_one("[role=alert]"))
    assert names(page) == []


texts = st.text(max_size=120) | st.sampled_from(["", "safe", "ashfield", "name", "1", "2", "%00"])
fields = st.sampled_from(["q", "area", "commitment", "sort", "page", "other", "q[]", ""])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.lists(st.tuples(fields, texts), max_size=6))
def test_nothing_typed_into_the_address_breaks_the_register(client, query):
    shown = [(name, value.encode("utf-8", "surrogatepass")) for name, value in query]
    assert client.get("/register", query_string=shown).status_code in (200, 400, 404, 422)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.binary(max_size=200))
def test_nor_do_raw_bytes(client, query):
    raw = query.decode("latin-1")
    response = client.get("/register", environ_overrides={"QUERY_STRING": raw})
    assert response.status_code in (200, 400, 404, 422)
