"""A version of the charter: drafted, agreed by young people, published, and then never changed."""

import pytest
from sqlalchemy import select, text

from charter import content, queries
from charter.models import CharterDraft, Commitment
from charter.versions import actions, changes
from charter.versions.states import ALL_STATES, APPROVED, DISCARDED, DRAFT, PUBLISHED
from charter.versions.workflow import TRANSITIONS
from tests.builders import charter as build
from tests.builders import drafts, people
from web import clock
from web.audit import record
from web.audit.chain import history_of
from web.audit.verify import verify
from web.unchanging import Unchangeable
from web.workflow import Refused


@pytest.fixture
def officer(session):
    return people.officer(session)


@pytest.fixture
def draft(session, officer):
    return drafts.begun(session, officer, build.agreed_charter(session))


def keys(draft):
    return [c.key for c in draft.commitments]


def write_all(session, draft, officer, key):
    words = {
        "explanation": "There is a place for us after school.",
        "know": ["The door is open."],
        "questions": ["Is the door open?"],
        "easy_title": "Be there",
        "easy": ["The door is open."],
        "asks": "Say when you are open.",
        "examples": ["We are open each Tuesday from four to eight."],
        "weak_action": "We are open.",
        "weak_why": "It does not say when.",
    }
    drafts.reworded(session, draft, officer, key, **words)


def test_a_draft_begins_with_the_words_of_the_version_that_stands(session, draft):
    base = queries.current_charter(session)
    assert [(c.key, c.title, c.colour) for c in draft.commitments] == [
        (c.key, c.title, c.colour) for c in base.commitments
    ]
    assert draft.code == "2027-2"  # 2027 is taken


def test_two_who_begin_meet_in_one_draft(session, draft):
    other = people.officer(session, "Other Officer")
    assert drafts.begun(session, other) is draft


def test_nobody_but_the_charter_team_writes(session, draft):
    with pytest.raises(Refused, match="Only the Charter team"):
        actions.take_out(
            session, draft, draft.commitments[0], by=people.person(session), at=clock.now()
        )


def test_the_order_changes_and_sign_and_colour_stay(session, draft, officer):
    third = draft.commitments[2]
    colour = third.colour
    actions.move_commitment(session, draft, third, actions.UP, by=officer, at=clock.now())
    session.commit()
    assert keys(draft)[:3] == ["safe", "heard", "respect"]
    assert [c.number for c in draft.commitments] == list(range(1, 9))
    assert (third.number, third.colour) == (2, colour)
    actions.move_commitment(
        session, draft, draft.commitments[0], actions.UP, by=officer, at=clock.now()
    )
    assert keys(draft)[0] == "safe"


def test_one_is_taken_out_and_brought_back_in_its_colour(session, draft, officer):
    gone = draft.commitments[1]
    colour = gone.colour
    actions.take_out(session, draft, gone, by=officer, at=clock.now())
    session.commit()
    assert "respect" not in keys(draft)
    assert [c.number for c in draft.commitments] == list(range(1, 8))
    was = next(c for c in draft.based_on.commitments if c.key == "respect")
    back = actions.bring_back(session, draft, was, by=officer, at=clock.now())
    session.commit()
    assert (back.number, back.colour, back.title) == (8, colour, "Respect us")
    with pytest.raises(Refused, match="back already"):
        actions.bring_back(session, draft, was, by=officer, at=clock.now())


def test_a_new_one_gets_a_free_colour_and_must_be_finished(session, draft, officer):
    made = actions.add_commitment(
        session, draft, sign="home", title="Be there", by=officer, at=clock.now()
    )
    session.commit()
    assert made.colour == 9
    with pytest.raises(Refused, match="“Be there” is not finished"):
        drafts.approved(session, draft, officer)
    write_all(session, draft, officer, "home")
    drafts.approved(session, draft, officer)
    assert draft.state == APPROVED
    with pytest.raises(Refused, match="has this sign"):
        actions.add_commitment(
            session, draft, sign="home", title="Again", by=officer, at=clock.now()
        )


def test_the_last_commitment_stays(session, draft, officer):
    for commitment in list(draft.commitments)[:-1]:
        actions.take_out(session, draft, commitment, by=officer, at=clock.now())
    with pytest.raises(Refused, match="needs at least one"):
        actions.take_out(session, draft, draft.commitments[0], by=officer, at=clock.now())


def test_an_approval_is_of_the_exact_text(session, draft, officer):
    drafts.reworded(session, draft, officer)
    drafts.approved(session, draft, officer)
    drafts.reworded(session, draft, officer)  # the same words again
    assert draft.state == APPROVED
    drafts.reworded(session, draft, officer, title="Keep us safe!")
    assert draft.state == DRAFT
    assert draft.events[-1].verb == "change"
    with pytest.raises(Refused):
        actions.publish(session, draft, example=False, by=officer, at=clock.now())
    session.rollback()
    assert queries.current_charter(session).code == "2027"


@pytest.mark.parametrize("change", ["order", "out", "summary"])
def test_every_change_of_the_text_takes_the_approval_away(session, draft, officer, change):
    drafts.reworded(session, draft, officer)
    drafts.approved(session, draft, officer)
    who = {"by": officer, "at": clock.now()}
    if change == "order":
        actions.move_commitment(session, draft, draft.commitments[0], actions.DOWN, **who)
    elif change == "out":
        actions.take_out(session, draft, draft.commitments[0], **who)
    else:
        words = {"code": draft.code, "title": draft.title, "summary": "Nine things."}
        actions.write_whole(session, draft, words, **who)
    session.commit()
    assert draft.state == DRAFT


