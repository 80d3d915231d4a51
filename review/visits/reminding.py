"""The weekly mail of a young assessor: a visit was, and their sheet is not sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Person
from review.allocation.queries import ties
from review.models import Case, Visit, VisitSheet
from review.states import REPORT, VISIT
from web import clock
from web.contributions import Reminder

MOST = 500


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """Once for each visit, as long as the report can still take it in."""
    sheets = _unsent(session, clock.london(at).date())
    cases = [sheet.visit.case for sheet in sheets]
    people = {sheet.person_id for sheet in sheets}
    tied = ties(session, people, cases, at, current_app.extensions["scheme"])
    for sheet in sheets:
        place = sheet.visit.case.organisation
        if sheet.person_id not in tied.barred(place.id):
            yield Reminder(
                person_id=sheet.person_id,
                key=f"sheet:{sheet.visit.reference}",
                sentence=_("%(name)s: tell what you saw there", name=place.name),
                endpoint="visits.sheet",
                values={"reference": sheet.visit.reference},
            )


def _unsent(session: Session, today: date) -> Sequence[VisitSheet]:
    wanted = (
        select(VisitSheet)
        .join(VisitSheet.visit)
        .join(Visit.case)
        .join(VisitSheet.person)
        .where(VisitSheet.sent_at.is_(None), Visit.on < today)
        .where(Case.state.in_((VISIT, REPORT)), Person.active)
        .options(joinedload(VisitSheet.visit).joinedload(Visit.case).joinedload(Case.organisation))
    )
    return session.scalars(wanted.order_by(VisitSheet.id).limit(MOST)).all()
