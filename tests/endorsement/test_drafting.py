"""A version of the framework: drafted, agreed by the steering group, published for good."""

from dataclasses import replace

import pytest
from flask import current_app
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from endorsement import versions
from endorsement.drafting import actions, document, queries
from endorsement.drafting.kind import FRAMEWORKS
from tests.builders import frameworks as build
from tests.builders import people
from web import clock
from web.audit.verify import verify
from web.drafting.states import ALL_STATES, APPROVED, DISCARDED, DRAFT, PUBLISHED
from web.drafting.workflow import transitions
from web.workflow import Refused

TRANSITIONS = transitions(FRAMEWORKS)


@pytest.fixture
def officer(session):
    return people.officer(session)


@pytest.fixture
def draft(session, officer):
    return build.begun(session, officer)


def change(session, draft, officer, text):
    actions.change(session, draft, text, by=officer, at=clock.now())


def test_a_draft_begins_with_the_words_of_the_version_that_stands(session, draft):
    base = versions.newest(session)
    assert document.words(document.framework_of(draft)) == document.words(base.framework)
    assert draft.code == "2027"


def test_two_who_begin_meet_in_one_draft(session, draft):
    other = people.officer(session, "Other Officer")
    assert build.begun(session, other) is draft


def test_nobody_but_the_charter_team_writes(session, draft):
    with pytest.raises(Refused):
        change(session, draft, people.person(session), draft.text)


def test_what_is_no_framework_is_refused_with_every_reason(session, draft, officer):
    text = document.with_whole(draft.text, {"code": "20/28", "title": " "})
    with pytest.raises(Refused) as refused:
        change(session, draft, officer, text)
    assert len(refused.value.reasons) == 2
    assert draft.code == "2027"


def test_a_code_that_is_taken_is_refused(session, draft, officer):
    with pytest.raises(Refused, match="There is a version 2026 already"):
        change(session, draft, officer, document.with_whole(draft.text, {"code": "2026"}))


def test_a_standard_taken_out_is_retired_and_named_nowhere_else(session, draft, officer):
    actions.take_out(session, draft, "B2", by=officer, at=clock.now())
    framework = document.framework_of(draft)
    assert [one.key for one in framework.retired] == ["B2"]
    assert "B2" not in framework.track("small").standards
    assert all("B2" not in step for step in framework.first_steps)
    assert framework.level_by_key["excellent"].rules[-1].of == ("B1",)


def test_what_a_rule_needs_cannot_be_taken_out(session, draft, officer):
    """Two of B are left: a rule that asks for three of them could never hold."""
    level = next(x for x in draft.text["levels"] if x["key"] == "established")
    rules = [{"kind": "count", "at": 3, "count": 5, "in_area": {"B": 3}}]
    told = {k: v for k, v in level.items() if k not in ("key", "rules")} | {"rules": rules}
    change(session, draft, officer, document.with_one(draft.text, "levels", "established", told))
    with pytest.raises(Refused, match="can never hold: it asks for 3 of 2 in area B"):
        actions.take_out(session, draft, "B2", by=officer, at=clock.now())


def test_a_code_is_not_lost_without_a_word(session, draft, officer):
    text = document.without_standard(draft.text, "G2")
    with pytest.raises(actions.WouldBeLost) as lost:
        change(session, draft, officer, text)
    assert list(lost.value.gone) == ["G2"]
    change(session, draft, officer, document.with_retired(text, lost.value.gone))
    assert "G2" not in document.framework_of(draft).by_key


def test_a_retired_one_can_be_brought_back_and_its_code_means_nothing_else(session, draft, officer):
    actions.take_out(session, draft, "G2", by=officer, at=clock.now())
    session.commit()
    actions.bring_back(session, draft, "G2", by=officer, at=clock.now())
    framework = document.framework_of(draft)
    assert framework.retired == ()
    assert framework.by_key["G2"] == draft.based_on.framework.by_key["G2"]
    with pytest.raises(Refused, match="back already"):
        actions.bring_back(session, draft, "G2", by=officer, at=clock.now())


def test_what_is_new_in_the_draft_goes_without_a_trace(session, draft, officer):
    told = {k: v for k, v in draft.text["standards"][-1].items() if k != "key"}
    new = document.with_new_standard(draft.text, "G4", told | {"name": "New"})
    change(session, draft, officer, new)
    assert document.framework_of(draft).standards[-1].key == "G4"
    actions.take_out(session, draft, "G4", by=officer, at=clock.now())
    assert "retired" not in draft.text


