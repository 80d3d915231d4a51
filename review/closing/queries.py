"""The weeks an organisation has closed: always ordered, always bounded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.models import Case
from review.models.closed import ClosedWeek
from review.states import FACT_CHECK, QUESTION
from web.database import holding

MOST = 500
ITS_CLOCKS = (FACT_CHECK, QUESTION)
"""The states in which a clock of the organisation's own runs."""


def weeks_of(session: Session, organisation_id: int) -> Sequence[date]:
    wanted = select(ClosedWeek.monday).where(ClosedWeek.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(ClosedWeek.monday).limit(MOST)).all()


def one(session: Session, organisation_id: int, monday: date) -> ClosedWeek | None:
    wanted = select(ClosedWeek).where(
        ClosedWeek.organisation_id == organisation_id, ClosedWeek.monday == monday
    )
    return session.scalar(holding(wanted, ClosedWeek))


def running(session: Session, organisation_id: int) -> Case | None:
    """The case whose clock is the organisation's now; held."""
    wanted = select(Case).where(Case.organisation_id == organisation_id, Case.state.in_(ITS_CLOCKS))
    return session.scalar(holding(wanted.order_by(Case.id.desc()).limit(1), Case))
