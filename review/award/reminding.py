"""What the weekly digest says of awards: the yearly check, and that it ends."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.queries.colleagues import people_by_organisation
from accounts.rules import LEAD
from review.models import Award
from review.models.awards import LIVE
from web import clock
from web.contributions import Reminder

CHECK_SOON, END_SOON = timedelta(days=30), timedelta(days=180)
"""A renewal takes its time: half a year is not too soon."""


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """To the leads: each told once.  Two statements."""
    today = clock.london(at).date()
    wanted = (
        select(Award)
        .where(
            Award.state == LIVE,
            or_(Award.next_check_on <= today + CHECK_SOON, Award.until_on <= today + END_SOON),
        )
        .options(joinedload(Award.organisation))
    )
    found = session.scalars(wanted.order_by(Award.id)).all()
    leads = people_by_organisation(session, [award.organisation_id for award in found], LEAD)
    for award in found:
        for person_id in leads.get(award.organisation_id, ()):
            yield from _of(award, person_id, today)


def _of(award: Award, person_id: int, today: date) -> Iterable[Reminder]:
    name = award.organisation.name
    if award.next_check_on is not None and award.next_check_on <= today + CHECK_SOON:
        said = _("%(name)s: it is time for the yearly check of your award. It takes a quarter of "
                 "an hour.", name=name)  # fmt: skip
        yield _reminder(award, person_id, f"check:{award.next_check_on}", said, award.next_check_on)
    if award.until_on <= today + END_SOON:
        said = _("%(name)s: your award ends. Send a new self-assessment in time.", name=name)
        yield _reminder(award, person_id, "ends", said, award.until_on)


def _reminder(award: Award, person_id: int, what: str, sentence: str, by: date) -> Reminder:
    return Reminder(
        person_id=person_id,
        key=f"award:{award.reference}:{what}",
        sentence=sentence,
        endpoint="own_award.award",
        values={"slug": award.organisation.slug},
        by=clock.begins(by),
    )
