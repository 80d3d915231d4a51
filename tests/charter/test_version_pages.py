"""The Charter team's pages of a draft, and the public pages of every version."""

import pytest
from sqlalchemy import func, select

from charter import queries, states
from charter.models import CharterDraft
from charter.versions import contributed
from tests.builders import accounts, drafts, people
from tests.builders import charter as build
from tests.charter.counting import statements
from tests.client import soup
from web import clock

HOME = "/team/charter/"


@pytest.fixture
def officer(session):
    return people.officer(session)


@pytest.fixture
def desk(client, session, officer):
    build.agreed_charter(session)
    client.sign_in(officer)
    return client


@pytest.fixture
def draft(session, desk, officer):
    return drafts.begun(session, officer)


@pytest.fixture
def at(draft):
    return f"{HOME}drafts/{draft.reference}"


def words(response):
    return " ".join(soup(response).get_text(" ").split())


def test_begin_a_draft(session, desk):
    answer = desk.send(HOME, press="Begin a draft", follow=True)
    assert "Draft of version 2027-2" in words(answer)
    desk.post(f"{HOME}begin", headers={"X-CSRFToken": desk.token()})
    assert session.scalar(select(func.count()).select_from(CharterDraft)) == 1
    assert "There is one draft at a time" in words(desk.get(HOME))


def test_a_commitment_is_saved_half_written(session, desk, draft, at):
    address = f"{at}/commitments/safe"
    answer = desk.send(address, title="Keep us all safe", asks="", know="One\n\n Two \n")
    assert answer.status_code == 303
    session.expire_all()
    safe = draft.commitments[0]
    assert (safe.title, safe.asks, safe.know) == ("Keep us all safe", "", ["One", "Two"])
    page = words(desk.get(at))
    assert "Not finished" in page
    assert "“Keep us all safe” is not finished. Write: What we ask of an organisation." in page
    assert "Record their approval" not in page


def test_two_who_write_in_one_commitment_lose_nothing(session, desk, officer, draft, at):
    address = f"{at}/commitments/safe"
    opened = soup(desk.get(address)).select_one("[name=opened]")["value"]
    drafts.reworded(session, draft, officer, title="Mine is first", asks="Say it.")
    held = {name: field for name, field in _fields(desk, address).items() if name != "opened"}
    held |= {"title": "Mine is second", "asks": build_words(draft, "asks"), "opened": opened}
    answer = desk.post_raw(address, held)
    assert answer.status_code == 422
    page = words(answer)
    assert "Mine is first" in page
    assert "Saved here while you were typing" in page
    session.expire_all()
    assert draft.commitments[0].title == "Mine is first"


def build_words(draft, name):
    return getattr(draft.based_on.commitments[0], name)


def _fields(desk, address):
    page = soup(desk.get(address))
    return {f["name"]: f.get("value") or f.get_text().removeprefix("\n")
            for f in page.select("main form [name]")}  # fmt: skip


def test_move_take_out_add_and_bring_back(session, desk, draft, at):
    desk.post_raw(f"{at}/commitments/respect/move", {"way": "up"})
    assert desk.post_raw(f"{at}/commitments/respect/move", {"way": "left"}).status_code == 400
    desk.send(f"{at}/commitments/safe/remove", press="Take it out")
    session.expire_all()
    assert [c.key for c in draft.commitments][:2] == ["respect", "heard"]
    assert desk.get(f"{at}/commitments/safe").status_code == 404
    assert "Taken out: Keep us safe." in words(desk.get(at))
    answer = desk.send(f"{at}/add", title="Feed us", sign="plain")
    assert answer.location.endswith("/commitments/feed-us")
    desk.send(f"{at}/add", press="Bring back “Keep us safe”")
    session.expire_all()
    assert [c.key for c in draft.commitments][-2:] == ["feed-us", "safe"]


def test_only_a_sign_that_nobody_had_is_offered(desk, at):
    offered = {field["value"] for field in soup(desk.get(f"{at}/add")).select("[name=sign]")}
    assert "plain" in offered
    assert not {"safe", "respect", "us"} & offered
    answer = desk.send(f"{at}/add", title="Feed us", sign="safe")
    assert "Choose a sign." in words(answer)


