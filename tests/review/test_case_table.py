"""Every person × state × verb of a case.  What TRANSITIONS does not list is refused."""

from itertools import product
from types import SimpleNamespace

import pytest

from review import rules
from review.states import ALL_STATES, DECIDED, SECOND_APPEAL, UNDECIDED
from review.workflow import TRANSITIONS
from web.workflow import Refused, obstacles, perform

pytestmark = pytest.mark.once
CLUB = SimpleNamespace(id=1, state="checked")


class Somebody:
    def __init__(self, number, *roles, member=None):
        self.id, self.roles = number, roles
        belongs = SimpleNamespace(organisation_id=1, ended_at=None, role=member)
        self.memberships = [belongs] if member else []

    def has_role(self, role):
        return role in self.roles


WHO = {
    "stranger": Somebody(1),
    "viewer": Somebody(2, member="viewer"),
    "editor": Somebody(3, member="editor"),
    "lead": Somebody(4, member="lead"),
    "officer": Somebody(5, "officer"),
    "adult": Somebody(6, "assessor"),
    "young": Somebody(7, "young assessor"),
    "taken out": Somebody(8, "assessor"),
    "other assessor": Somebody(9, "assessor"),
    "lead who read": Somebody(10, "assessor", "lead assessor"),
    "lead who moderated": Somebody(11, "assessor", "lead assessor"),
    "other lead": Somebody(12, "assessor", "lead assessor"),
    "chair": Somebody(13, "steering group", "chair"),
    "chair aside": Somebody(14, "steering group", "chair"),
    "member": Somebody(15, "steering group"),
    "youth": Somebody(16, "steering group"),
    "safeguarding": Somebody(17, "safeguarding"),
    "second member": Somebody(18, "steering group"),
    "second youth": Somebody(19, "steering group"),
    "clock": rules.CLOCK,
    "portal": rules.PORTAL,
}
THE_CLOCK, OURS = {"clock"}, {"clock", "portal"}
OFFICER, LEAD, CHAIR = {"officer"}, {"lead"}, {"chair"}
ADULTS = {"adult", "lead who read"}
MAY = {
    "ask assessors": OFFICER,
    "find others": OURS,
    "read again": {"portal"},
    "begin reading": {"portal"},
    "ask": ADULTS | {"young"},  # review.desk.rules lets adults alone
    "answer": {"lead", "editor"},
    "go on without": OURS,
    "all read": {"portal"},
    "met": ADULTS,
    "send report": ADULTS,
    "facts checked": LEAD,
    "silence agrees": THE_CLOCK,
    "moderate": {"lead who moderated", "other lead"},
    "back to the report": {"lead who moderated", "other lead"},
    "ask reserves": THE_CLOCK,
    "ask the second panel's reserves": THE_CLOCK,
    "look for a guest": THE_CLOCK,
    "look for a guest of the second panel": THE_CLOCK,
    "stage": CHAIR,
    "undo": CHAIR,
    "undo the second panel's": {"second member"},
    "endorse": OFFICER,
    "endorse with conditions": OFFICER,
    "not yet": OFFICER,
    "take back the release": CHAIR,
    "take back the second release": {"second member"},
    "an essential fell": THE_CLOCK,
    "meet conditions": OURS,
    "lapse": THE_CLOCK,
    "appeal": LEAD,
    "uphold": {"other lead"},
    "turn down: endorsed": {"other lead"},
    "turn down: conditions": {"other lead"},
    "turn down: not yet": {"other lead"},
    "appeal again": LEAD,
    "withdraw": LEAD,
}
BEFORE_PANEL = {"fact check", "moderation", "panel"}
DECISION = {"endorsed", "conditions", "not yet"}
FROM = {
    "ask assessors": {"waiting", "allocated"},
    "find others": {"allocated", "desk", "question", "visit", "report"},
    "read again": BEFORE_PANEL,
    "begin reading": {"waiting", "allocated"},
    "ask": {"desk", "question"},
    "answer": {"question"},
    "go on without": {"question"},
    "all read": {"desk"},
    "met": {"visit"},
    "send report": {"report"},
    "facts checked": {"fact check"},
    "silence agrees": {"fact check"},
    "moderate": {"moderation"},
    "back to the report": {"moderation"},
    "ask reserves": {"panel"},
    "ask the second panel's reserves": {"second appeal"},
    "look for a guest": {"panel"},
    "look for a guest of the second panel": {"second appeal"},
    "stage": {"panel", "second appeal"},
    "undo": {"staged"},
    "undo the second panel's": {"staged"},
    "endorse": {"staged"},
    "endorse with conditions": {"staged"},
    "not yet": {"staged"},
    "take back the release": DECISION,
    "take back the second release": DECISION,
    "an essential fell": {"endorsed", "conditions"},
    "meet conditions": {"conditions"},
    "lapse": {"conditions"},
    "appeal": DECISION,
    "uphold": {"appeal"},
    "turn down: endorsed": {"appeal"},
    "turn down: conditions": {"appeal"},
    "turn down: not yet": {"appeal"},
    "appeal again": DECISION,
    "withdraw": {"waiting", "allocated", "desk", "question", "visit", "report", *BEFORE_PANEL},
}
NOTED = {
    "back to the report", "undo", "undo the second panel's", "take back the release",
    "take back the second release", "appeal", "uphold", "turn down: endorsed",
    "turn down: conditions", "turn down: not yet", "appeal again",
}  # fmt: skip
SECOND = {"undo the second panel's", "take back the second release"}
"""They are about the second panel, so it has been asked for."""


