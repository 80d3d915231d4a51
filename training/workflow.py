"""Every state a training record can be in, and every way it can move.  Read TRANSITIONS first.

To enter a record, or to ask for prior learning, makes one (training.records.actions).
"""

from training import rules
from training.states import (
    ASKED,
    AWAITING,
    CHECKED,
    RECOGNISED,
    REFUSED,
    RETURNED,
    WITHDRAWN,
    WORDS,
)
from web.workflow import Table, as_mermaid, move, table

TRANSITIONS: Table = table(
    move("check", AWAITING, to=CHECKED, by=rules.may_check),
    move("return", AWAITING, to=RETURNED, by=rules.may_check, note_required=True),
    move("send again", RETURNED, to=AWAITING, by=rules.may_write_record),
    move("recognise", ASKED, to=RECOGNISED, by=rules.may_recognise, note_required=True),
    move("refuse", ASKED, to=REFUSED, by=rules.may_recognise, note_required=True),
    move("ask again", REFUSED, to=ASKED, by=rules.may_write_record),
    # A sample of what others checked is looked at again.
    move("hold", CHECKED, to=CHECKED, by=rules.may_look_again),
    move("reopen", CHECKED, to=RETURNED, by=rules.may_look_again, note_required=True),
    move("withdraw", AWAITING, RETURNED, CHECKED, ASKED, RECOGNISED, REFUSED, to=WITHDRAWN,
         by=rules.may_write_record),
)  # fmt: skip


def diagram() -> str:
    names = {state: str(words.name) for state, words in WORDS.items()}
    return as_mermaid(TRANSITIONS, AWAITING, names)
