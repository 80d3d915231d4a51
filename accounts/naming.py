"""Every state a new name can be in: ``made`` stands already, ``waiting`` does not yet."""

from typing import Any

from accounts import rules
from web.access import Verdict
from web.workflow import Table, move, table

MADE, SEEN, WAITING = "made", "seen", "waiting"


def may_look(person: Any, rename: Any) -> Verdict:
    return rules.may_look_after(person, rename.organisation)


def may_take_back(person: Any, rename: Any) -> Verdict:
    return rules.may_edit_organisation(person, rename.organisation)


NAMES: Table = table(
    move("look at", MADE, to=SEEN, by=may_look),
    move("accept", WAITING, to="accepted", by=may_look),
    move("decline", WAITING, to="declined", by=may_look),
    move("withdraw", WAITING, to="withdrawn", by=may_take_back),
)
