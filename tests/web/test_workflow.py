"""The engine of transitions: what is not listed is refused, and only it assigns a state."""

from dataclasses import dataclass, field
from itertools import product

import pytest

from tests.conftest import NOW
from web.workflow import Refused, as_mermaid, move, obstacles, open_to, perform, states, table

pytestmark = pytest.mark.once


@dataclass
class Case:
    state: str
    ready: bool = True
    events: list = field(default_factory=list)

    def happened(self, **event):
        self.events.append(event | {"after": self.state})
        return self.events[-1]


def lead(person, case):
    return True if person == "lead" else "Only a lead can do this."


def anybody(person, case):
    return True


def is_ready(case):
    return True if case.ready else "Finish every part first."


MOVES = table(
    move("send", "draft", "returned", to="sent", by=lead, needs=(is_ready,), tell=("sent",)),
    move("return", "sent", to="returned", by=anybody, note_required=True),
    move("close", "sent", to="closed for good", by=anybody),
)
STATES = states(MOVES.values())


def test_a_move_assigns_the_state_and_appends_what_happened():
    case = Case("draft")
    event = perform(MOVES, "send", case, by="lead", at=NOW, note=" Done. ")
    assert case.state == "sent"
    assert case.events == [event]
    assert event == {
        "verb": "send", "before": "draft", "after": "sent", "by": "lead", "at": NOW, "note": "Done.",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "state"), list(product(MOVES, STATES)))
def test_from_every_state_only_the_listed_moves_can_be_made(name, state):
    case = Case(state)
    if state in MOVES[name].sources:
        perform(MOVES, name, case, by="lead", at=NOW, note="Because.")
        assert case.state == MOVES[name].to
    else:
        with pytest.raises(Refused, match=f"cannot be done while it is “{state}”"):
            perform(MOVES, name, case, by="lead", at=NOW, note="Because.")
        assert (case.state, case.events) == (state, [])


@pytest.mark.parametrize(
    ("name", "case", "person", "note", "said"),
    [
        ("send", Case("draft"), "viewer", "", "Only a lead can do this."),
        ("send", Case("draft", ready=False), "lead", "", "Finish every part first."),
        ("return", Case("sent"), "lead", " \n", "Write a note that says why."),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(name, case, person, note, said):
    before = case.state
    with pytest.raises(Refused) as caught:
        perform(MOVES, name, case, by=person, at=NOW, note=note)
    assert caught.value.reasons == [said]
    assert (case.state, case.events) == (before, [])


def test_who_may_not_is_not_told_what_else_is_missing():
    assert obstacles(MOVES, "send", Case("draft", ready=False), "viewer") == [
        "Only a lead can do this."
    ]


def test_a_move_that_no_table_lists_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        perform(MOVES, "endorse", Case("draft"), by="lead", at=NOW)


def test_what_somebody_can_do_from_here():
    def names(case, person):
        return [(step.name, missing) for step, missing in open_to(MOVES, case, person)]

    assert names(Case("draft"), "lead") == [("send", [])]
    assert names(Case("draft", ready=False), "lead") == [("send", ["Finish every part first."])]
    assert names(Case("draft"), "viewer") == []
    assert names(Case("sent"), "viewer") == [("return", []), ("close", [])]


def test_two_moves_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two moves have one name"):
        table(*MOVES.values(), move("send", "sent", to="draft", by=anybody))


def test_the_diagram():
    words = {state: state.capitalize() for state in STATES}
    assert as_mermaid(MOVES, "draft", words).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        '    state "Draft" as draft',
        '    state "Returned" as returned',
        '    state "Sent" as sent',
        '    state "Closed for good" as closed_for_good',
        "    draft --> sent: send",
        "    returned --> sent: send",
        "    sent --> returned: return",
        "    sent --> closed_for_good: close",
    ]