def test_another_address_is_no_other_text(session, draft, officer):
    drafts.reworded(session, draft, officer)
    drafts.approved(session, draft, officer)
    words = {"code": "2031", "title": draft.title, "summary": draft.summary}
    actions.write_whole(session, draft, words, by=officer, at=clock.now())
    assert draft.state == APPROVED


def test_what_changed_nothing_is_not_approved(session, draft, officer):
    with pytest.raises(Refused, match="Nothing is different"):
        drafts.approved(session, draft, officer)


def test_published_it_stands_with_who_agreed_it(session, officer):
    build.agreed_charter(session)
    version = drafts.published(session, officer)
    assert queries.current_charter(session).id == version.id
    assert (version.agreed_by, version.agreed_on) == (
        "The Tuesday group",
        clock.today().replace(day=1),
    )
    assert version.commitments[0].title == drafts.TITLE
    draft = session.scalars(select(CharterDraft)).one()
    assert (draft.state, draft.version_id) == (PUBLISHED, version.id)
    assert [e.verb for e in history_of(session, version)] == ["publish"]
    assert list(verify(session, _key())) == []


def _key():
    from flask import current_app

    return current_app.extensions["settings"].audit_key.get_secret_value().encode()


def test_a_code_that_is_taken_is_refused(session, draft, officer):
    words = {"code": "2027", "title": draft.title, "summary": draft.summary}
    with pytest.raises(Refused, match="There is a version 2027 already"):
        actions.write_whole(session, draft, words, by=officer, at=clock.now())


def test_example_text_only_in_example_mode_and_only_after_example_text(session, officer):
    draft = drafts.begun(session, officer, build.charter(session))
    drafts.reworded(session, draft, officer)
    with pytest.raises(Refused, match="Record first"):
        actions.publish(session, draft, example=False, by=officer, at=clock.now())
    version = actions.publish(session, draft, example=True, by=officer, at=clock.now())
    session.commit()
    assert version.example_text


def test_example_text_never_replaces_what_was_agreed(session, draft, officer):
    drafts.reworded(session, draft, officer)
    with pytest.raises(Refused, match="Young people agreed the version that stands"):
        actions.publish(session, draft, example=True, by=officer, at=clock.now())


def test_a_draft_is_thrown_away_with_a_reason(session, draft, officer):
    with pytest.raises(Refused, match="note"):
        actions.discard(session, draft, note=" ", by=officer, at=clock.now())
    actions.discard(session, draft, note="We begin anew.", by=officer, at=clock.now())
    session.commit()
    assert draft.state == DISCARDED
    with pytest.raises(Refused, match="closed"):
        drafts.reworded(session, draft, officer)
    session.rollback()
    assert drafts.begun(session, officer).id != draft.id


@pytest.mark.parametrize("verb", TRANSITIONS)
@pytest.mark.parametrize("state", ALL_STATES)
def test_what_is_not_listed_is_refused(state, verb):
    from web.workflow import obstacles

    class Thing:
        pass

    thing = Thing()
    thing.state = state
    if state not in TRANSITIONS[verb].sources:
        assert obstacles(TRANSITIONS, verb, thing, None) == [
            f"This cannot be done while it is “{state}”."
        ]


# A published version never changes


def test_no_word_of_it_can_be_changed(session):
    version = build.agreed_charter(session)
    version.commitments[0].title = "Something else"
    record(session, version.commitments[0], "write", by="system:test", at=clock.now())
    with pytest.raises(Unchangeable):
        session.commit()
    session.rollback()
    version.title = "Something else"
    with pytest.raises(Unchangeable):
        session.flush()
    session.rollback()
    assert version.title == "The Youth Charter"


def test_nothing_is_taken_from_it_or_added(session):
    version = build.agreed_charter(session)
    session.delete(version.commitments[0])
    with pytest.raises(Unchangeable):
        session.flush()
    session.rollback()
    text = content.read(content.DEFAULT).commitments[0]
    more = Commitment(
        **text.model_dump(exclude={"weak", "key", "number", "colour"}),
        key="more",
        number=9,
        colour=9,
        weak_action="",
        weak_why="",
    )
    version.commitments.append(more)
    with pytest.raises(Unchangeable):
        session.flush()


def test_a_change_past_the_session_is_found(session):
    build.agreed_charter(session)
    session.execute(text("UPDATE commitment SET title = 'x' WHERE number = 1"))
    session.commit()
    found = list(verify(session, _key()))
    assert [said for said in found if "title was changed behind" in said]


# What changed


def test_what_changed_is_told_commitment_by_commitment(session, draft, officer):
    drafts.reworded(session, draft, officer, "safe")
    actions.take_out(session, draft, draft.commitments[7], by=officer, at=clock.now())
    actions.add_commitment(session, draft, sign="home", title="New", by=officer, at=clock.now())
    actions.move_commitment(
        session, draft, draft.commitments[1], actions.DOWN, by=officer, at=clock.now()
    )
    found = changes.between(draft.based_on, draft)
    kinds = {key: change.kind for key, change in found.by_key().items()}
    assert kinds["safe"] == changes.REWORDED
    assert kinds["home"] == changes.NEW
    assert kinds["community"] == changes.GONE
    assert kinds["trust"] == changes.KEPT
    (title,) = found.by_key()["safe"].texts
    assert (list(title.was), list(title.now)) == (["Keep us safe"], [drafts.TITLE])
    assert found.by_key()["respect"].moved_from == 2
    assert not changes.between(draft.based_on, draft.based_on).any
