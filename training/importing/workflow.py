"""Every way an import can move.  Read the table first."""

from training.importing import rules
from training.importing.states import DONE, DROPPED, READ, UNDER_WAY, UNDOING, UNDONE
from web.workflow import Table, move, table

IMPORTS: Table = table(
    move("confirm", READ, to=UNDER_WAY, by=rules.may_import, needs=(rules.looked_at,)),
    move("drop", READ, to=DROPPED, by=rules.may_import),
    move("forget", READ, to=DROPPED, by=rules.the_worker),
    move("finish", UNDER_WAY, to=DONE, by=rules.the_worker),
    move("undo", DONE, to=UNDOING, by=rules.may_import),
    move("finish undoing", UNDOING, to=UNDONE, by=rules.the_worker),
)  # fmt: skip
