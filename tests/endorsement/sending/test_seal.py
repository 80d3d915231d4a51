"""Sealed is sealed: what was sent is proved item by item, whatever happens later."""

import copy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from endorsement.models import Submission, SubmissionItem
from endorsement.sending import actions, seal
from endorsement.sending.snapshot import KINDS, fingerprint, items_of
from endorsement.sending.verifying import differences
from tests.builders import quality
from tests.builders import sending as build
from tests.conftest import SECRET
from web import clock
from web.audit.models import AuditValue
from web.audit.verify import verify
from web.mail import OutboxMail
from web.unchanging import Unchangeable
from web.workflow import Refused

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, JSON)
def test_one_text_for_one_value_and_two_for_two(one, other):
    same = seal.canonical(one) == seal.canonical(other)
    assert same == (seal.canonical(copy.deepcopy(one)) == seal.canonical(other))
    if one != other:
        assert not same


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_keys_is_nothing(value):
    turned = dict(reversed(list(value.items())))
    assert seal.canonical(value) == seal.canonical(turned)


@pytest.fixture
def submission(session):
    return build.sent(session)


def again(session, submission):
    session.expire_all()
    return session.get_one(Submission, submission.id)


def kinds(submission):
    return [item.kind for item in submission.items]


def item_of(submission, kind, key=""):
    return next(i for i in submission.items if i.kind == kind and key in ("", i.key))


def test_all_that_was_said_is_in_it(session, submission):
    submission = again(session, submission)
    assert [item.number for item in submission.items] == list(range(1, len(submission.items) + 1))
    assert list(dict.fromkeys(kinds(submission))) == [k for k in KINDS if k != "evidence"]
    assert kinds(submission).count("answer") == 12
    assert item_of(submission, "answer", "A1").content["rating"] == 2
    assert item_of(submission, "action").content["by_on"] == "2027-05-01"
    assert item_of(submission, "submission").content["reached"] == "foundation"
    assert item_of(submission, "declaration").content["name"] == "Joan Price"
    assert item_of(submission, "training").content == {"figures": None}
    assert item_of(submission, "pledge").content["state"] == "live"
    assert list(differences(submission)) == []
    assert list(differences(submission, seal.in_groups(submission.root).upper())) == []


def test_every_item_has_a_salt_of_its_own(submission):
    salts = {item.salt for item in submission.items}
    assert len(salts) == len(submission.items)


def test_nothing_edited_later_touches_it(session, submission):
    made, root = submission.assessment, submission.root
    build.say(session, made, "A1", 0, reason="It was not so.")
    quality.action(session, made.organisation, "A1")
    submission = again(session, submission)
    assert item_of(submission, "answer", "A1").content["rating"] == 2
    assert kinds(submission).count("action") == 1
    assert submission.root == root
    assert list(differences(submission)) == []


def test_a_later_answer_is_another_page(session, submission):
    made = submission.assessment
    before = fingerprint(items_of(build.whole(session, made), clock.today()))
    assert before == fingerprint(items_of(build.whole(session, made), clock.today()))
    build.say(session, made, "A1", 2, reason="Other words.")
    assert before != fingerprint(items_of(build.whole(session, made), clock.today()))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("answer", {"rating": 3}),
        ("action", {"done_on": "2027-01-01"}),
        ("framework", {"code": "1999"}),
        ("declaration", {"name": "Somebody else"}),
    ],
)
def test_a_changed_item_is_named(session, submission, kind, change):
    item = item_of(submission, kind)
    row = update(SubmissionItem).where(SubmissionItem.id == item.id)
    session.execute(row.values(content=item.content | change))
    (first, *_) = differences(again(session, submission))
    assert first.startswith(f"Item {item.number} ({kind}")
    assert first.endswith("differs from what was sealed.")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM submission_item WHERE number = 9", "Item 9 is not there."),
        ("UPDATE submission_item SET key = 'F2' WHERE kind = 'answer' AND key = 'A1'",
         "differs from what was sealed."),
        ("UPDATE submission_item SET digest = 'x' WHERE number = 9", "the root is another."),
        ("UPDATE submission SET level = 'excellent'", "own level is not what item 1 says."),
        ("UPDATE submission SET declared_name = 'X'", "own name is not what item 2 says."),
        ("UPDATE submission SET root = 'x'", "the root is another."),
        ("UPDATE submission_item SET content = NULL, salt = NULL,"
         " removed_at = '2027-01-01 10:00:00' WHERE number = 9",
         "is gone, and nothing says that it was removed."),
    ],
)  # fmt: skip
def test_what_is_done_behind_our_back_is_found(session, submission, statement, said):
    session.execute(text(statement))
    assert any(said in sentence for sentence in differences(again(session, submission)))


