"""Projects and places, and the rule about what is shown of them."""

import pytest
from sqlalchemy import select

from accounts.models import SORTS, Place, Project
from tests.builders import accounts as build
from tests.client import soup

DESK = "/my/organisations/kites-youth-club"
NEW = f"{DESK}/projects/new"
FRIDAYS = {"name": "Friday nights", "sort": "open", "areas": ["ashfield"], "about": "Games."}
HALL = {
    "name": "The hall",
    "area": "ashfield",
    "address": "1 High Street\nSutton",
    "postcode": "ng171aa",
    "times": "Fridays, 6pm to 9pm",
    "show": "yes",
}


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def kites(session):
    return build.checked_organisation(session)


@pytest.fixture
def lead(client, kites):
    client.sign_in(build.lead_of(kites))
    return client


def only(session, model):
    session.expire_all()
    (found,) = session.scalars(select(model)).all()
    return found


def test_a_project_and_its_place(lead, session):
    answer = lead.send(NEW, **FRIDAYS)
    assert answer.location == f"{DESK}/projects/friday-nights"
    assert lead.post_raw(f"{answer.location}/places/new", HALL).status_code == 303
    place = only(session, Place)
    assert (place.postcode, place.published) == ("NG17 1AA", True)
    page = words(lead.get(answer.location))
    assert "Shown in public" in page
    assert "1 High Street, Sutton, NG17 1AA" in page
    assert "Begin your pledge" in page, "the way back to it"


@pytest.mark.parametrize("sort", [s for s in SORTS if s != "open"])
def test_only_open_access_is_ever_shown(lead, session, kites, sort):
    project = build.project(session, kites, "Friday nights", sort=sort)
    address = f"{DESK}/projects/{project.slug}/places/new"
    page = lead.page(address)
    assert not page.select("[name=show]")
    assert "This place is not shown in public" in page.get_text()
    assert page.select_one("main a[href$='/change#sort']")
    lead.post_raw(address, HALL)
    place = only(session, Place)
    assert (place.show, place.published) == (False, False)


def test_leaving_open_access_hides_its_places(lead, session, kites):
    project = build.project(session, kites, "Friday nights")
    build.place(session, project)
    answer = lead.send(f"{DESK}/projects/friday-nights/change", sort="detached", follow=True)
    assert "Its places are no longer shown in public." in words(answer)
    place = only(session, Place)
    assert (place.show, place.published) == (False, False)
    lead.send(f"{DESK}/projects/friday-nights/change", sort="open")
    assert only(session, Place).published is False, "shown again only when somebody says so"


def test_closing_hides_and_opening_again_shows(lead, session, kites):
    build.place(session, build.project(session, kites, "Friday nights"))
    address = f"{DESK}/projects/friday-nights"
    lead.send(f"{address}/close", "Close the project")
    assert only(session, Place).published is False
    assert lead.get(f"{address}/change").status_code == 403
    assert lead.get(f"{address}/places/new").status_code == 403
    lead.send(address, "Open it again")
    assert only(session, Place).published is True


def test_a_place_is_changed_and_removed(lead, session, kites):
    place = build.place(session, build.project(session, kites, "Friday nights"))
    address = f"{DESK}/projects/friday-nights/places/{place.reference}"
    assert lead.send(address, name="The barn", show="no").status_code == 303
    place = only(session, Place)
    assert (place.name, place.show) == ("The barn", False)
    lead.send(f"{address}/remove", "Take off")
    assert session.scalars(select(Place)).all() == []
    assert lead.get(address).status_code == 404


def test_two_who_change_a_place_see_both_texts(app, lead, session, kites):
    place = build.place(session, build.project(session, kites, "Friday nights"), times="Fridays")
    address = f"{DESK}/projects/friday-nights/places/{place.reference}"
    token = lead.page(address).select_one("[name=opened]")["value"]
    other = app.test_client()
    other.sign_in(build.member(session, kites))
    other.send(address, times="Saturdays", show="no")
    mine = HALL | {
        "name": place.name,
        "address": place.address,
        "times": "Sundays",
        "opened": token,
    }
    answer = lead.post_raw(address, mine | {"postcode": place.postcode})
    assert answer.status_code == 422
    assert "Saturdays" in words(answer)
    assert soup(answer).select_one("[name=times]").get_text().strip() == "Sundays"
    chosen = soup(answer).select_one("[name=show][checked]")
    assert chosen["value"] == "no", "only they changed it"


