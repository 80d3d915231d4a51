"""Who may bring training in, and when it can be undone.  Plain Python."""

from datetime import datetime, timedelta
from typing import Any

from accounts.rules import may_lead_organisation
from web.access import Verdict

DAY = timedelta(days=1)
MOST_OPEN = 5
MOST_A_DAY = 20
TOO_MANY_OPEN = "You have looked at many spreadsheets and added none. Throw one away first."
TOO_MANY = "Your organisation sent many spreadsheets today. Send more tomorrow."
TOO_LATE = "A day has gone by, so this cannot be taken back as a whole any more."
NOT_LOOKED_AT = "We are still looking at the rows. Wait until all of them are looked at."
NOTHING = "No row of this can be added. Put the rows right and send the file again."


def may_import(person: Any, it: Any) -> Verdict:
    return may_lead_organisation(person, it.organisation)


def the_worker(*_: Any) -> Verdict:
    return True


def looked_at(it: Any) -> Verdict:
    return True if it.is_matched and it.judged_to >= it.last else NOT_LOOKED_AT


def in_time_to_undo(it: Any, at: datetime) -> bool:
    return it.finished_at is not None and at <= it.finished_at + DAY
