"""The next steps go into the organisation's plan; pressed twice, nothing is doubled."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement.plan import actions, queries
from endorsement.plan.actions import Planned
from review.models import Decision


def fill(session: Session, decision: Decision, *, by: Any, at: datetime) -> int:
    """How many steps were new.  The caller holds the case, so two clicks come one by one."""
    organisation = decision.case.organisation
    there = {(a.standard, a.what) for a in queries.actions_of(session, organisation)}
    steps = [(row.standard, row.next_step.strip(), None) for row in decision.standards]
    steps += [(c.standard, c.what, c.by_on) for c in decision.conditions if c.state != "dropped"]
    added = 0
    for standard, what, by_on in steps:
        if what and (standard, what) not in there:
            planned = Planned(what=what, by_on=by_on)
            actions.add(session, organisation, standard, planned, by=by, at=at)
            there.add((standard, what))
            added += 1
    return added
