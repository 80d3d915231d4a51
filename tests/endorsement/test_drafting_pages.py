"""The Charter team's pages of the framework's next version."""

import io

import pytest
from sqlalchemy import func, select

from endorsement import versions
from endorsement.drafting import contribution, document
from endorsement.framework.reading import read
from endorsement.models import FrameworkDraft
from tests.builders import accounts, people
from tests.builders import frameworks as build
from tests.client import soup
from web import clock
from web.toml_writing import as_toml

HOME = "/team/quality/"
GOOD = {
    "agreed_on": "1/3/2027",
    "agency": "Ann Agency, Ashfield Council",
    "voluntary": "Vic Voluntary, trustee\n\nWil, coach",
    "youth": "Yas",
}


@pytest.fixture
def officer(session):
    return people.officer(session)


@pytest.fixture
def desk(client, session, officer):
    build.standing(session)
    session.commit()
    client.sign_in(officer)
    return client


@pytest.fixture
def draft(session, desk, officer):
    return build.begun(session, officer)


@pytest.fixture
def at(draft):
    return f"{HOME}drafts/{draft.reference}"


def words(response):
    return " ".join(soup(response).get_text(" ").split())


def fields(desk, address):
    page = soup(desk.get(address))
    return {
        f["name"]: f.get("value") or f.get_text().removeprefix("\n")
        for f in page.select("main form [name]:not(select):not([type=checkbox])")
    } | {f["name"]: f.select_one("[selected]")["value"] for f in page.select("main form select")}


def framework_of(session, draft):
    session.expire_all()
    return document.framework_of(draft)


def test_begin_a_draft(session, desk):
    answer = desk.send(HOME, press="Begin a draft", follow=True)
    assert "Draft of version 2027" in words(answer)
    desk.post(f"{HOME}begin", headers={"X-CSRFToken": desk.token()})
    assert session.scalar(select(func.count()).select_from(FrameworkDraft)) == 1
    assert "There is one draft at a time" in words(desk.get(HOME))


def test_saving_what_nobody_changed_changes_nothing(session, desk, draft, at):
    before = draft.text
    for page in (
        "words", "scale", "ways", "tracks/full", "tracks/small", "areas/B",
        "levels/working-towards", "levels/excellent", "standards/A1", "standards/B2",
    ):  # fmt: skip
        assert desk.send(f"{at}/{page}", press="Save").status_code == 303, page
    session.expire_all()
    assert draft.text == before


def test_a_standard_is_written_field_by_field(session, desk, draft, at):
    answer = desk.send(
        f"{at}/standards/B2",
        name="We act on it",
        point_3="They see it.",
        evidence="One\n\n Two ",
        awards="Gold Club | The County",
        charter="heard, safe",
    )
    assert answer.status_code == 303
    b2 = framework_of(session, draft).by_key["B2"]
    assert (b2.name, b2.descriptors[3], b2.evidence) == (
        "We act on it", "They see it.", ("One", "Two"),
    )  # fmt: skip
    assert (b2.awards[0].by, b2.charter) == ("The County", ("heard", "safe"))
    assert "Changed" in words(desk.get(at))


def test_what_the_count_of_training_must_say_stays_as_it_is(session, desk, draft, at):
    before = framework_of(session, draft).by_key["E2"].training
    assert desk.send(f"{at}/standards/E2", name="We all learn").status_code == 303
    assert framework_of(session, draft).by_key["E2"].training == before is not None


def test_what_is_missing_or_wrong_is_told_beside_it(desk, at):
    answer = desk.send(f"{at}/standards/A1", name="", awards="Gold Club")
    assert answer.status_code == 422
    page = words(answer)
    assert "Enter its name." in page
    assert "Write one on each line: its name | who gives it." in page
    answer = desk.send(f"{at}/standards/A1", template_title="", template_text="")
    assert answer.status_code == 422
    assert "this standard is an essential" in words(answer)


def test_a_rule_that_can_never_hold_is_refused_in_words(session, desk, draft, at):
    address = f"{at}/levels/established"
    for typed, said in (
        ("every = all", "Write each rule under [[rules]]"),
        ('[[rules]]\nkind = "count"\nat = 3\ncount = 22', "it asks for 22 of 21"),
        ('[[rules]]\nkind = "every"\nat = 7', "is 7, and the scale ends at 3"),
        ('[[rules]]\nkind = "all"\nat = 2', "kind"),
        ("[" * 3000, "Write each rule under [[rules]]"),
    ):
        answer = desk.send(address, rules=typed)
        assert answer.status_code == 422
        assert said in words(answer)
    done = desk.send(address, rules='[[rules]]\nkind = "count"\nat = 3\ncount = 6')
    assert done.status_code == 303
    assert framework_of(session, draft).level_by_key["established"].rules[0].count == 6


