"""Every person × state × verb.  What TRANSITIONS does not list is refused."""

from itertools import product

import pytest

from charter import rules, states
from charter.workflow import TRANSITIONS, transitions
from tests.builders import charter as build
from tests.builders import people
from web import clock
from web.workflow import Refused, obstacles, perform

WHO = ("nobody", "stranger", "viewer", "editor", "lead", "lead who left", "officer")
WHO += ("officer who belongs", "other officer", "clock", "portal")
OFFICERS = {"officer", "other officer"}

MAY = {
    "send": {"editor", "lead"},
    "confirm": {"officer"},
    "return": {"officer"},
    "withdraw": {"lead", "officer"},
    "suspend": {"officer"},
    "restore": {"officer"},
    "keep paused": {"officer"},
    "end": {"officer"},
    "appeal": {"lead"},
    "uphold": {"other officer"},
    "turn down": {"other officer"},
    "fall due": {"clock"},
    "lapse": {"clock"},
    "renew": set(),  # with its renewal alone: test_renewal.py
    "go with it": {"portal"},
    "merge": {"portal"},
    **{f"undo merge: {state}": {"portal"} for state in states.MERGED},
}
FROM = {
    "send": {"draft", "returned"},
    "confirm": {"sent"},
    "return": {"sent"},
    "withdraw": {"draft", "sent", "returned", "live", "due"},
    "suspend": {"live", "due"},
    "restore": {"suspended"},
    "keep paused": {"suspended"},
    "end": {"suspended"},
    "appeal": {"suspended"},
    "uphold": {"suspended"},
    "turn down": {"suspended"},
    "fall due": {"live"},
    "lapse": {"due"},
    "renew": {"live", "due", "lapsed"},
    "go with it": {"draft", "sent", "returned"},
    "merge": {"draft", "sent", "returned", "live", "due"},
    **{f"undo merge: {state}": {"withdrawn"} for state in states.MERGED},
}


class Nobody:
    is_authenticated = False

    def has_role(self, _role):
        return False


@pytest.fixture
def everyone(session):
    """The organisation with its people, and the rest."""
    build.agreed_charter(session)
    organisation = build.club(session)
    belongs = build.joined(session, organisation, "viewer", "Tied")
    people.people.appoint(session, belongs, "officer", by="system:test", at=clock.now())
    left = build.joined(session, organisation, "lead", "Left")
    left.memberships[-1].ended_at = clock.now()
    build.record(session, left.memberships[-1], "end", by=left, at=clock.now())
    session.commit()
    return organisation, {
        "nobody": Nobody(),
        "stranger": people.person(session, "Stranger"),
        "viewer": build.joined(session, organisation, "viewer"),
        "editor": build.joined(session, organisation, "editor"),
        "lead": build.lead_of(organisation),
        "lead who left": left,
        "officer": people.officer(session),
        "officer who belongs": belongs,
        "other officer": people.officer(session),
        "clock": rules.CLOCK,
        "portal": rules.PORTAL,
    }


@pytest.mark.parametrize("state", states.ALL_STATES)
def test_who_may_make_which_move(session, everyone, state):
    organisation, who = everyone
    pledge = build.pledge(session, state, organisation=organisation, by=who["officer"])
    build_whole(session, pledge)
    assert pledge.state == state
    for name, verb in product(WHO, TRANSITIONS):
        may = MAY[verb] | (OFFICERS if "officer" in MAY[verb] else set())
        allowed = name in may and state in FROM[verb]
        if verb in ("uphold", "turn down"):
            allowed = False  # no appeal waits: test_pausing.py
        if name in OFFICERS and (verb, state) == ("withdraw", "draft"):
            allowed = False  # an officer does not know of drafts
        if state == "sent" and verb == "confirm" and organisation.state == "unchecked":
            allowed = False
        found = obstacles(TRANSITIONS, verb, pledge, who[name])
        assert (found == []) == allowed, (name, verb, state, found)
        assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in found)


def build_whole(session, pledge):
    """A draft with all that sending needs, where it can still be written."""
    if pledge.state == states.DRAFT:
        build.fill(session, pledge)


def test_a_move_that_is_refused_changes_nothing(session, everyone):
    organisation, who = everyone
    pledge = build.pledge(session, states.SENT, organisation=organisation)
    with pytest.raises(Refused):
        perform(TRANSITIONS, "lapse", pledge, by=rules.CLOCK, at=clock.now())
    with pytest.raises(Refused, match="Write a note"):
        perform(TRANSITIONS, "return", pledge, by=who["officer"], at=clock.now())
    assert pledge.state == states.SENT


def test_the_table_covers_every_state_and_the_tests_every_verb():
    named = {s for m in TRANSITIONS.values() for s in (*m.sources, m.to)}
    assert named == set(states.ALL_STATES)
    assert set(MAY) == set(FROM) == set(TRANSITIONS)


def test_every_state_has_words_for_everybody():
    assert set(states.WORDS) == set(states.ALL_STATES)
    for words in states.WORDS.values():
        assert str(words.name)
        for sentence in (words.organisation, words.team, words.public):
            assert str(sentence).rstrip("”").endswith(".")
    assert {"begin", *TRANSITIONS} == set(states.HAPPENED)


# What must hold


@pytest.fixture
def draft(session):
    build.agreed_charter(session)
    made = build.pledge(session)
    build.fill(session, made)
    return made


def missing(pledge):
    return " ".join(obstacles(TRANSITIONS, "send", pledge, build.lead_of(pledge.organisation)))


def test_all_that_sending_needs(session, draft):
    assert missing(draft) == ""
    draft.details_seen_at = None
    draft.signatory_role = ""
    draft.covered.clear()
    draft.actions[0].text = "Be nice."
    draft.actions.pop()
    with session.no_autoflush:
        said = missing(draft)
    for sentence in (
        "Check your organisation's details",
        "Choose at least one project",
        "Say who signs",
        "Write at least 3 actions. You have written 2.",
        "Say a little more, in a whole sentence: Keep us safe.",
    ):
        assert sentence in said
    session.rollback()


def test_no_pledge_to_example_text_is_confirmed_outside_example_mode(session):
    build.charter(session)
    pledge = build.pledge(session, states.SENT)
    officer = people.officer(session)
    build.check_organisation(session, pledge.organisation, by=officer, at=clock.now())
    (sentence,) = obstacles(transitions(example=False), "confirm", pledge, officer)
    assert "still example text" in sentence
    assert obstacles(transitions(example=True), "confirm", pledge, officer) == []


@pytest.mark.parametrize(
    "text", ["Yes.", "We listen always", "a b c d e f", "1 2 3 4 5 6 7 8", "🙂" * 40]
)
def test_what_is_no_sentence(text):
    assert rules.is_a_sentence(text) is not True


@pytest.mark.parametrize(
    "text", ["We learn every name.", "نستمع إلى الشباب كل أسبوع", *build.GOOD.values()]
)
def test_what_is_one(text):
    assert rules.is_a_sentence(text) is True
