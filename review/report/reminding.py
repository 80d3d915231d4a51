"""The weekly mail of an organisation's people: a report waits for their check of the facts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import LEAD, Membership, Person
from review.models import Case
from review.states import FACT_CHECK
from web import clock
from web.contributions import Reminder

MOST = 2000


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:  # noqa: ARG001
    """Leads alone can send it; each is told once for each report."""
    for case, person_id in _waiting(session):
        yield Reminder(
            person_id=person_id,
            key=f"facts:{case.reference}:{case.due_on}",
            sentence=_(
                "%(name)s: check the facts of the report. If we hear nothing, it stands",
                name=case.organisation.name,
            ),
            endpoint="facts.own",
            values={"slug": case.organisation.slug, "reference": case.reference},
            by=clock.begins(case.due_on) if case.due_on else None,
        )


def _waiting(session: Session) -> Sequence[tuple[Case, int]]:
    wanted = (
        select(Case, Membership.person_id)
        .join(Membership, Membership.organisation_id == Case.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Case.state == FACT_CHECK,
            Person.active,
            Membership.role == LEAD,
            Membership.ended_at.is_(None),
        )
        .options(joinedload(Case.organisation))
        .order_by(Case.id, Membership.id)
    )
    return [(case, person_id) for case, person_id in session.execute(wanted.limit(MOST))]
