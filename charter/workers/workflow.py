"""Every state a worker's pledge can be in, and every way it can move.

To send the form makes one, unconfirmed; one that nobody confirms is forgotten, row and all.
Somebody's second one gives way when their first, which belongs to their account, comes to its
address.
"""

from dataclasses import replace

from charter.workers import rules
from charter.workers.words import LIVE, UNCONFIRMED, WITHDRAWN
from web.workflow import Table, move, table

TRANSITIONS: Table = table(
    move("confirm", UNCONFIRMED, to=LIVE,
         by=rules.the_worker, needs=(rules.text_is_agreed,), tell=("worker-live",)),
    move("withdraw", LIVE, to=WITHDRAWN,
         by=rules.the_worker, tell=("worker-withdrawn",)),
    move("give way", LIVE, to=WITHDRAWN,
         by=rules.the_worker),
)  # fmt: skip


def transitions(*, example: bool) -> Table:
    """The table; in example mode alone a pledge to example text can be confirmed."""
    if not example:
        return TRANSITIONS
    return {**TRANSITIONS, "confirm": replace(TRANSITIONS["confirm"], needs=())}