def test_areas_and_the_whole_are_written(session, desk, draft, at):
    desk.send(f"{at}/areas/B", name="Voice", about="Being heard.")
    desk.send(f"{at}/words", code="2028", title="The Framework", summary="What is good.")
    framework = framework_of(session, draft)
    area = framework.area_by_key["B"]
    assert (area.name, area.always_applies) == ("Voice", True)
    assert (framework.code, framework.title, draft.code) == ("2028", "The Framework", "2028")
    answer = desk.send(f"{at}/words", code="2026")
    assert "There is a version 2026 already" in words(answer)


def test_points_tracks_and_ways_are_written(session, desk, draft, at):
    desk.send(f"{at}/scale", name_3="It helps", meaning_0="Not at all.")
    eight = ["A1", "B1", "B2", "B3", "C1", "C2", "D1", "D2"]
    desk.send(f"{at}/tracks/small", name="The small ones", standards=eight)
    desk.send(f"{at}/ways", first_steps="Start | pledge, A1\nRest", young_assessors_read="B, D1")
    framework = framework_of(session, draft)
    assert (framework.scale[3].name, framework.scale[0].meaning) == ("It helps", "Not at all.")
    assert framework.track("small").standards == tuple(eight)
    assert framework.first_steps == (("Start", "pledge", "A1"), ("Rest",))
    assert framework.young_assessors_read == ("B", "D1")
    desk.send(f"{at}/ways", small_track_questions="", first_steps="", young_assessors_read="")
    assert framework_of(session, draft).first_steps == ()
    page = words(desk.get(f"{at}/changes"))
    for label in ("The points", "Big and small places", "The questions for small places"):
        assert label in page
    for where, typed, said in (
        ("ways", {"young_assessors_read": "Z"}, 'there is no area "Z"'),
        ("ways", {"first_steps": "Start | moon"}, 'there is no standard "moon"'),
        ("tracks/small", {"standards": ["A1"]}, 'it asks for 8 of 1 on track "small"'),
        ("tracks/small", {"standards": []}, "Choose at least one, or tick that all are asked."),
        ("scale", {"name_1": ""}, "Enter its name."),
    ):
        answer = desk.send(f"{at}/{where}", **typed)
        assert (answer.status_code, said in words(answer)) == (422, True), said


def test_who_may_reach_a_level_and_what_must_come_before_it(session, desk, draft, at):
    address = f"{at}/levels/excellent"
    assert "Nobody may skip it" in words(desk.get(address))
    desk.send(address, after_level="foundation", after_months="12", after_needed="y")
    level = framework_of(session, draft).level_by_key["excellent"]
    assert (level.after.level, level.after.months, level.after.needed) == ("foundation", 12, True)
    page = words(desk.get(f"{at}/changes"))
    assert "Foundation, for 12 months" in page
    for typed, said in (
        ({"after_months": "0"}, "Enter a number of months"),
        ({"after_months": "six"}, "Enter a number of months"),
        ({"after_level": "excellent"}, "Not a valid choice"),
        ({"tracks": ["full"]}, "none of the tracks that may reach this level"),
        ({"after_level": "established"}, 'track "small" cannot reach it'),
    ):
        answer = desk.send(address, **typed)
        assert (answer.status_code, said in words(answer)) == (422, True), said
    desk.send(address, after_level="")
    assert framework_of(session, draft).level_by_key["excellent"].after is None


def test_add_retire_and_bring_back(session, desk, draft, at):
    told = fields(desk, f"{at}/standards/B2")
    told = {k: v for k, v in told.items() if k not in ("csrf_token", "owner", "opened")}
    answer = desk.send(f"{at}/add", **told | {"key": "B4", "name": "A new one"})
    assert answer.status_code == 303
    assert [s.key for s in framework_of(session, draft).standards][3:7] == ["B1", "B2", "B3", "B4"]
    assert desk.send(f"{at}/add", **told | {"key": "b1"}).status_code == 422
    page = words(desk.get(f"{at}/standards/G2/remove"))
    assert "G2 is then retired" in page
    desk.send(f"{at}/standards/G2/remove", press="Retire it")
    desk.send(f"{at}/standards/B4/remove", press="Take it out")
    framework = framework_of(session, draft)
    assert ([one.key for one in framework.retired], "B4" in framework.by_key) == (["G2"], False)
    name = draft.based_on.framework.by_key["G2"].name
    assert "Retired in this version: G2" in words(desk.get(at))
    desk.send(at, press=f"Bring back “{name}”")
    assert "G2" in framework_of(session, draft).by_key


# Two at once