def part(name, kind, state):
    return SimpleNamespace(person_id=WHO[name].id, part=kind, state=state)


def ballot(name, stage, group, standing="open"):
    person = WHO[name].id
    return SimpleNamespace(person_id=person, stage=stage, constituency=group, standing=standing)


def case_in(state, verb):
    """One with all its people.  What a rule asks beside who it is has tests of its own."""
    report = SimpleNamespace(
        sent_by_id=None, moderated_by_id=WHO["lead who moderated"].id, findings=[]
    )
    return SimpleNamespace(
        state=state, organisation=CLUB, report=report, decisions=[],
        allocations=[
            part("adult", "adult", "accepted"), part("young", "young", "accepted"),
            part("taken out", "adult", "replaced"), part("lead who read", "adult", "sent"),
        ],
        ballots=[
            ballot("chair", 1, "agency"), ballot("chair aside", 1, "voluntary", "aside"),
            ballot("member", 1, "agency"), ballot("youth", 1, "youth"),
            ballot("second member", 2, "agency"), ballot("second youth", 2, "youth"),
        ],
        appeals=[SimpleNamespace(stage=2, answered_by_id=None)] if verb in SECOND else [],
    )  # fmt: skip


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_every_person_from_every_state(verb):
    """The rule says who; from any other state nobody may, whoever they are."""
    for name, state in product(WHO, ALL_STATES):
        case = case_in(state, verb)
        if state not in FROM[verb]:
            assert obstacles(TRANSITIONS, verb, case, WHO[name]), (name, state)
            continue
        second = verb == "stage" and state == SECOND_APPEAL
        may = {"second member"} if second else MAY[verb]
        verdict = TRANSITIONS[verb].by(WHO[name], case)
        assert (verdict is True) == (name in may), (name, state)
        assert verdict is True or verdict.endswith("."), (name, state)
        if name not in may:
            assert obstacles(TRANSITIONS, verb, case, WHO[name]) == [verdict]


def test_the_table_here_is_whole():
    assert set(MAY) == set(FROM) == set(TRANSITIONS)
    assert {verb for verb, move in TRANSITIONS.items() if move.note_required} == NOTED
    assert set().union(*FROM.values()) | {"lapsed", "withdrawn"} == set(ALL_STATES)
    assert FROM["withdraw"] == set(UNDECIDED)
    assert FROM["appeal"] == set(DECIDED)


def test_a_note_that_is_owed_is_insisted_on():
    for verb in NOTED - {"appeal", "appeal again"}:
        move = TRANSITIONS[verb]
        person = next(WHO[name] for name in MAY[verb])
        bare = {verb: type(move)(move.name, move.sources, move.to, move.by, note_required=True)}
        case = case_in(move.sources[0], verb)
        with pytest.raises(Refused, match="note"):
            perform(bare, verb, case, by=person, at=None, note="  ")