# Agreed and published


def test_published_with_who_agreed_it(session, draft, officer):
    build.reworded(session, draft, officer)
    build.approved(session, draft, officer)
    later = clock.now()
    version = actions.publish(session, draft, example=False, by=officer, at=later)
    session.commit()
    assert (version.code, version.agreed_by) == ("2027", "The steering group")
    assert version.framework.by_key["A1"].name == build.NAME
    assert (draft.state, draft.version) == (PUBLISHED, version)
    key = current_app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []


def test_an_approval_is_of_one_exact_text(session, draft, officer):
    build.reworded(session, draft, officer)
    build.approved(session, draft, officer)
    build.reworded(session, draft, officer, name="Another name")
    assert draft.state == DRAFT
    with pytest.raises(Refused):
        actions.publish(session, draft, example=False, by=officer, at=clock.now())
    build.reworded(session, draft, officer)  # the words that were agreed
    with pytest.raises(Refused, match="Record first"):
        actions.publish(session, draft, example=False, by=officer, at=clock.now())


def test_the_code_is_an_address_that_no_one_agrees(session, draft, officer):
    build.reworded(session, draft, officer)
    build.approved(session, draft, officer)
    change(session, draft, officer, document.with_whole(draft.text, {"code": "2030"}))
    assert draft.state == APPROVED


@pytest.mark.parametrize("group", ["agency", "voluntary", "youth"])
def test_the_database_refuses_an_approval_without_one_of_each(session, draft, officer, group):
    build.reworded(session, draft, officer)
    agreed = actions.Agreed("The group", clock.today(), "Ann", "Vic", "Yas")
    with pytest.raises(IntegrityError):
        actions.approve(session, draft, replace(agreed, **{group: ""}), by=officer, at=clock.now())
    session.rollback()


def test_the_database_holds_one_open_draft(session, draft):
    copied = (
        "INSERT INTO framework_draft (reference, state, code, text, based_on_id, began_at,"
        " began_by_id, changed_at, changed_by_id, one, edit) SELECT 'x', state, code, text,"
        " based_on_id, began_at, began_by_id, changed_at, changed_by_id, one, edit"
        " FROM framework_draft"
    )
    with pytest.raises(IntegrityError):
        session.connection().execute(sql(copied))
    session.rollback()


def test_nothing_new_is_nothing_to_agree(session, draft, officer):
    with pytest.raises(Refused, match="Nothing is different"):
        build.approved(session, draft, officer)


def test_example_text_follows_example_text_and_never_what_was_agreed(session, draft, officer):
    build.reworded(session, draft, officer)
    with pytest.raises(Refused, match="Record first"):
        actions.publish(session, draft, example=False, by=officer, at=clock.now())
    version = actions.publish(session, draft, example=True, by=officer, at=clock.now())
    session.commit()
    assert version.example_text
    agreed = build.published(session, officer, name="Agreed")
    later = actions.begin(session, agreed, by=officer, at=clock.now())
    build.reworded(session, later, officer, name="Not agreed")
    with pytest.raises(Refused, match="must agree the next one too"):
        actions.publish(session, later, example=True, by=officer, at=clock.now())


@pytest.mark.parametrize("state", ALL_STATES)
def test_what_is_not_listed_is_refused(session, draft, officer, state):
    build.reworded(session, draft, officer)
    if state in (APPROVED, PUBLISHED):
        build.approved(session, draft, officer)
    if state == PUBLISHED:
        actions.publish(session, draft, example=False, by=officer, at=clock.now())
    if state == DISCARDED:
        actions.discard(session, draft, note="Not now.", by=officer, at=clock.now())
    session.commit()
    allowed = {name for name, found in TRANSITIONS.items() if state in found.sources}
    tries = {
        "approve": lambda: build.approved(session, draft, officer),
        "publish": lambda: actions.publish(
            session, draft, example=False, by=officer, at=clock.now()
        ),
        "discard": lambda: actions.discard(session, draft, note="No.", by=officer, at=clock.now()),
    }
    for name, attempt in tries.items():
        if name not in allowed:
            with pytest.raises(Refused):
                attempt()


def test_a_closed_draft_is_not_written_in(session, draft, officer):
    actions.discard(session, draft, note="Not now.", by=officer, at=clock.now())
    session.commit()
    with pytest.raises(Refused, match="closed"):
        build.reworded(session, draft, officer)
    assert queries.open_draft(session) is None