def test_two_who_write_in_one_standard_lose_nothing(session, desk, officer, draft, at):
    address = f"{at}/standards/A1"
    opened = fields(desk, address)
    build.reworded(session, draft, officer, name="Mine is first", why="They said so.")
    answer = desk.post_raw(address, opened | {"essential": "y", "name": "Mine is second"})
    assert answer.status_code == 422
    page = words(answer)
    assert "Saved here while you were typing" in page
    assert "Mine is first" in page
    a1 = framework_of(session, draft).by_key["A1"]
    assert (a1.name, a1.why) == ("Mine is first", "They said so.")


def test_two_who_write_in_two_fields_or_two_standards_never_meet(session, desk, officer, draft, at):
    address = f"{at}/standards/A1"
    opened = fields(desk, address)
    build.reworded(session, draft, officer, name="Mine is first")
    build.reworded(session, draft, officer, key="A2", name="Another one")
    answer = desk.post_raw(address, opened | {"essential": "y", "why": "Because."})
    assert answer.status_code == 303
    a1 = framework_of(session, draft).by_key["A1"]
    assert (a1.name, a1.why) == ("Mine is first", "Because.")
    assert framework_of(session, draft).by_key["A2"].name == "Another one"


def test_a_whole_text_never_goes_over_what_another_saved_unseen(session, desk, officer, draft, at):
    address = f"{at}/file"
    opened = fields(desk, address)
    text = opened["text"].replace("Safe and well", "Safe and sound")
    build.reworded(session, draft, officer)
    answer = desk.post_raw(address, opened | {"text": text})
    assert answer.status_code == 422
    assert "changed the draft after you opened this page" in words(answer)
    assert "Safe and sound" in soup(answer).select_one("textarea").get_text()
    assert framework_of(session, draft).by_key["A1"].name == build.NAME
    seen = soup(answer).select_one("[name=seen]")["value"]
    again = desk.post_raw(address, opened | {"text": text, "seen": seen})
    assert again.status_code == 303
    assert framework_of(session, draft).areas[0].name == "Safe and sound"


# The whole text


def test_the_file_that_is_downloaded_can_be_pasted_back(session, desk, draft, at):
    answer = desk.get(f"{at}/framework.toml")
    assert 'filename="framework-2027.toml"' in answer.headers["Content-Disposition"]
    assert read(answer.get_data(as_text=True)) == document.framework_of(draft)
    before = draft.text
    assert desk.send(f"{at}/file", press="Check and save").status_code == 303
    session.expire_all()
    assert draft.text == before


def test_mistakes_in_a_text_are_told_with_their_lines(session, desk, draft, at):
    text = as_toml(document.framework_of(draft)).replace("count = 14", "count = 44")
    answer = desk.send(f"{at}/file", text=text)
    assert answer.status_code == 422
    line = text.split("count = 44", maxsplit=1)[0].count("\n") + 1
    assert f"line {line}, levels[4].rules[2].count: can never hold" in words(answer)
    assert "count = 44" in soup(answer).select_one("textarea").get_text()
    for typed in ("x", "\ufffd", "[" * 2000):
        assert desk.send(f"{at}/file", text=typed).status_code == 422


def test_a_file_is_uploaded_and_what_is_none_is_refused(session, desk, draft, at):
    text = as_toml(document.framework_of(draft)).replace("Safe and well", "Safe and sound")
    for content, status in (
        (b"\xff\xfe\x00not text", 422),
        (b"\x89PNG" * 90_000, 422),
        ("é".encode("latin-1"), 422),
        (text.encode(), 303),
    ):
        held = fields(desk, f"{at}/file") | {"file": (io.BytesIO(content), "a.toml")}
        answer = desk.post_raw(f"{at}/file", held, content_type="multipart/form-data")
        assert answer.status_code == status
    assert framework_of(session, draft).areas[0].name == "Safe and sound"


def test_a_text_that_drops_a_code_asks_whether_it_is_retired(session, desk, draft, at):
    text = document.without_standard(draft.text, "G2")
    pasted = as_toml(document.check(text))
    answer = desk.send(f"{at}/file", text=pasted)
    assert answer.status_code == 422
    page = words(answer)
    assert "This text leaves out G2" in page
    assert "Are they retired?" in page
    assert "G2" in framework_of(session, draft).by_key
    done = desk.send(f"{at}/file", text=pasted, retire="y")
    if done.status_code == 422:  # the box stands on the page that asks
        held = fields(desk, f"{at}/file") | {"text": pasted, "retire": "y"}
        done = desk.post_raw(f"{at}/file", held)
    assert done.status_code == 303
    assert [one.key for one in framework_of(session, draft).retired] == ["G2"]


