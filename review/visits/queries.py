"""Finding visits and sheets: always ordered, always bounded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Person
from review.models import Case, Visit, VisitSheet
from steering import queries as steering
from steering.models.assessors import YOUNG
from web import clock
from web.scheme import Scheme

MOST = 50


def visits(session: Session, case: Case) -> Sequence[Visit]:
    """All of a case, with their sheets, the soonest first."""
    wanted = (
        select(Visit)
        .where(Visit.case_id == case.id)
        .options(selectinload(Visit.sheets).joinedload(VisitSheet.person))
        .order_by(Visit.on, Visit.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def by_reference(session: Session, reference: str) -> Visit | None:
    wanted = select(Visit).where(Visit.reference == reference)
    return session.scalar(wanted.options(selectinload(Visit.sheets).joinedload(VisitSheet.person)))


def sheet_of(session: Session, person: Any, reference: str, *, lock: bool) -> VisitSheet | None:
    """The person's own sheet of a visit."""
    wanted = (
        select(VisitSheet)
        .join(VisitSheet.visit)
        .where(Visit.reference == reference, VisitSheet.person_id == person.id)
    )
    if lock:
        wanted = wanted.with_for_update(of=VisitSheet)
    return session.scalar(wanted)


def sheets_of(session: Session, person: Any) -> Sequence[VisitSheet]:
    """Their own, the newest visit first."""
    whole = joinedload(VisitSheet.visit).joinedload(Visit.case).joinedload(Case.organisation)
    wanted = select(VisitSheet).where(VisitSheet.person_id == person.id).options(whole)
    return session.scalars(wanted.order_by(VisitSheet.id.desc()).limit(MOST)).all()


def young_who_may_come(session: Session, case: Case, at: datetime, scheme: Scheme) -> list[Person]:
    """Current young assessors without a tie to the place, by name."""
    day, years = clock.london(at).date(), scheme.clocks.endorsement.tie_years
    young = [t.person for t in steering.assessors(session, day) if t.kind == YOUNG]
    tied = steering.barred_people(
        session, case.organisation_id, [person.id for person in young], day, years
    )
    return [person for person in young if person.id not in tied]
