"""Every way a request about data can move.  Read TRANSITIONS first."""

from typing import Any

from accounts import rules
from accounts.models.data_requests import (
    ACKNOWLEDGED,
    ANSWERED,
    RECEIVED,
    REFUSED,
    TAKEN_BACK,
)
from web.access import Verdict
from web.workflow import Table, move, table

ASKER = "system:whoever asked"
"""Who holds the mailed link.  They may have no account."""


def the_asker(person: Any, _request: Any) -> Verdict:
    return True if person == ASKER else "Only whoever asked can do this."


def may_answer(person: Any, request: Any) -> Verdict:
    return rules.may_answer_data_request(person, request)


TRANSITIONS: Table = table(
    move("acknowledge", RECEIVED, to=ACKNOWLEDGED, by=may_answer, tell=("acknowledged",)),
    move("answer", RECEIVED, ACKNOWLEDGED, to=ANSWERED, by=may_answer,
         note_required=True, tell=("answered",)),
    move("refuse", RECEIVED, ACKNOWLEDGED, to=REFUSED, by=may_answer,
         note_required=True, tell=("refused",)),
    move("take back", RECEIVED, ACKNOWLEDGED, to=TAKEN_BACK, by=the_asker),
)  # fmt: skip
