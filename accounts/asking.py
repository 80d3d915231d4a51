"""What somebody asks of an organisation's people or of the Charter team, and how it ends.

Requests to join, offers of the lead and new names that wait all move alike; each has its own
table, because not the same people answer them.
"""

from typing import Any

from accounts import rules
from web.access import Verdict
from web.workflow import Table, move, table

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
WITHDRAWN, RUN_OUT, SET_ASIDE = "withdrawn", "run out", "set aside"
CLOCK = "system:clock"
JOIN_ENDS_WITH_MERGER = ("lead",)
"""Who wished to lead the one that goes need not wish to lead the one that stays."""


def the_clock(person: Any, _thing: object) -> Verdict:
    return True if person == CLOCK else "This comes with the date. Nobody can do it by hand."


def whoever_merges(person: Any, _thing: object) -> Verdict:
    return rules.is_officer(person)


def _moves(answer: Any, take_back: Any) -> Table:
    return table(
        move("accept", WAITING, to=ACCEPTED, by=answer),
        move("decline", WAITING, to=DECLINED, by=answer),
        move("withdraw", WAITING, to=WITHDRAWN, by=take_back),
        move("run out", WAITING, to=RUN_OUT, by=the_clock),
        move("set aside", WAITING, to=SET_ASIDE, by=whoever_merges),
        move("take up again", SET_ASIDE, to=WAITING, by=whoever_merges),
    )


REQUESTS = _moves(rules.may_answer_request, rules.may_withdraw_request)
HANDOVERS = _moves(rules.may_answer_handover, rules.may_withdraw_handover)
