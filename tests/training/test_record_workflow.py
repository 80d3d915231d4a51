"""Who may do what with a record, in every state; and what is not listed is refused."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from training.states import (
    ASKED,
    AWAITING,
    CHECKED,
    RECOGNISED,
    REFUSED,
    RETURNED,
    STORED,
    WITHDRAWN,
)
from training.workflow import TRANSITIONS, diagram
from web import clock
from web.workflow import Refused, obstacles, perform

WHO = (
    "owner", "lead", "editor", "viewer", "let check", "let no more", "former lead", "lead of B",
    "buddy lead", "buddy editor", "officer", "owner officer",
)  # fmt: skip
HERE, ELSEWHERE, BUDDY = (SimpleNamespace(id=n, state="checked") for n in (1, 2, 3))
ANYBODY_CHECKS = {"lead", "editor", "let check", "buddy lead", "officer"}
OWN = {"owner", "owner officer"}
MAY = {
    "check": (AWAITING, ANYBODY_CHECKS),
    "return": (AWAITING, ANYBODY_CHECKS),
    "send again": (RETURNED, OWN),
    "recognise": (ASKED, ANYBODY_CHECKS),
    "refuse": (ASKED, ANYBODY_CHECKS),
    "ask again": (REFUSED, OWN),
    "hold": (CHECKED, {"officer"}),
    "reopen": (CHECKED, {"officer"}),
    "withdraw": (
        (AWAITING, RETURNED, CHECKED, ASKED, RECOGNISED, REFUSED), OWN,
    ),
}  # fmt: skip


@dataclass
class Somebody:
    id: int
    memberships: list[Any] = field(default_factory=list)
    officer: bool = False

    def has_role(self, role):
        return self.officer and role == "officer"


def belongs(organisation, role, *, ended=False):
    return SimpleNamespace(
        organisation_id=organisation.id, role=role, ended_at=clock.now() if ended else None
    )


PEOPLE = {
    "owner": Somebody(1, [belongs(HERE, "lead")]),
    "lead": Somebody(2, [belongs(HERE, "lead")]),
    "editor": Somebody(3, [belongs(HERE, "editor")]),
    "viewer": Somebody(4, [belongs(HERE, "viewer")]),
    "let check": Somebody(8, [belongs(HERE, "viewer")]),
    "let no more": Somebody(9, [belongs(HERE, "viewer")]),
    "buddy lead": Somebody(10, [belongs(BUDDY, "lead")]),
    "buddy editor": Somebody(11, [belongs(BUDDY, "editor")]),
    "former lead": Somebody(5, [belongs(HERE, "lead", ended=True)]),
    "lead of B": Somebody(6, [belongs(ELSEWHERE, "lead")]),
    "officer": Somebody(7, officer=True),
    "owner officer": Somebody(1, officer=True),
}


def _let(person_id, *, since):
    """A role whose holder a lead lets check others here, since then."""
    holder = SimpleNamespace(person_id=person_id)
    return SimpleNamespace(may_check_since=since, stands=True, practitioner=holder)


def record_in(state, person_id=1):
    lets = [_let(8, since=clock.now()), _let(9, since=None)]
    buddy = SimpleNamespace(stands=True, other=lambda _here: BUDDY)
    role = SimpleNamespace(
        stands=True, organisation=HERE, organisation_id=HERE.id, checkers=lets, buddies=[buddy]
    )
    owner = SimpleNamespace(person_id=person_id, roles=[role])
    made = SimpleNamespace(state=state, practitioner=owner, checked_by_id=None)
    made.happened = lambda **told: told
    return made


@pytest.mark.parametrize("state", STORED)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_every_move_by_everybody_from_every_state(verb, who, state):
    sources, allowed = MAY[verb]
    open_ = state in sources and who in allowed if isinstance(sources, tuple) else (
        state == sources and who in allowed
    )  # fmt: skip
    record = record_in(state)
    assert (obstacles(TRANSITIONS, verb, record, PEOPLE[who]) == []) == open_
    if not open_:
        with pytest.raises(Refused):
            perform(TRANSITIONS, verb, record, by=PEOPLE[who], at=clock.now(), note="Because.")
        assert record.state == state


@pytest.mark.parametrize("verb", ["return", "recognise", "refuse", "reopen"])
def test_a_note_is_owed(verb):
    record = record_in(MAY[verb][0])
    with pytest.raises(Refused, match="Write a note"):
        perform(TRANSITIONS, verb, record, by=PEOPLE["officer"], at=clock.now(), note=" ")


def test_who_checked_it_does_not_look_again():
    record = record_in(CHECKED)
    record.checked_by_id = PEOPLE["officer"].id
    assert obstacles(TRANSITIONS, "reopen", record, PEOPLE["officer"]) != []


def test_a_lead_writes_for_a_volunteer_without_an_account_and_nobody_elses_lead_does():
    record = record_in(RETURNED, person_id=None)
    allowed = {w for w in WHO if obstacles(TRANSITIONS, "send again", record, PEOPLE[w]) == []}
    assert allowed == {"owner", "lead"}  # who leads that place


def test_what_was_taken_back_stays_so():
    assert not any(WITHDRAWN in move.sources for move in TRANSITIONS.values())
    assert "awaiting_check --> checked: check" in diagram()
