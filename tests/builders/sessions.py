"""Charter sessions in every state, made by the real actions."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from charter.models import CharterSession
from charter.sessions import actions
from charter.sessions import states as s
from tests.builders import charter as build
from tests.builders.people import officer
from web import clock

TEAM = "team@example.org"
WISH = actions.Wish(
    wants_session=True,
    when_suits="Tuesdays after 5pm",
    where_suits="ours",
    people=12,
    access_needs="A step-free room",
)


def offer(starts_at: datetime | None = None) -> actions.Offer:
    """In two weeks, unless told."""
    return actions.Offer(
        starts_at=starts_at or clock.now() + timedelta(days=14),
        minutes=90,
        online=False,
        place="The library, room 2",
        trainers=3,
        adult="Leila Marsh",
    )


def booking(
    session: Session,
    state: str = s.INTERESTED,
    *,
    organisation: Organisation | None = None,
    by: Person | None = None,
) -> CharterSession:
    """A charter session in a state.  ``by`` is the officer.  The clock is where it was."""
    organisation, now = organisation or build.club(session), clock.now()
    lead = build.lead_of(organisation)
    made = actions.ask(session, organisation, WISH, by=lead, at=now, team=TEAM)
    session.commit()
    if state == s.CANCELLED:
        actions.call_off(session, made, by=lead, at=now, note="We moved house.", team=TEAM)
    elif state != s.INTERESTED:
        _go_on(session, made, state, lead, by or officer(session), now)
    session.commit()
    return made


def _go_on(
    session: Session, made: CharterSession, state: str, lead: Person, by: Person, now: datetime
) -> None:
    over = state in (s.DONE, s.MISSED)
    day = now + timedelta(days=14)
    actions.offer(session, made, offer(day), by=by, at=now, note="")
    if state != s.OFFERED:
        actions.accept(session, made, by=lead, at=now, team=TEAM)
    if over:
        clock.freeze(day + timedelta(hours=2))
        if state == s.DONE:
            actions.hold(session, made, came=11, thanks="Thank you.", by=by, at=clock.now())
        else:
            actions.miss(session, made, by=by, at=clock.now(), note="")
        clock.freeze(now)
