"""What endorsement may ask of awards, which stand above it."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from endorsement.awarded import Awards, awards_are
from review.award import queries
from review.models import Award, AwardEvent, Case
from review.models.awards import STANDING
from review.states import APPEAL, PANEL, SECOND_APPEAL, STAGED
from web import working_days
from web.months import months_before

AGAIN = (APPEAL, SECOND_APPEAL, PANEL, STAGED)
"""A case that was decided once and is looked at again."""


def stand_on() -> Any:
    return (
        select(Case.submission_id)
        .join(Award, Award.case_id == Case.id)
        .where(Award.state.in_(STANDING))
    )


def keep(at: datetime) -> Any:
    """The award, and as many times its length after it as the scheme says; and what is looked at
    again."""
    scheme = current_app.extensions["scheme"]
    cycles = scheme.retention.submission_cycles_after_award
    months = 12 * scheme.clocks.endorsement.award_years * cycles
    ended_lately = select(AwardEvent.award_id).where(AwardEvent.at >= months_before(at, months))
    kept = or_(Award.state.in_(STANDING), Award.id.in_(ended_lately), Case.state.in_(AGAIN))
    return select(Case.submission_id).outerjoin(Award, Award.case_id == Case.id).where(kept)


def held(session: Session, organisation_id: int, day: date) -> dict[str, int]:
    since = queries.held_since(session, organisation_id)
    return {level: working_days.months_between(first, day) for level, first in since.items()}


awards_are(Awards(stand_on, keep, held))
