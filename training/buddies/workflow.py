"""Every way an agreement can move.  Read the table first.  To ask makes one."""

from training.buddies import rules
from training.states import AGREED, ASKED, ENDED
from web.workflow import Table, move, table

BUDDIES: Table = table(
    move("agree", ASKED, to=AGREED, by=rules.may_agree, tell=("agreed",)),
    move("end", ASKED, AGREED, to=ENDED, by=rules.may_end, tell=("ended",)),
)  # fmt: skip