GOOD = {
    "group_name": "The Tuesday group",
    "agreed_on": "1/3/2027",
    "took_part": "12",
    "for_it": "11",
    "how": "paper",
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agreed_on": "3/3/2027"}, "That day is still to come"),
        ({"agreed_on": "31/2/2027"}, "Enter a day, like 3/3/2027."),
        ({"agreed_on": "soon"}, "Enter a day, like 3/3/2027."),
        ({"took_part": "many"}, "Enter a number, like 12."),
        ({"took_part": "0"}, "Enter a number, like 12."),
        ({"for_it": "13"}, "More said yes than took part"),
        ({"for_it": "6"}, "More than half of them must have said yes."),
        ({"how": "dice"}, "Choose how they decided."),
        ({"group_name": ""}, "Enter the group's name."),
    ],
)
def test_an_approval_that_does_not_fit(session, desk, officer, draft, at, wrong, said):
    drafts.reworded(session, draft, officer)
    answer = desk.send(f"{at}/approval", **(GOOD | wrong))
    assert answer.status_code == 422
    assert said in words(answer)
    assert draft.approvals == []


def test_from_approval_to_the_public(session, client, desk, officer, draft, at):
    drafts.reworded(session, draft, officer)
    answer = desk.send(f"{at}/approval", follow=True, **GOOD)
    assert "The Tuesday group agreed it on 1 March 2027: 11 of 12 young people" in words(answer)
    assert contributed.queue.waiting(session, clock.now()).count == 1
    refused = desk.send(f"{at}/publish")
    assert "Tick the box when you have looked at the preview." in words(refused)
    clock.freeze(clock.now().replace(hour=15))
    done = desk.send(f"{at}/publish", follow=True, looked="y")
    assert "Version 2027-2 is published." in words(done)
    client.sign_out()
    page = words(client.get("/charter"))
    assert drafts.TITLE.split()[-1] in page
    assert "Agreed by The Tuesday group on 1 March 2027." in page
    assert "See what changed since version 2027" in page
    changed = words(client.get("/charter/versions/2027-2/changes"))
    assert "Reworded: Keep us safe, always" in changed
    assert "In 2027 Keep us safe In 2027-2 Keep us safe, always" in changed
    assert "Not a word changed in: Respect us" in changed


def test_what_was_read_is_what_is_agreed(session, desk, officer, draft, at):
    """Somebody changes a word while the page of the approval stands open."""
    drafts.reworded(session, draft, officer)
    held = _fields(desk, f"{at}/approval") | GOOD
    drafts.reworded(session, draft, officer, title="Another word")
    answer = desk.post_raw(f"{at}/approval", held)
    assert answer.status_code == 422
    assert "This was changed after you opened the page." in words(answer)
    assert draft.approvals == []


def test_after_a_change_the_page_says_that_the_approval_fell_away(
    session, desk, officer, draft, at
):
    drafts.reworded(session, draft, officer)
    drafts.approved(session, draft, officer)
    assert "their approval no longer counts" in words(desk.get(f"{at}/commitments/heard"))
    drafts.reworded(session, draft, officer, key="heard")
    page = words(desk.get(at))
    assert "this approval no longer counts" in page
    assert "Check and publish" not in page
    answer = desk.post_raw(f"{at}/publish", {"looked": "y"})
    assert answer.status_code == 422


def test_a_closed_draft_gives_the_words_back(session, desk, officer, draft, at):
    desk.send(f"{at}/discard", note="Not now.")
    answer = desk.post_raw(f"{at}/commitments/safe", {"title": "Written in vain"})
    assert answer.status_code == 409
    assert "Written in vain" in words(answer)
    assert "Not now." in words(desk.get(at))


# Preview