# Agreeing and publishing


@pytest.mark.parametrize("missing", ["agency", "voluntary", "youth"])
def test_an_approval_needs_somebody_of_each_group(session, desk, officer, draft, at, missing):
    build.reworded(session, draft, officer)
    answer = desk.send(f"{at}/approval", **GOOD | {missing: " \n "})
    assert answer.status_code == 422
    assert "Name at least 1 of this group, one on each line." in words(answer)
    assert draft.approvals == []


def test_recorded_and_published(session, client, desk, officer, draft, at):
    build.reworded(session, draft, officer)
    answer = desk.send(f"{at}/approval", follow=True, **GOOD)
    page = words(answer)
    assert "The approval is recorded." in page
    assert "Vic Voluntary, trustee; Wil, coach" in page
    refused = desk.send(f"{at}/publish")
    assert "Tick the box when you have looked at the preview." in words(refused)
    clock.freeze(clock.now().replace(hour=15))
    done = desk.send(f"{at}/publish", follow=True, looked="y")
    assert "Version 2027 is published." in words(done)
    client.sign_out()
    public = words(client.get("/quality"))
    assert build.NAME in public
    assert "on 1 March 2027." in public
    assert "Vic" not in public
    assert "There is a newer one." in words(client.get("/quality/2026"))


def test_what_was_read_is_what_is_agreed(session, desk, officer, draft, at):
    """Somebody changes a word while the page of the approval stands open."""
    build.reworded(session, draft, officer)
    held = fields(desk, f"{at}/approval") | GOOD
    build.reworded(session, draft, officer, name="Another word")
    answer = desk.post_raw(f"{at}/approval", held)
    assert answer.status_code == 422
    assert "This was changed after you opened the page." in words(answer)
    assert draft.approvals == []


def test_after_a_change_the_page_says_that_the_approval_fell_away(
    session, desk, officer, draft, at
):
    build.reworded(session, draft, officer)
    build.approved(session, draft, officer)
    assert "its approval no longer counts" in words(desk.get(f"{at}/standards/A2"))
    build.reworded(session, draft, officer, key="A2", name="Another")
    page = words(desk.get(at))
    assert "this approval no longer counts" in page
    assert "Check and publish" not in page
    assert desk.post_raw(f"{at}/publish", {"looked": "y"}).status_code == 422


def test_a_closed_draft_gives_the_words_back(session, desk, draft, at):
    desk.send(f"{at}/discard", note="Not now.")
    answer = desk.post_raw(f"{at}/standards/A1", {"name": "Written in vain"})
    assert answer.status_code == 409
    assert "Written in vain" in words(answer)
    assert "Not now." in words(desk.get(at))


# What changed, and the preview


def test_what_changed_and_whose_assessments_stand_on_the_old_one(session, desk, officer, draft, at):
    build.reworded(session, draft, officer, statement="We keep all safe.")
    page = words(desk.get(f"{at}/changes"))
    assert "Nobody has an open self-assessment on it." in page
    assert "In 2027 We keep all safe." in page
    assert "answers given before should be looked at again" in page
    club = accounts.checked_organisation(session, name="Harbour Club")
    _assessment(session, club)
    page = words(desk.get(f"{at}/changes"))
    assert "Open self-assessments on it: 1." in page
    assert "Harbour Club" in page


def _assessment(session, club):
    from endorsement.assessing import actions

    begun = actions.begin
    lead = accounts.lead_of(club)
    version = versions.newest(session)
    begun(session, club, version, track="full", four_tuesdays=False, by=lead, at=clock.now())
    session.commit()


@pytest.mark.parametrize("page", ["", "/A1"])
def test_a_preview_is_the_teams_alone(session, client, desk, officer, draft, at, page):
    build.reworded(session, draft, officer)
    answer = desk.get(f"{at}/preview{page}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Preview Only the Charter team sees this page." in words(answer)
    assert build.NAME in words(answer)
    assert soup(answer).select_one("meta[name=robots]")["content"] == "noindex"
    client.sign_out()
    assert client.get(f"{at}/preview{page}").status_code == 302
    assert build.NAME not in words(client.get("/quality"))


def test_what_is_thrown_away_is_forgotten_in_time(session, desk, officer, draft, at):
    build.reworded(session, draft, officer)
    build.approved(session, draft, officer)
    desk.send(f"{at}/discard", note="Not now.")
    rule = contribution.retention
    assert rule.due(session, clock.now()) == []
    later = clock.now().replace(year=clock.now().year + 3)
    (number,) = rule.due(session, later)
    rule.take_away(session, number, later)
    session.commit()
    assert session.scalar(select(func.count()).select_from(FrameworkDraft)) == 0
