"""Every state a submission can be in, and every way it can move.  Read TRANSITIONS first.

What must hold before it is sent stands in ``ready``: that is about the self-assessment.
"""

from endorsement.sending import rules
from endorsement.sending.states import DECIDED, DRAFT, SENT, UNDECIDED, WITHDRAWN, WORDS
from web.workflow import Table, as_mermaid, as_page, move, table

TRANSITIONS: Table = table(
    move("send", DRAFT, to=SENT, by=rules.may_send, tell=("sent", "to-read")),
    move("withdraw", *UNDECIDED, to=WITHDRAWN,
         by=rules.may_withdraw, note_required=True, tell=("withdrawn",)),
    # What follows from the steering group's case: it tells whom it concerns by its own mails.
    move("decide", SENT, to=DECIDED, by=rules.the_steering_group),
    move("reopen", DECIDED, to=SENT, by=rules.the_steering_group),
)  # fmt: skip


def as_markdown() -> str:
    """docs/states-of-a-submission.md: the diagram, and what each state means for whom."""
    names = {DRAFT: "Not sent yet"} | {state: str(words.name) for state, words in WORDS.items()}
    rows = [(f"{w.name} (`{state}`)", w.organisation, w.team) for state, w in WORDS.items()]
    return as_page(
        "The states of a submission",
        "Written by `flask submission states` from `endorsement/sending/workflow.py` and "
        "`endorsement/sending/states.py`. While it is sent, [a case](states-of-a-case.md) says "
        "how far the steering group has come.",
        as_mermaid(TRANSITIONS, DRAFT, names),
        [("state", "the organisation reads", "the Charter team reads"), *rows],
    )
