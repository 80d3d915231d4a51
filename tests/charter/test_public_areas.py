"""The map of the areas on the first page."""

import tomllib

import pytest

from charter import states
from tests.builders import charter as build
from web.scheme import Scheme, SchemeError, load_scheme
from web.settings import ROOT

SCHEME = ROOT / "content" / "scheme.toml"


def test_each_area_tells_how_many_signed_there_and_leads_to_them(session, client):
    for areas in (["ashfield"], ["ashfield", "gedling"]):
        build.pledge(session, states.LIVE, organisation=build.club(session, areas=areas))
    past = build.club(session, areas=["mansfield"])
    build.pledge(session, states.SUSPENDED, organisation=past)
    page = client.page("/")
    told = {
        tile.a["href"]: " ".join(tile.get_text(" ").split()) for tile in page.select(".tiles li")
    }
    assert len(told) == 8
    assert told["/register?area=ashfield"] == "Ashfield 2 signed"
    assert told["/register?area=gedling"] == "Gedling 1 signed"
    assert told["/register?area=mansfield"] == "Mansfield 0 signed"
    assert len(page.select(".tile--none")) == 6
    assert "2 clubs and groups found" in client.get("/register?area=ashfield").text


def test_without_places_they_stand_two_abreast():
    scheme = load_scheme(SCHEME)
    bare = [area.model_copy(update={"tile": None}) for area in scheme.areas]
    some = Scheme.model_copy(scheme, update={"areas": (*bare[:-1], scheme.areas[-1])})
    assert [(c, r) for _, c, r in some.tiles][:3] == [(1, 1), (2, 1), (1, 2)]
    assert next((c, r) for _, c, r in scheme.tiles) == (2, 1)


@pytest.mark.parametrize(
    ("tile", "said"),
    [("[2, 4]", "is the place of areas[1]"), ("[9, 1]", "tile"), ('"left"', "tile")],
)
def test_a_place_that_does_not_do_is_refused(tmp_path, tile, said):
    text = SCHEME.read_text("utf-8")
    assert "tile = [1, 3]" in text
    assert tomllib.loads(text)
    file = tmp_path / "scheme.toml"
    file.write_text(text.replace("tile = [1, 3]", f"tile = {tile}"), "utf-8")
    with pytest.raises(SchemeError) as refused:
        load_scheme(file)
    assert said in str(refused.value)
