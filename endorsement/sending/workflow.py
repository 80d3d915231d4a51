"""Every state a submission can be in, and every way it can move.  Read TRANSITIONS first.

What must hold before it is sent stands in ``ready``: that is about the self-assessment.
"""

from endorsement.sending import rules
from endorsement.sending.states import DECIDED, DRAFT, SENT, UNDECIDED, WITHDRAWN
from web.workflow import Table, move, table

TRANSITIONS: Table = table(
    move("send", DRAFT, to=SENT, by=rules.may_send, tell=("sent", "to-read")),
    move("withdraw", *UNDECIDED, to=WITHDRAWN,
         by=rules.may_withdraw, note_required=True, tell=("withdrawn",)),
    # What follows from the steering group's case: it tells whom it concerns by its own mails.
    move("decide", SENT, to=DECIDED, by=rules.the_steering_group),
    move("reopen", DECIDED, to=SENT, by=rules.the_steering_group),
)  # fmt: skip
