"""What endorsement may ask of awards, which stand above it."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.awarded import Awards, awards_are
from review.award import queries
from review.models import Award, Case
from review.models.awards import STANDING
from web import working_days


def stand_on() -> Any:
    return (
        select(Case.submission_id)
        .join(Award, Award.case_id == Case.id)
        .where(Award.state.in_(STANDING))
    )


def held(session: Session, organisation_id: int, day: date) -> dict[str, int]:
    since = queries.held_since(session, organisation_id)
    return {level: working_days.months_between(first, day) for level, first in since.items()}


awards_are(Awards(stand_on, held))
