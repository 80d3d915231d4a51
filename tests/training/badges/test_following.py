"""Badges follow the facts: issued, revoked, issued anew; downloaded; forgotten."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts.actions import people as people_actions
from tests.builders import training as build
from training.badges.following import KIND, follow, named
from training.badges.jobs import _everybody, _moved
from training.keeping import my_data
from training.keeping.my_data import erasure
from training.records import queries, writing
from web import clock
from web.audit.chain import name_of
from web.credentials import keys
from web.credentials.issuing import of_holder
from web.credentials.verifying import Verdict, verify
from web.my_data import sections_of

WELCOME = ("W1", "W2", "W3", "W4")


@pytest.fixture
def worker(session, organisation):
    """Somebody with the whole of "Welcome", checked."""
    made = build.worker(session, organisation, "volunteer")
    for module in WELCOME:
        build.checked(session, made, module)
    return made


@pytest.fixture
def mine(session, worker):
    return queries.practitioner_of(session, worker)


@pytest.fixture
def badges(session, mine):
    """What follows from the facts now."""
    name = name_of(mine)

    def after():
        follow(session, mine.id, clock.now())
        session.commit()
        return list(of_holder(session, name, KIND))

    return after


def test_a_whole_stage_gives_one_badge_that_is_real(session, worker, badges, pathways):
    (badge,) = badges()
    assert badges() == [badge], "looking again changes nothing"
    assert badge.achievement == "welcome"
    assert named(badge) == worker.name
    said = badge.document["credentialSubject"]["achievement"]
    assert "not a licence to practise" in said["description"]
    assert "Example text" in said["description"]
    assert said["id"] == f"http://localhost/training/{pathways.code}#welcome"
    assert all(module in said["criteria"]["narrative"] for module in WELCOME)
    assert "DBS" not in json.dumps(badge.document)
    found = verify(session, json.dumps(badge.document).encode(), at=clock.now())
    assert (found.verdict, found.holder) == (Verdict.VALID, worker.name)


def test_it_is_taken_back_when_the_stage_is_not_whole_and_given_anew(session, worker, badges, mine):
    (first,) = badges()
    record = next(r for r in queries.records_of(session, mine) if r.module == "W3")
    writing.withdraw(session, record, by=worker, at=clock.now())
    badges()
    assert first.revoked_at == clock.now()
    assert "not all of the learning" in first.reason.lower()
    build.checked(session, worker, "W3", clock.today() - timedelta(days=1))
    second, again = badges()
    assert again is first
    assert second.revoked_at is None


def test_time_ends_it_and_a_renewal_in_time_gives_another_beside_it(session, worker, badges):
    (first,) = badges()
    clock.freeze(clock.now() + timedelta(days=30))
    for module in WELCOME:
        build.checked(session, worker, module)
    second, again = badges()
    assert (again, first.revoked_at) == (first, None), "what it says is still true"
    assert second.valid_until > first.valid_until
    clock.freeze(second.valid_until + timedelta(days=1))
    assert badges() == [second, first]
    assert not second.runs(clock.now())
    assert second.revoked_at is None, "it ran out by itself"


def test_a_new_name_and_a_stolen_key_give_a_new_badge(session, worker, badges):
    (first,) = badges()
    people_actions.rename(session, worker, name="Wilhelmina Wood", by=worker, at=clock.now())
    second, _ = badges()
    assert (first.revoked_at is not None, named(second)) == (True, "Wilhelmina Wood")
    keys.retire(session, second.key, stolen=True, by="system:test", at=clock.now())
    third, *_ = badges()
    assert second.reason == keys.LOST
    assert third.runs(clock.now())


def test_the_jobs_find_whom_it_concerns(session, worker, mine, badges, organisation):
    build.worker(session, organisation, name="Nora New")
    assert list(_moved(session, clock.now(), 0)) == [mine.id]
    assert list(_everybody(session, clock.now(), 0)) == [mine.id]
    assert list(_everybody(session, clock.now(), mine.id)) == []
    badges()
    clock.freeze(clock.now() + timedelta(days=2))
    assert list(_moved(session, clock.now(), 0)) == []
    for record in queries.records_of(session, mine):
        writing.withdraw(session, record, by=worker, at=clock.now())
    assert list(_everybody(session, clock.now(), 0)) == [mine.id], "a badge is there to be revoked"


def test_a_volunteer_without_an_account_has_none(session, organisation):
    volunteer = build.volunteer(session, organisation)
    follow(session, volunteer.id, clock.now())
    assert of_holder(session, name_of(volunteer), KIND) == []


def test_they_are_downloaded_by_their_owner_alone(session, worker, badges, browser, lead):
    (badge,) = badges()
    reference, title, document = badge.reference, badge.title, badge.document
    own = browser(worker)
    page = own.page("/my/training/badges")
    assert title in page.text
    assert "It is not a licence to practise" in page.text
    base = f"/my/training/badges/{reference}"
    assert json.loads(own.get(f"{base}.json").data) == document
    for kind in ("svg", "png"):
        picture = own.get(f"{base}.{kind}").data
        assert verify(session, picture, at=clock.now()).verdict is Verdict.VALID
    with ZipFile(BytesIO(own.get("/my/training/badges/badges.zip").data)) as kept:
        assert {name.rpartition(".")[2] for name in kept.namelist()} == {"json", "svg", "png"}
    assert browser(lead).get(f"{base}.json").status_code == 404
    assert "none yet" in browser(lead).page("/my/training/badges").text


def test_they_are_in_your_data_and_go_with_the_account(session, worker, badges):
    (badge,) = badges()
    section = next(s for s in sections_of(session, worker) if s.key == "training-badges")
    assert [row["Number"] for row in section.rows] == [badge.reference]
    assert any("badges" in said for said in my_data._keeps(session, worker))
    erasure.erase(session, worker, by=worker, at=clock.now())
    session.commit()
    assert badge.document is None
    assert badge.revoked_at is not None
