"""A new name: the address follows, old ones lead on for ever, and the Charter team looks."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.actions.naming import give_name
from accounts.models import OrganisationAddress, OrganisationRename
from charter import states
from tests.builders import accounts as build
from tests.builders import charter as pledges
from tests.builders.people import officer, person
from tests.client import soup
from web import clock

DETAILS = "/my/organisations/kites-youth-club/details"


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def kites(session):
    club = pledges.club(session, person(session, "Amina Khan"), "Kites Youth Club")
    pledges.pledge(session, states.LIVE, organisation=club)
    return club


@pytest.fixture
def lead(client, session, kites):
    client.sign_in(build.lead_of(kites))
    return client


@pytest.fixture
def team(app, session):
    browser = app.test_client()
    browser.sign_in(officer(session, "Petra"))
    return browser


def waiting(session) -> list[tuple[str, str]]:
    session.expire_all()
    rows = session.scalars(select(OrganisationRename).order_by(OrganisationRename.id))
    return [(row.after, row.state) for row in rows]


def test_the_name_changes_at_once_and_old_addresses_lead_to_it(app, lead, session, kites, team):
    before = lead.get("/my/organisations/kites-youth-club")
    assert before.status_code == 200
    answer = lead.send(DETAILS, name="Meadow Lane Bikes")
    assert answer.location == "/my/organisations/meadow-lane-bikes"
    anybody = app.test_client()
    for page in ("", "/certificate.pdf"):
        public = anybody.get(f"/organisations/kites-youth-club{page}")
        assert public.status_code == 301
        assert public.location == f"/organisations/meadow-lane-bikes{page}"
        assert public.headers["Cache-Control"] == "no-cache"
    assert "Meadow Lane Bikes" in words(anybody.get("/organisations/meadow-lane-bikes"))
    for page in ("", "/details", "/colleagues", "/pledge", "/projects"):
        old = lead.get(f"/my/organisations/kites-youth-club{page}?page=1")
        assert old.status_code == 301, page
        assert old.location.startswith(f"/my/organisations/meadow-lane-bikes{page}")
        assert "page=1" in old.location
    assert team.get("/team/organisations/kites-youth-club").status_code == 301
    assert waiting(session) == [("Meadow Lane Bikes", "made")]


def test_a_form_that_stood_open_meanwhile_is_saved(lead, session, kites):
    page = soup(lead.get(DETAILS))
    token = page.select_one("[name=opened]")["value"]
    lead.send(DETAILS, name="Meadow Lane Bikes")
    typed = {"opened": token, "name": "Kites Youth Club", "kind": "club", "areas": ["ashfield"],
             "volunteer_run": "yes", "about": "We mend bikes."}  # fmt: skip
    assert lead.post_raw(DETAILS, typed).status_code == 303
    session.refresh(kites)
    assert (kites.name, kites.about) == ("Meadow Lane Bikes", "We mend bikes.")


def test_strangers_learn_nothing_from_an_old_address(app, lead, session, kites):
    lead.send(DETAILS, name="Meadow Lane Bikes")
    stranger = app.test_client()
    stranger.sign_in(person(session, "Eve"))
    assert stranger.get("/my/organisations/kites-youth-club").status_code == 404


def test_no_other_ever_gets_an_address_that_was_somebodys(lead, session, kites):
    lead.send(DETAILS, name="Meadow Lane Bikes")
    other = build.organisation(session, name="Kites Youth Club")
    assert other.slug == "kites-youth-club-2"
    session.add(OrganisationAddress(slug="kites-youth-club", organisation_id=other.id,
                                    since=clock.now()))  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_it_may_have_its_old_name_again(app, lead, session, kites):
    lead.send(DETAILS, name="Meadow Lane Bikes")
    lead.send("/my/organisations/meadow-lane-bikes/details", name="Kites Youth Club")
    session.refresh(kites)
    assert kites.slug == "kites-youth-club"
    assert app.test_client().get("/organisations/kites-youth-club").status_code == 200
    assert app.test_client().get("/organisations/meadow-lane-bikes").status_code == 301


def test_before_the_first_check_nobody_has_to_look(client, session):
    club = build.organisation(session, name="Kites Youth Club")
    client.sign_in(build.lead_of(club))
    client.send(DETAILS, name="Meadow Lane Bikes")
    assert waiting(session) == []
    session.refresh(club)
    assert club.slug == "meadow-lane-bikes"


def test_the_team_looks_at_it_once(lead, session, kites, team):
    lead.send(DETAILS, name="Meadow Lane Bikes")
    assert "New names to look at 1" in words(team.get("/my/"))
    assert team.send("/team/names/", "“Meadow Lane Bikes” is in order").status_code == 303
    assert waiting(session) == [("Meadow Lane Bikes", "seen")]
    assert "stands here" in words(team.get("/team/names/"))


def test_a_name_like_anothers_waits(lead, session, kites, team, fetch_mail):
    build.organisation(session, name="Lantern Lads")
    fetch_mail()
    answer = lead.send(DETAILS, name="The Lantern Lads", about="We fly kites.", follow=True)
    assert "the Charter team looks first" in words(answer)
    assert "Lantern Lads” on" in words(answer)
    session.refresh(kites)
    assert (kites.name, kites.about) == ("Kites Youth Club", "We fly kites.")
    (mail,) = fetch_mail()
    assert mail.kind == "accounts/name_waits"
    page = words(team.get("/team/names/"))
    assert "It waits: it is like “Lantern Lads”." in page
    team.send("/team/names/", "Decline “The Lantern Lads”")
    assert waiting(session) == [("The Lantern Lads", "declined")]
    assert kites.name == "Kites Youth Club"
    lead.send(DETAILS, name="The Lantern Lads")
    team.send("/team/names/", "Accept “The Lantern Lads”")
    session.expire_all()
    assert kites.slug == "the-lantern-lads"
    assert [m.kind for m in fetch_mail()] == [
        "accounts/name_declined", "accounts/name_waits", "accounts/name_accepted",
    ]  # fmt: skip


def test_the_second_answer_changes_nothing(session, kites, team):
    made = build.renamed(session, kites)
    address = f"/team/names/{made.reference}"
    assert team.post_raw(address, {"do": "look at"}).status_code == 303
    for verb in ("look at", "accept", "decline", "", "\0", "x" * 5000):
        assert team.post_raw(address, {"do": verb}).status_code in (303, 400)
    assert waiting(session) == [("Meadow Lane Bikes", "seen")]


def test_a_small_change_keeps_the_address(session, kites):
    give_name(session, kites, "Kites Youth Club!", by=build.lead_of(kites), at=clock.now())
    session.commit()
    assert kites.slug == "kites-youth-club"


def test_what_happened_is_told_in_sentences(client, session, kites):
    lead = build.lead_of(kites)
    sam = build.member(session, kites, "editor", "Sam Reid")
    build.renamed(session, kites)
    gone = build.membership(session, kites, sam)
    client.sign_in(lead)
    client.post_raw(f"/my/organisations/{kites.slug}/colleagues/{gone.reference}/end", {})
    said = words(client.get(f"/my/organisations/{kites.slug}/history"))
    for sentence in (
        "Amina Khan registered it.",
        "The Charter team checked it.",
        "Sam Reid joined, as: editor.",
        "Its name was “Kites Youth Club” and became “Meadow Lane Bikes”.",
        "Amina Khan took Sam Reid off.",
        "2 March 2027",
    ):
        assert sentence in said
