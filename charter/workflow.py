"""Every state a pledge can be in, and every way it can move.  Read TRANSITIONS first.

To begin a pledge is no move: it makes one, as a draft (charter.actions.begin).
"""

from dataclasses import replace

from charter import rules
from charter.states import (
    DRAFT,
    DUE,
    ENDED,
    LAPSED,
    LIVE,
    MERGED,
    RENEWED,
    RETURNED,
    SENT,
    SUSPENDED,
    WITHDRAWN,
    WORDS,
)
from web.workflow import Table, as_mermaid, as_page, move, table

READY = (
    rules.details_seen,
    rules.covers_a_project,
    rules.signatory_named,
    rules.looked_back,
    rules.enough_actions,
    rules.actions_are_sentences,
)
CONFIRMABLE = (rules.organisation_is_checked, rules.nothing_is_paused, rules.text_is_agreed)

TRANSITIONS: Table = table(
    move("send", DRAFT, RETURNED, to=SENT,
         by=rules.may_edit_pledge, needs=READY, tell=("sent", "to-check")),
    move("confirm", SENT, to=LIVE,
         by=rules.may_decide, needs=CONFIRMABLE, tell=("confirmed",)),
    move("return", SENT, to=RETURNED,
         by=rules.may_decide, note_required=True, tell=("returned",)),
    move("withdraw", DRAFT, SENT, RETURNED, LIVE, DUE, to=WITHDRAWN,
         by=rules.may_withdraw, note_required=True, tell=("withdrawn",)),
    move("suspend", LIVE, DUE, to=SUSPENDED,
         by=rules.may_decide, note_required=True, tell=("suspended",)),
    move("restore", SUSPENDED, to=LIVE,
         by=rules.may_decide, note_required=True, tell=("restored",)),
    move("keep paused", SUSPENDED, to=SUSPENDED,
         by=rules.may_decide, note_required=True, tell=("kept-paused",)),
    move("end", SUSPENDED, to=ENDED,
         by=rules.may_decide, needs=(rules.every_appeal_is_answered,), note_required=True,
         tell=("ended",)),
    move("appeal", SUSPENDED, to=SUSPENDED,
         by=rules.may_appeal, needs=(rules.no_appeal_yet,), note_required=True,
         tell=("appealed", "to-answer")),
    move("uphold", SUSPENDED, to=LIVE,
         by=rules.may_answer_appeal, needs=(rules.an_appeal_waits,), note_required=True,
         tell=("upheld",)),
    move("turn down", SUSPENDED, to=SUSPENDED,
         by=rules.may_answer_appeal, needs=(rules.an_appeal_waits,), note_required=True,
         tell=("turned-down",)),
    # The date.  That it falls due is told by the weekly digest; that it ran out, at once.
    move("fall due", LIVE, to=DUE, by=rules.the_clock),
    move("lapse", DUE, to=LAPSED, by=rules.the_clock, tell=("lapsed",)),
    # What follows from a move of another pledge.
    move("renew", LIVE, DUE, LAPSED, to=RENEWED,
         by=rules.may_decide, needs=(rules.a_renewal_waits,)),
    move("go with it", DRAFT, SENT, RETURNED, to=WITHDRAWN, by=rules.the_portal),
    move("merge", *MERGED, to=WITHDRAWN, by=rules.the_portal, tell=("merged",)),
    *(move(f"undo merge: {state}", WITHDRAWN, to=state, by=rules.the_portal) for state in MERGED),
)  # fmt: skip


def transitions(*, example: bool) -> Table:
    """The table; in example mode alone a pledge to example text can be confirmed."""
    if not example:
        return TRANSITIONS
    return {
        **TRANSITIONS,
        "confirm": replace(
            TRANSITIONS["confirm"],
            needs=tuple(n for n in CONFIRMABLE if n is not rules.text_is_agreed),
        ),
    }


def as_markdown() -> str:
    """docs/states-of-a-pledge.md: the diagram, and what each state means for whom."""
    names = {state: str(words.name) for state, words in WORDS.items()}
    rows = [
        (f"{w.name} (`{state}`)", w.organisation, w.team, w.public) for state, w in WORDS.items()
    ]
    return as_page(
        "The states of a pledge",
        "Written by `flask charter states` from `charter/workflow.py` and `charter/states.py`.",
        as_mermaid(TRANSITIONS, DRAFT, names),
        [
            ("state", "the organisation reads", "the Charter team reads", "the public reads"),
            *rows,
        ],
    )