@pytest.mark.parametrize("page", ["", "/easy-read"])
def test_a_preview_is_the_teams_alone(session, client, desk, officer, draft, at, page):
    drafts.reworded(session, draft, officer, title="Safe and sound", easy_title="Safe and sound")
    answer = desk.get(f"{at}/preview{page}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Preview Only the Charter team sees this page." in words(answer)
    assert "Safe and sound" in words(answer)
    assert soup(answer).select_one("meta[name=robots]")["content"] == "noindex"
    client.sign_out()
    assert client.get(f"{at}/preview{page}").status_code == 302
    assert "Safe and sound" not in words(client.get("/charter"))


def test_an_unfinished_commitment_can_be_previewed(desk, at):
    desk.send(f"{at}/add", title="Feed us", sign="plain")
    assert "Not written yet." in words(desk.get(f"{at}/preview"))


def test_the_posters_preview_is_a_pdf(desk, at):
    answer = desk.get(f"{at}/preview/poster.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"


# In public


@pytest.fixture
def two_versions(session, client, officer):
    build.agreed_charter(session)
    clock.freeze(clock.now().replace(hour=12))
    return drafts.published(session, officer)


def test_an_earlier_version_stays_and_says_there_is_a_newer_one(client, two_versions):
    page = words(client.get("/charter/versions/2027"))
    assert "There is a newer one." in page
    assert "always" not in page
    assert "There is a newer one." not in words(client.get("/charter/versions/2028"))


def test_any_two_can_be_compared(client, two_versions):
    back = words(client.get("/charter/versions/2027/changes?since=2028"))
    assert "From version 2028 to version 2027." in back
    assert client.get("/charter/versions/2027/changes").status_code == 404
    assert client.get("/charter/versions/2028/changes?since=2028").status_code == 404


def test_a_pledge_keeps_its_version_and_its_lead_is_told_once(session, client, officer):
    club = build.club(session, name="Kites")
    build.pledge(session, states.LIVE, organisation=club)
    assert list(contributed.charter_has_changed(session, clock.now())) == []
    clock.freeze(clock.now().replace(hour=12))
    drafts.published(session, officer)
    page = words(client.get("/organisations/kites"))
    assert "It signed version 2027." in page
    assert "There is a newer one." in page
    (told,) = contributed.charter_has_changed(session, clock.now())
    assert told.person_id == build.lead_of(club).id
    assert told.key.startswith("charter:2028:")


def test_reminders_take_as_many_statements_for_many(app, session, officer):
    def count():
        with statements(app) as said:
            list(contributed.charter_has_changed(session, clock.now()))
        return len(said)

    build.pledge(session, states.LIVE)
    clock.freeze(clock.now().replace(hour=12))
    drafts.published(session, officer)
    few = count()
    for _ in range(5):
        build.pledge(session, states.LIVE, version=_first(session))
    assert len(list(contributed.charter_has_changed(session, clock.now()))) == 6
    assert count() == few


def _first(session):
    from charter.public.queries import version_by_code

    return version_by_code(session, "2027")


# What people can ask of their own data, and what is not kept for ever


def test_my_data_and_what_stays(session, officer, draft):
    (section,) = contributed.my_data(session, officer)
    assert section.rows[0]["Version"] == draft.code
    assert list(contributed.my_data(session, people.person(session))) == []
    assert len(contributed.erasure.keeps(session, officer)) == 1
    assert contributed.erasure.keeps(session, people.person(session)) == ()


def test_a_draft_that_was_thrown_away_is_forgotten_in_time(session, officer, desk):
    from datetime import timedelta

    from charter.versions import actions

    draft = drafts.begun(session, officer)
    actions.discard(session, draft, note="No.", by=officer, at=clock.now())
    session.commit()
    assert contributed.retention.due(session, clock.now() + timedelta(days=700)) == []
    later = clock.now() + timedelta(days=735)
    (due,) = contributed.retention.due(session, later)
    contributed.retention.take_away(session, due, later)
    session.commit()
    assert queries.current_charter(session) is not None
    assert session.scalar(select(func.count()).select_from(CharterDraft)) == 0


def test_a_lead_does_not_find_it(session, client, draft, at):
    club = accounts.checked_organisation(session)
    client.sign_in(accounts.lead_of(club))
    assert client.get(at).status_code == 404
    assert client.get(HOME).status_code == 403
