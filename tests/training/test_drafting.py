"""The next version of the pathways: written as text, looked at, agreed, published for good."""

from io import BytesIO

import pytest

from tests.builders import accounts, people
from tests.builders import pathway_drafts as build
from tests.builders import training as trainings
from tests.charter.counting import statements
from tests.client import soup
from training import versions
from training.drafting.kind import PATHWAYS
from web import clock
from web.drafting import actions
from web.toml_writing import as_toml

LIST = "/team/pathways/"


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.fixture
def officer(session, pathways):
    return people.officer(session)


@pytest.fixture
def desk(client, officer):
    client.sign_in(officer)
    return client


@pytest.fixture
def draft(session, officer):
    return build.begun(session, officer)


@pytest.fixture
def at(draft):
    return f"{LIST}drafts/{draft.reference}"


def text_of(draft):
    return as_toml(PATHWAYS.document_of(draft))


def give(client, at, text, **more):
    return client.send(f"{at}/file", press="Check and save", text=text, **more)


def test_a_draft_begins_with_what_stands_and_two_meet_in_it(desk, session, pathways):
    first = desk.send(LIST, press="Begin a draft")
    assert first.status_code == 303
    assert desk.post_raw(f"{LIST}begin", {}).location == first.location
    page = words(desk.get(first.location))
    assert "Draft of version 2027" in page
    assert "Nothing is different from the version that stands" in page


def test_the_text_is_changed_and_every_mistake_is_told_with_its_line(desk, session, draft, at):
    text = text_of(draft)
    wrong = text.replace('stage = "core"', 'stage = "cor"', 1).replace("hours = 1.5", 'hours = "x"')
    answer = give(desk, at, wrong)
    assert answer.status_code == 422
    page = words(answer)
    line = 1 + wrong.split("\n").index('stage = "cor"')
    assert f"line {line}" in page.lower()
    assert "Did you mean core?" in page
    assert 'hours = "x"' in soup(answer).select_one("textarea[name=text]").text
    better = text.replace("hours = 1.5", "hours = 2.5", 1)
    assert give(desk, at, better).status_code == 303
    session.refresh(draft)
    assert PATHWAYS.document_of(draft).by_key["W1"].hours == 2.5


@pytest.mark.parametrize("given", ["", "\x00", "[[modules", "= 1", "code = 5", "[" * 5000])
def test_garbage_is_refused_in_words(desk, session, draft, at, given):
    before = draft.text
    answer = give(desk, at, given)
    assert 400 <= answer.status_code < 500
    session.refresh(draft)
    assert draft.text == before


def test_a_file_is_uploaded(desk, session, draft, at):
    text = text_of(draft).replace('code = "2027"', 'code = "spring"')
    file = (BytesIO(text.encode()), "pathways.toml")
    assert give(desk, at, "", file=file).status_code == 303
    session.refresh(draft)
    assert draft.code == "spring"
    made = desk.get(f"{at}/pathways.toml")
    assert made.headers["Content-Disposition"].endswith('"pathways-spring.toml"')
    assert made.text == text


def test_a_code_never_disappears_unless_it_is_said_to_be_retired(desk, session, draft, at):
    text = text_of(draft)
    start = text.index('[[modules]]\nkey = "L6"')
    less = text[:start] + text[text.index("[[modules]]", start + 5) :]
    less = less.replace('"M2", "M4", "L6"', '"M2", "M4"')
    answer = give(desk, at, less)
    assert "This text leaves out L6" in words(answer)
    assert give(desk, at, less, retire="y").status_code == 303
    session.refresh(draft)
    assert [one.key for one in PATHWAYS.document_of(draft).retired] == ["L6"]


def test_it_says_whose_training_changes_and_names_only_who_it_is_for(
    session, desk, officer, draft, at
):
    club = accounts.checked_organisation(session)
    win = trainings.worker(session, club, name="Win Wood")
    zoe = trainings.worker(session, club, "trustee", name="Zoe Zed")
    trainings.checked(session, win, "M2")
    build.needed(session, draft, officer, "volunteer", "M4")
    page = desk.get(f"{at}/changes")
    assert "M4 Safer recruitment" in words(page)
    assert "They have to do it now: 1 person" in words(page)
    assert "the 2 people" in words(page)
    listed = desk.get(f"{at}/changes/M4")
    assert "Win Wood Kites Youth Club" in words(listed)
    assert zoe.name not in words(listed)
    assert "Supervision" not in words(listed), "what else somebody learned is theirs"
    assert desk.get(f"{at}/changes/M2").status_code == 404
    assert desk.get(f"{at}/changes/Z9").status_code == 404


def test_looking_takes_as_many_statements_for_ten_as_for_one(
    app, session, desk, officer, draft, at
):
    club = accounts.checked_organisation(session)
    trainings.worker(session, club, name="Win Wood")
    build.needed(session, draft, officer, "volunteer", "M4")

    def asked(page):
        with statements(app) as said:
            desk.get(page)
        return len(said)

    pages = (f"{at}/changes", f"{at}/changes/M4")
    first = [asked(page) for page in pages]
    for number in range(5):
        trainings.worker(session, club, name=f"Person {number}")
    assert [asked(page) for page in pages] == first


def test_it_is_published_only_with_the_groups_approval_and_then_it_stands(
    session, desk, officer, draft, at
):
    assert desk.get(f"{at}/approval").status_code == 200
    build.written(session, draft, officer, "W1", name="Our charter")
    assert "Record their approval" in words(desk.get(at))
    assert "Record first that the steering group" in words(desk.get(f"{at}/publish"))
    told = {
        "group_name": "The steering group",
        "agreed_on": "1/3/2027",
        "agency": "Ann, council",
        "voluntary": "Vic, trustee",
    }
    assert desk.send(f"{at}/approval", **told).status_code == 422, "no young person"
    assert desk.send(f"{at}/approval", **told, youth="Yas").status_code == 303
    assert "Our charter" in words(desk.get(f"{at}/preview"))
    clock.freeze(clock.now().replace(hour=12))
    assert desk.send(f"{at}/publish", looked="y").status_code == 303
    newest = versions.newest(session)
    assert (newest.code, newest.agreed_by) == ("2027", "The steering group")
    assert newest.pathways.by_key["W1"].name == "Our charter"
    assert desk.get("/training/2027/W1").status_code == 200
    assert "Stands now" in words(desk.get(LIST))
    assert desk.get(f"{at}/file").status_code == 200
    assert give_closed(desk, at).status_code == 409


def give_closed(client, at):
    return client.post_raw(f"{at}/file", {"seen": "", "text": "mine"})


def test_a_change_makes_the_approval_fall_away(session, officer, draft):
    build.written(session, draft, officer, "W1", name="Our charter")
    build.approved(session, draft, officer)
    build.written(session, draft, officer, "W1", name="The charter")
    assert draft.state == "draft"
    with pytest.raises(actions.Refused, match="Record first"):
        build.published(session, draft, officer)


def test_a_draft_is_thrown_away_with_a_reason_and_forgotten_in_time(session, desk, draft, at):
    assert desk.send(f"{at}/discard", note="").status_code == 422
    assert desk.send(f"{at}/discard", note="Too early.").status_code == 303
    assert "Thrown away" in words(desk.get(LIST))


def test_only_the_charter_team_knows_of_it(client, at, lead):
    client.sign_in(lead)
    assert client.get(at).status_code == 404
    assert client.get(LIST).status_code == 403
