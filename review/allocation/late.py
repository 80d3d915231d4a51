"""How many cases are late: for the Charter team's first page."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review.models import Case
from review.states import UNDECIDED
from web import clock
from web.contributions import Waiting


def waiting(session: Session, at: datetime) -> Waiting:
    """Whose clock has run out and does not stand still.  One statement."""
    wanted: Any = select(func.count(), func.min(Case.since)).where(
        Case.state.in_(UNDECIDED),
        Case.due_on < clock.london(at).date(),
        Case.stopped_on.is_(None),
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, since)