def test_a_double_click_adds_one(lead, session):
    first, second = lead.post_raw(NEW, FRIDAYS), lead.post_raw(NEW, FRIDAYS)
    assert (first.status_code, first.location) == (303, second.location)
    assert only(session, Project)
    assert words(lead.post_raw(NEW, FRIDAYS | {"about": "Other"})).count("tells them apart")
    for _ in range(2):
        assert lead.post_raw(f"{first.location}/places/new", HALL).status_code == 303
    assert only(session, Place)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter a name for the project."),
        ({"name": "🪁"}, "at least two letters or numbers"),
        ({"name": "K" * 10_000}, "shorten this to 120 characters"),
        ({"name": "K\0ites"}, "cannot be shown"),
        ({"sort": "secret"}, "Choose how young people come to it."),
        ({"areas": ["atlantis"]}, "Choose one or more areas"),
        ({"areas": []}, "Choose one or more areas"),
        ({"about": "x" * 1001}, "shorten this to 1000 characters"),
    ],
)
def test_mistakes_in_a_project(lead, session, typed, said):
    answer = lead.post_raw(NEW, FRIDAYS | typed)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert session.scalars(select(Project)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter a name for the place."),
        ({"area": "atlantis"}, "Choose the area it is in."),
        ({"postcode": "Sutton"}, "Enter a full UK postcode"),
        ({"address": "x" * 301}, "shorten this to 300 characters"),
    ],
)
def test_mistakes_in_a_place(lead, session, kites, typed, said):
    project = build.project(session, kites)
    answer = lead.post_raw(f"{DESK}/projects/{project.slug}/places/new", HALL | typed)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert session.scalars(select(Place)).all() == []


def test_empty_posts_say_what_is_missing(lead, kites, session):
    project = build.project(session, kites)
    for address in (NEW, f"{DESK}/projects/{project.slug}/places/new", "/my/organisations/new"):
        assert lead.post_raw(address, {}).status_code == 422


def test_an_editor_changes_and_a_viewer_looks(client, session, kites):
    project = build.project(session, kites, "Friday nights")
    place = build.place(session, project)
    address = f"{DESK}/projects/friday-nights"
    client.sign_in(build.member(session, kites, "editor"))
    assert client.send(f"{address}/change", about="New.").status_code == 303
    client.sign_in(build.member(session, kites, "viewer"))
    assert client.page(address).h1.get_text() == "Friday nights"
    ends = ("/change", "/close", "/places/new", f"/places/{place.reference}")
    for end in (*ends, f"/places/{place.reference}/remove"):
        assert client.get(f"{address}{end}").status_code == 403
        assert client.post_raw(f"{address}{end}", HALL).status_code == 403
    assert client.post_raw(f"{address}/open-again", {}).status_code == 403


@pytest.mark.parametrize("name", ["نادي الجمعة", "New", "Organisation", "Friday & Saturday"])
def test_every_name_has_an_address(lead, session, name):
    answer = lead.send(NEW, **(FRIDAYS | {"name": name}), follow=True)
    assert soup(answer).h1.get_text() == name
    assert only(session, Project).slug not in ("new", "")


def test_whether_a_place_is_shown_is_always_asked(lead, session, kites):
    project = build.project(session, kites, "Friday nights")
    address = f"{DESK}/projects/{project.slug}/places/new"
    assert not lead.page(address).select("[name=show][checked]")
    answer = lead.send(address, name="The hall", area="ashfield")
    assert answer.status_code == 422
    assert "Choose yes to show the address and times in public" in words(answer)


def test_the_only_area_is_chosen_already(lead, session, kites):
    chosen = lead.page(NEW).select("[name=areas][checked]")
    assert [box["value"] for box in chosen] == list(kites.areas)
    project = build.project(session, kites, "Friday nights")
    place = lead.page(f"{DESK}/projects/{project.slug}/places/new")
    assert [box["value"] for box in place.select("[name=area][checked]")] == list(project.areas)


def test_a_project_without_a_place_says_so(lead, session, kites):
    build.project(session, kites, "Friday nights")
    assert "Friday nights : no address yet, add it" in words(lead.get(DESK))