def test_who_changes_all_of_it_still_differs_from_the_mail(session, submission):
    mailed = submission.root
    items = copy.deepcopy([(i.number, i.kind, i.key, i.content) for i in submission.items])
    for (number, kind, key, content), row in zip(items, submission.items, strict=True):
        told = content | {"rating": 3} if kind == "answer" else content
        digest = seal.digest_of("0", number, kind, key, told)
        values = {"content": told, "digest": digest, "salt": "0"}
        session.execute(update(SubmissionItem).where(SubmissionItem.id == row.id).values(**values))
    root = seal.root_of(again(session, submission).items)
    session.execute(text("UPDATE submission SET root = :root"), {"root": root})
    assert list(differences(again(session, submission))) == []
    assert list(differences(again(session, submission), mailed)) == [
        "The root kept here is not the one you gave."
    ]
    assert any("submission" in said for said in verify(session, SECRET[::-1].encode()))


@pytest.mark.parametrize("kind", ["answer", "action", "declaration"])
def test_one_item_is_removed_and_the_rest_is_proved(session, submission, kind):
    root, item = submission.root, item_of(submission, kind)
    actions.remove_item(
        session, submission, item.number, "They asked.", by="system:test", at=clock.now()
    )
    session.commit()
    submission = again(session, submission)
    gone = submission.items[item.number - 1]
    assert (gone.content, gone.salt, gone.removed_why) == (None, None, "They asked.")
    assert submission.root == root
    assert list(differences(submission, root)) == []
    if kind == "declaration":
        assert (submission.declared_name, submission.declared_role) == ("", "")
    other = next(i for i in submission.items if i.content is not None)
    session.execute(
        update(SubmissionItem).where(SubmissionItem.id == other.id).values(content={"a": 1})
    )
    assert list(differences(again(session, submission)))
    assert list(verify(session, SECRET[::-1].encode())) == []


def test_no_word_of_an_item_stands_in_the_audit(session, submission):
    values = [str(v.after) for v in session.scalars(select(AuditValue))]
    told = [e for e in values if "Joan Price" in e]
    assert told == ["Joan Price"], "the pledge's own"


@pytest.mark.parametrize(
    ("number", "why", "said"),
    [(99, "x", "There is no item 99"), (3, " ", "Say why"), (2, "x", "removed already")],
)
def test_what_cannot_be_removed_is_told(session, submission, number, why, said):
    actions.remove_item(session, submission, 2, "Once.", by="system:test", at=clock.now())
    session.commit()
    with pytest.raises(Refused, match=said):
        actions.remove_item(session, submission, number, why, by="system:test", at=clock.now())


@pytest.mark.parametrize(
    "change",
    [
        lambda s: setattr(s, "level", "excellent"),
        lambda s: setattr(s, "root", "x"),
        lambda s: setattr(s, "sent_at", s.sent_at + timedelta(days=1)),
        lambda s: setattr(s, "declared_name", "Another"),
        lambda s: setattr(s.items[0], "content", {"a": 1}),
        lambda s: setattr(s.items[0], "digest", "x"),
        lambda s: setattr(s.items[0], "number", 99),
        lambda s: setattr(s.events[0], "note", "Never said."),
    ],
)
def test_the_code_cannot_change_what_is_sealed(session, submission, change):
    change(submission)
    with pytest.raises(Unchangeable):
        session.flush()


@pytest.mark.parametrize("part", [lambda s: s, lambda s: s.items[3], lambda s: s.events[0]])
def test_the_code_cannot_take_away_what_is_sealed(session, submission, part):
    session.delete(part(submission))
    with pytest.raises(Unchangeable):
        session.flush()


def test_its_leads_and_the_team_hear_and_get_the_root(session, submission):
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.kind.startswith("endorsement/"))
    ).all()
    assert {mail.kind for mail in mails} == {"endorsement/sent", "endorsement/to-read"}
    assert {mail.facts["root"] for mail in mails} == {seal.in_groups(submission.root)}


# The commands


def flask(app, *words):
    with app.app_context():  # its session is its own, and over when the command is
        return app.test_cli_runner().invoke(args=["submission", *words])


def test_verify_says_that_it_is_whole_or_what_differs(app, session, submission):
    told = flask(app, "verify", submission.reference)
    assert told.exit_code == 0
    assert seal.in_groups(submission.root) in told.output
    session.execute(text("UPDATE submission_item SET digest = 'x' WHERE number = 9"))
    session.commit()
    told = flask(app, "verify", submission.reference)
    assert told.exit_code == 1
    assert "Item 9 (answer" in told.output
    assert flask(app, "verify", "NONE-SUCH").exit_code == 1


def test_remove_takes_one_part_away(app, session, submission):
    number = item_of(submission, "answer", "A1").number
    assert f"Item {number} (answer A1)" in flask(app, "items", submission.reference).output
    told = flask(app, "remove", submission.reference, str(number), "--why", "They asked.")
    assert told.exit_code == 0, told.output
    told = flask(app, "verify", submission.reference, "--root", submission.root)
    assert told.exit_code == 0, told.output
    assert f"Item {number} (answer A1) was removed: They asked." in told.output
    again_ = flask(app, "remove", submission.reference, str(number), "--why", "Twice.")
    assert "removed already" in again_.output
