"""What the weekly digest says of evidence: its day to be looked at again has come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import ngettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from accounts.models import CLOSED, EDITOR, LEAD, Membership, Organisation, Person
from endorsement.models import EvidenceItem
from web import clock
from web.contributions import Reminder

TOLD_FOR = timedelta(days=60)
"""What nobody looked at by then, nobody will for being told once more."""


def reminders(session: Session, at: datetime) -> Iterator[Reminder]:
    """To editors and leads, one for each organisation and day: a library is often dated alike."""
    today = clock.london(at).date()
    for organisation, day, count, title, person_id in session.execute(_passed(today)):
        yield Reminder(
            person_id=person_id,
            key=f"evidence:{organisation.id}:{day.isoformat()}",
            sentence=ngettext(
                "%(name)s: look at “%(title)s” again. Does it still show what you do?",
                "%(name)s: look at %(num)d pieces of evidence again. Do they still show what you "
                "do?",
                count,
                name=organisation.name,
                title=title,
            ),
            endpoint="evidence.library",
            values={"slug": organisation.slug},
            by=clock.begins(day),
        )


def _passed(today: date) -> Select[Any]:
    """The days that came, with how many items each has and one of their titles."""
    found = (
        select(
            EvidenceItem.organisation_id,
            EvidenceItem.review_on,
            func.count().label("count"),
            func.min(EvidenceItem.title).label("title"),
        )
        .where(
            EvidenceItem.review_on <= today,
            EvidenceItem.review_on > today - TOLD_FOR,
            EvidenceItem.put_away_at.is_(None),
        )
        .group_by(EvidenceItem.organisation_id, EvidenceItem.review_on)
        .subquery()
    )
    wanted = (
        select(Organisation, found.c.review_on, found.c.count, found.c.title, Membership.person_id)
        .join(found, found.c.organisation_id == Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
    )
    return wanted.where(
        Organisation.state != CLOSED,
        Membership.role.in_((LEAD, EDITOR)),
        Membership.ended_at.is_(None),
        Person.active,
    ).order_by(Organisation.id, found.c.review_on, Membership.id)
