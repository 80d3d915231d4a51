"""What people are reminded of: a session that comes soon, a date that nobody answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from charter.models import CharterSession
from charter.sessions import queries
from charter.sessions.states import BOOKED
from web import clock
from web.contributions import Reminder
from web.pages import long_date


def session_reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """A date that is moved is another thing to be told of: the day stands in the key."""
    clocks = current_app.extensions["scheme"].clocks.charter
    soon = at + timedelta(days=clocks.session_reminder_days)
    long_offered = at - timedelta(days=clocks.session_answer_days)
    for booking, person_id in queries.to_remind(session, at, soon=soon, long_offered=long_offered):
        step = "soon" if booking.state == BOOKED else "answer"
        yield Reminder(
            person_id=person_id,
            key=f"charter-session:{booking.reference}:{booking.starts_at:%Y-%m-%dT%H:%M}:{step}",
            sentence=_sentence(booking),
            endpoint="sessions.standing",
            values={"slug": booking.organisation.slug},
            by=booking.starts_at,
        )


def _sentence(booking: CharterSession) -> str:
    name = booking.organisation.name
    if booking.starts_at is None:
        return name
    if booking.state == BOOKED:
        hour = f"{clock.london(booking.starts_at):%H:%M}"
        return str(_("The charter session for %(name)s is at %(hour)s.", name=name, hour=hour))
    day = long_date(booking.starts_at)
    return str(_("Say whether %(day)s suits %(name)s for a charter session.", day=day, name=name))
