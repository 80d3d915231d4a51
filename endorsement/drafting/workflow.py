"""Every state a draft of the framework can be in, and every way it can move.

To begin a draft is no move: it makes one (endorsement.drafting.actions.begin).
"""

from endorsement.drafting import rules
from endorsement.drafting.states import APPROVED, DISCARDED, DRAFT, PUBLISHED
from web.workflow import Table, move, table

NEW = (rules.says_something_new,)

TRANSITIONS: Table = table(
    move("approve", DRAFT, APPROVED, to=APPROVED, by=rules.may_write, needs=NEW),
    move("change", APPROVED, to=DRAFT, by=rules.may_write),
    move("publish", APPROVED, to=PUBLISHED,
         by=rules.may_write, needs=(*NEW, rules.is_agreed)),
    move("discard", DRAFT, APPROVED, to=DISCARDED, by=rules.may_write, note_required=True),
)  # fmt: skip

EXAMPLE = move(
    "publish as example", DRAFT, to=PUBLISHED,
    by=rules.may_write, needs=(*NEW, rules.is_only_an_example),
)  # fmt: skip


def transitions(*, example: bool) -> Table:
    """The table; in example mode alone a text that nobody agreed can be published, as such."""
    return {**TRANSITIONS, EXAMPLE.name: EXAMPLE} if example else TRANSITIONS
