"""Every state a charter session can be in, and every way it can move.  Read TRANSITIONS first.

To ask for one is no move: it makes one, as interested (charter.sessions.actions.ask).
"""

from charter.sessions import rules
from charter.sessions.states import (
    BOOKED,
    CANCELLED,
    DONE,
    INTERESTED,
    MISSED,
    OFFERED,
    WORDS,
)
from web.workflow import Table, as_mermaid, as_page, move, table

TRANSITIONS: Table = table(
    move("offer", INTERESTED, OFFERED, BOOKED, MISSED, to=OFFERED,
         by=rules.may_arrange, needs=(rules.lies_ahead,), tell=("offered",)),
    move("accept", OFFERED, to=BOOKED,
         by=rules.may_ask, needs=(rules.lies_ahead,), tell=("booked", "team")),
    move("ask for another", OFFERED, BOOKED, MISSED, to=INTERESTED,
         by=rules.may_ask, note_required=True, tell=("team",)),
    move("hold", BOOKED, to=DONE,
         by=rules.may_arrange, needs=(rules.has_begun,), tell=("done",)),
    move("miss", BOOKED, to=MISSED,
         by=rules.may_arrange, needs=(rules.has_begun,), tell=("missed",)),
    move("call off", INTERESTED, OFFERED, BOOKED, MISSED, to=CANCELLED,
         by=rules.may_call_off, note_required=True, tell=("cancelled", "team")),
)  # fmt: skip
"""``team`` is the mail to the Charter team; the others go to the organisation."""


def as_markdown() -> str:
    """docs/states-of-a-charter-session.md: the diagram, and what each state means for whom."""
    names = {state: str(words.name) for state, words in WORDS.items()}
    rows = [(f"{w.name} (`{state}`)", w.organisation, w.team) for state, w in WORDS.items()]
    return as_page(
        "The states of a charter session",
        "Written by `flask charter session-states` from `charter/sessions/workflow.py` and "
        "`charter/sessions/states.py`. A session is offered, never a gate: no pledge waits for "
        "one. The public sees nothing of it.",
        as_mermaid(TRANSITIONS, INTERESTED, names),
        [("state", "the organisation reads", "the Charter team reads"), *rows],
    )
