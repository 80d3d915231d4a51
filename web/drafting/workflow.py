"""Every state a draft can be in, and every way it can move.

To begin a draft is no move: it makes one (web.drafting.actions.begin).
"""

from functools import cache

from web.drafting.kind import Kind
from web.drafting.states import APPROVED, DISCARDED, DRAFT, PUBLISHED
from web.workflow import Table, move, table


@cache
def transitions(kind: Kind, *, example: bool = False) -> Table:
    """The table; in example mode alone a text that nobody agreed can be published, as such."""
    new, may_write = (kind.says_something_new,), kind.may_write
    moves = [
        move("approve", DRAFT, APPROVED, to=APPROVED, by=may_write, needs=new),
        move("change", APPROVED, to=DRAFT, by=may_write),
        move("publish", APPROVED, to=PUBLISHED, by=may_write, needs=(*new, kind.is_agreed)),
        move("discard", DRAFT, APPROVED, to=DISCARDED, by=may_write, note_required=True),
    ]
    if example:
        needs = (*new, kind.is_only_an_example)
        moves.append(move("publish as example", DRAFT, to=PUBLISHED, by=may_write, needs=needs))
    return table(*moves)
