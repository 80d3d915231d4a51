"""Which statements are understood, and how others are refused: always in words."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.xapi.statements import (
    MOST_AT_ONCE,
    Actor,
    NotAStatement,
    digest_of,
    id_of,
    parsed,
    read,
    version_of,
)

pytestmark = pytest.mark.once

NOW = datetime(2027, 3, 2, 10, 30, tzinfo=UTC)
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


def told(**changed):
    return {
        "id": "12345678-1234-5678-1234-567812345678",
        "actor": {"mbox": "mailto:Sam@Example.org", "name": "Sam"},
        "verb": {"id": COMPLETED, "display": {"en": "completed"}},
        "object": {
            "id": "https://learn.example/courses/safeguarding",
            "definition": {"name": {"en-GB": "Safeguarding"}},
        },
        "timestamp": "2027-03-01T23:30:00Z",
        **changed,
    }


def without(*names):
    return {key: value for key, value in told().items() if key not in names}


def test_what_is_read_of_a_statement():
    one = read(told(), NOW)
    assert one.actor == Actor("mbox", "sam@example.org")
    assert (one.activity, one.activity_name, one.day, one.completes) == (
        "https://learn.example/courses/safeguarding", "Safeguarding", date(2027, 3, 1), True,
    )  # fmt: skip
    assert read(without("timestamp", "id"), NOW).day == date(2027, 3, 2)
    summer = told(timestamp="2026-07-01T23:30:00Z")
    assert read(summer, NOW).day == date(2026, 7, 2), "the day is London's"


@pytest.mark.parametrize(
    ("actor", "kind", "value"),
    [
        ({"mbox": "mailto:a@b.org", "objectType": "Agent"}, "mbox", "a@b.org"),
        ({"mbox_sha1sum": "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9"}, "mbox_sha1sum",
         "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"),
        ({"openid": "https://id.example/sam"}, "openid", "https://id.example/sam"),
        ({"account": {"homePage": "https://learn.example", "name": "s 7"}}, "account",
         "https://learn.example s 7"),
    ],
)  # fmt: skip
def test_the_four_ways_to_name_somebody(actor, kind, value):
    assert read(told(actor=actor), NOW).actor == Actor(kind, value)


@pytest.mark.parametrize(
    "changed",
    [
        {"verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"}},
        {"result": {"completion": False}},
        {"result": {"success": False}},
        {"object": {"objectType": "StatementRef", "id": str(uuid4())}},
        {"object": {"objectType": "Agent", "mbox": "mailto:a@b.org"}},
    ],
)
def test_what_completes_nothing_is_no_mistake(changed):
    assert not read(told(**changed), NOW).completes
    assert read(told(verb={"id": COMPLETED.replace("completed", "passed")}), NOW).completes
    assert read(told(result={"completion": True, "success": True, "score": {"raw": 9}}), NOW)


WRONG = {
    "list": [], "text": "x", "number": 5, "nothing": None,
    "no actor": without("actor"), "no verb": without("verb"), "no object": without("object"),
    "unknown key": told(colour="red"),
    "id": told(id="7"), "id without hyphens": told(id="1" * 32), "id of a number": told(id=7),
    "actor text": told(actor="sam"), "actor unnamed": told(actor={"name": "Sam"}),
    "two names": told(actor={"mbox": "mailto:a@b.org", "openid": "https://x.example"}),
    "a group": told(actor={"objectType": "Group", "mbox": "mailto:a@b.org"}),
    "an actor of what": told(actor={"objectType": ["Agent"], "mbox": "mailto:a@b.org"}),
    "no mailto": told(actor={"mbox": "a@b.org"}), "mbox list": told(actor={"mbox": ["a"]}),
    "short sha1": told(actor={"mbox_sha1sum": "abc"}),
    "account text": told(actor={"account": "sam"}),
    "account without a name": told(actor={"account": {"homePage": "https://x.example"}}),
    "account with an empty name": told(
        actor={"account": {"homePage": "https://x.example", "name": " "}}),
    "account and more": told(
        actor={"account": {"homePage": "https://x.example", "name": "a", "b": 1}}),
    "verb text": told(verb="completed"), "verb without id": told(verb={}),
    "verb no address": told(verb={"id": "completed"}),
    "object without id": told(object={}), "object of what": told(object={"objectType": "Thing"}),
    "object with a list": told(object={"objectType": [], "id": "https://x.example"}),
    "definition": told(object={"id": "https://x.example", "definition": 3}),
    "name": told(object={"id": "https://x.example", "definition": {"name": "x"}}),
    "result": told(result="good"), "completion": told(result={"completion": "yes"}),
    "timestamp": told(timestamp="yesterday"), "timestamp number": told(timestamp=5),
    "to come": told(timestamp="2027-04-01T00:00:00Z"),
    "long ago": told(timestamp="1969-01-01T00:00:00Z"),
    "year 1": told(timestamp="0001-01-01T00:00:00+14:00"),
    "version": told(version="3"), "nul": told(actor={"mbox": "mailto:a\0@b.org"}),
    "half a sign": told(object={"id": "https://x.example/\ud800"}),
    "too long": told(object={"id": "https://x.example/" + "x" * 2000}),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_another_shape_is_refused_in_words(name):
    with pytest.raises(NotAStatement) as refused:
        read(WRONG[name], NOW)
    assert str(refused.value).endswith((".", "”."))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "mbox", "account", "objectType", "name", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(told())), JSON, max_size=5), JSON)
def test_whatever_is_sent_is_read_or_refused(changed, alone):
    for thing in (told(**changed), alone):
        with suppress(NotAStatement):
            assert read(thing, NOW).digest


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[]", b'{"a": NaN}', b"[" * 100_000, b"1" * 5000 + b"}",
     json.dumps([{}] * (MOST_AT_ONCE + 1)).encode()],
)  # fmt: skip
def test_garbage_is_no_body(body):
    with pytest.raises(NotAStatement):
        parsed(body)


def test_one_or_many_are_read():
    assert parsed(b"{}") == [{}]
    assert parsed(b'[{"a": 1}, 2]') == [{"a": 1}, 2]


@given(st.permutations(list(told().items())))
def test_the_same_statement_has_the_same_digest_however_it_is_written(items):
    assert digest_of(dict(items)) == digest_of(told())
    assert digest_of(told(stored="2027-03-02T00:00:00Z")) == digest_of(told())
    assert digest_of(told(verb={"id": "https://x.example"})) != digest_of(told())


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("1.0.3", "1.0.3"),
        ("1.0", "1.0.3"),
        ("1.0.0", "1.0.3"),
        ("2.0.0", "2.0.0"),
        ("2.0", "2.0.0"),
    ],
)
def test_the_versions_we_speak(header, answer):
    assert version_of(header) == answer


@pytest.mark.parametrize("header", [None, "", "0.95", "1.1.0", "3.0", "1.0.3\n2", "٢.٠"])
def test_the_versions_we_do_not_speak(header):
    with pytest.raises(NotAStatement, match=r"1\.0\.3"):
        version_of(header)


def test_the_id_of_an_address():
    assert id_of("12345678-1234-5678-1234-567812345678".upper())[:8] == "12345678"
    with pytest.raises(NotAStatement):
        id_of(None)
