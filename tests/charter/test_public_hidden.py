"""What the public must not see.  All of it is there to be seen, should a page slip."""

import json

import pytest

from accounts.actions import organisations as acts
from charter import actions, states
from tests.builders import accounts, people
from tests.builders import charter as build
from tests.charter.conftest import standing
from web import clock

HIDDEN = ("unchecked", "draft", "sent", "returned", "withdrawn", "closed", "checked only")
SECRET = {
    "Ravenhall": "a place the club does not show",
    "Stationcorner": "a place of detached work",
    "Cellblock": "a place of work in custody",
    "Wardseven": "a place of work in hospital",
    "Privateroom": "a place of one-to-one work",
    "Closedhall": "a place of a closed project",
    "Leftouthall": "a place of a project that the pledge leaves out",
    "RV1 1RV": "its postcode",
    "Thursdays at nine": "its times",
    "amina@example.org": "the contact of the pledge",
    "Lead-Person": "who leads it",
    "lead-person@example.org": "the lead’s address",
    "Mending needed": "what the Charter team wrote",
    "A worry about them": "why it is paused",
}
SORTS = {
    "Ravenhall": {"show": False},
    "Stationcorner": {"sort": "detached"},
    "Cellblock": {"sort": "custody"},
    "Wardseven": {"sort": "hospital"},
    "Privateroom": {"sort": "one-to-one"},
    "Closedhall": {},
    "Leftouthall": {},
}
BESIDE_NO_NAME = (
    "diversion", "violen", "fund", "grant", "detached", "custody", "hospital", "one-to-one",
    "mentoring scheme", "council", "volunteer",
)  # fmt: skip


def everything(session):
    build.agreed_charter(session)
    for what in HIDDEN:
        club = build.club(session, name=f"Hidden {what}", areas=["rushcliffe"])
        _hide(session, club, what)
    shown = build.club(
        session,
        people.person(session, "Lead-Person", "lead-person@example.org"),
        name="Shown Club",
        kind="council",
        about="We do diversion for violent young people, paid by a grant from the fund.",
    )
    pledge = _covering(session, shown, _projects(session, shown))
    officer = people.officer(session)
    by = {"by": officer, "at": clock.now()}
    actions.return_with_notes(
        session, pledge, {"commitment-1": "Mending needed"}, note="", scheme=build.scheme(), **by
    )
    actions.send(session, pledge, by=build.lead_of(shown), at=clock.now(), scheme=build.scheme())
    build.decide(session, pledge, states.LIVE, officer)
    paused = build.pledge(session, states.LIVE, organisation=build.club(session, name="Paused"))
    actions.suspend(session, paused, note="A worry about them", scheme=build.scheme(), **by)
    session.commit()


def _hide(session, club, what):
    if what == "unchecked":
        build.pledge(session, states.SENT, organisation=club)
    elif what == "withdrawn":
        pledge = build.pledge(session, states.LIVE, organisation=club)
        by = build.lead_of(club)
        actions.withdraw(session, pledge, by=by, at=clock.now(), note="We closed.")
    elif what == "closed":
        build.pledge(session, states.LIVE, organisation=club)
        acts.close_organisation(session, club, by=people.officer(session), at=clock.now())
    elif what == "checked only":
        acts.check_organisation(session, club, by=people.officer(session), at=clock.now())
    else:
        acts.check_organisation(session, club, by=people.officer(session), at=clock.now())
        build.pledge(session, what, organisation=club)
    session.commit()


def _projects(session, club):
    made = {}
    for name, told in SORTS.items():
        project = accounts.project(
            session, club, name=f"Run {name}", sort=told.get("sort", "open"),
            about="violence diversion, funded by a grant",
        )  # fmt: skip
        accounts.place(
            session, project, name, address=f"1 {name} Street", postcode="RV1 1RV",
            times="Thursdays at nine", show=told.get("show", True),
        )  # fmt: skip
        made[name] = project
    return made


def _covering(session, club, made):
    from accounts.actions import projects

    pledge = build.begun(session, club, build.queries.current_charter(session))
    build.fill(session, pledge)
    who = {"by": build.lead_of(club), "at": clock.now()}
    covered = [project for name, project in made.items() if name != "Leftouthall"]
    actions.cover(session, pledge, covered, **who)
    projects.close_project(session, made["Closedhall"], **who)
    actions.send(session, pledge, scheme=build.scheme(), **who)
    return pledge


@pytest.fixture(scope="module")
def client(app):
    with standing(app, everything) as client:
        yield client


LISTS = (
    "/", "/register", "/register?q=hidden", "/register?area=rushcliffe",
    "/register?commitment=safe", "/register?sort=newest", "/register.json", "/register.csv",
)  # fmt: skip
PAGES = (*LISTS, "/organisations/shown-club", "/organisations/paused", "/charter", "/worried")


@pytest.mark.parametrize("what", HIDDEN)
def test_who_is_hidden_has_no_page_and_no_certificate(client, what):
    slug = f"hidden-{what}".replace(" ", "-")
    for address in (f"/organisations/{slug}", f"/organisations/{slug}/certificate.pdf"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Hidden" not in response.text


@pytest.mark.parametrize("address", LISTS)
def test_who_is_hidden_is_in_no_list(client, address):
    assert "idden-" not in client.get(address).text
    assert "Hidden " not in client.get(address).text


def test_who_is_hidden_is_not_counted(client):
    counted = client.page("/").select_one(".count").get_text(" ", strip=True)
    assert counted.startswith("1 club or group has signed")
    assert [o["name"] for o in client.get("/register.json").json["organisations"]] == [
        "Paused", "Shown Club",
    ]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_page_tells_a_secret(client, address):
    text = client.get(address).text
    assert [what for secret, what in SECRET.items() if secret in text] == []


@pytest.mark.parametrize("secret", SECRET)
def test_nothing_hidden_can_be_found_by_searching_for_it(client, secret):
    assert client.page("/register", q=secret).select(".entries li") == []


def test_no_word_of_type_or_money_stands_beside_a_name(client):
    page = client.page("/organisations/shown-club")
    entry = client.page("/register", q="shown").select_one(".entries li")
    data = client.get("/register.json").json["organisations"]
    for told in (page.main.get_text(), entry.get_text(), json.dumps(data)):
        assert [word for word in BESIDE_NO_NAME if word in told.lower()] == []


def test_the_certificate_tells_no_secret(client):
    import io

    from pypdf import PdfReader

    content = client.get("/organisations/shown-club/certificate.pdf").data
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Shown Club" in text
    assert [what for secret, what in SECRET.items() if secret in text] == []
    assert [word for word in BESIDE_NO_NAME if word in text.lower()] == []
