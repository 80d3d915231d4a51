"""All that changes a charter session."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation
from charter.models import CharterSession, CharterSessionEvent
from charter.sessions import queries, rules
from charter.sessions.states import INTERESTED
from charter.sessions.workflow import TRANSITIONS
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform


@dataclass(frozen=True)
class Wish:
    """What would suit the organisation."""

    wants_session: bool
    when_suits: str = ""
    where_suits: str = ""
    people: int | None = None
    access_needs: str = ""


@dataclass(frozen=True)
class Offer:
    """When, where, and who comes."""

    starts_at: datetime
    minutes: int
    online: bool
    place: str
    trainers: int
    adult: str


def ask(
    session: Session, organisation: Organisation, wish: Wish, *, by: Any, at: datetime, team: str
) -> CharterSession:
    """Say that the organisation is interested.  The caller holds its row.  Raises Refused."""
    insist(may_edit_organisation(by, organisation))
    insist(rules.may_ask_beside(queries.bookings_of(session, organisation)))
    booking = CharterSession(
        organisation=organisation,
        state=INTERESTED,
        asked_at=at,
        asked_by=by,
        events=[CharterSessionEvent(verb="ask", before="", after=INTERESTED, at=at, by_id=by.id)],
        **asdict(wish),
    )
    session.add(booking)
    session.flush()
    for thing in (booking, *booking.events):
        record(session, thing, "ask", by=by, at=at)
    _tell_the_team(session, booking, "ask", "", by, at, team)
    return booking


def change_wish(
    session: Session, booking: CharterSession, wish: Wish, *, by: Any, at: datetime
) -> None:
    """While no date is offered yet."""
    insist(rules.may_ask(by, booking))
    if booking.state != INTERESTED:
        raise Refused(["The Charter team has answered meanwhile, so this cannot be changed now."])
    for name, value in asdict(wish).items():
        setattr(booking, name, value)
    record(session, booking, "change", by=by, at=at)


def offer(
    session: Session, booking: CharterSession, given: Offer, *, by: Any, at: datetime, note: str
) -> None:
    """Offer a date, or another one than before.  Raises Refused."""
    _make(
        session, "offer", booking, by=by, at=at, note=note, holds=asdict(given) | {"offered_at": at}
    )


def accept(session: Session, booking: CharterSession, *, by: Any, at: datetime, team: str) -> None:
    _make(session, "accept", booking, by=by, at=at, team=team)


def ask_for_another(
    session: Session, booking: CharterSession, *, by: Any, at: datetime, note: str, team: str
) -> None:
    """The date does not suit; ``note`` says what would.  It waits for the team from now on."""
    holds = {"starts_at": None, "asked_at": at}
    _make(session, "ask for another", booking, by=by, at=at, note=note, holds=holds, team=team)


def hold(
    session: Session, booking: CharterSession, *, came: int, thanks: str, by: Any, at: datetime
) -> None:
    """It took place; so many came."""
    holds = {"came": came, "thanks": thanks}
    _make(session, "hold", booking, by=by, at=at, holds=holds)


def miss(session: Session, booking: CharterSession, *, by: Any, at: datetime, note: str) -> None:
    """Nobody came."""
    _make(session, "miss", booking, by=by, at=at, note=note)


def call_off(
    session: Session, booking: CharterSession, *, by: Any, at: datetime, note: str, team: str
) -> None:
    """By either side; the other is told why."""
    _make(session, "call off", booking, by=by, at=at, note=note, team=team)


def _make(
    session: Session,
    name: str,
    booking: CharterSession,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    holds: dict[str, Any] | None = None,
    team: str = "",
) -> None:
    """Make a move: state, event, records and mails in one transaction.  Raises Refused; then the
    caller rolls back."""
    with session.no_autoflush:
        insist(TRANSITIONS[name].by(by, booking))
        for field, value in (holds or {}).items():
            setattr(booking, field, value)
        event = perform(TRANSITIONS, name, booking, by=by, at=at, note=note)
        session.add(event)
    session.flush()
    record(session, booking, name, by=by, at=at)
    record(session, event, name, by=by, at=at)
    for kind in TRANSITIONS[name].tell:
        if kind == "team":
            if rules.may_arrange(by, booking) is not True:  # it knows what it did itself
                _tell_the_team(session, booking, name, note, by, at, team)
        else:
            _tell_the_organisation(session, f"charter/session-{kind}", booking, note, at)


def _tell_the_team(
    session: Session, booking: CharterSession, verb: str, note: str, by: Any, at: datetime, to: str
) -> None:
    facts = _facts(booking, note)
    post(session, "charter/session-team", to=to, at=at, verb=verb, who=by.name, **facts)


def _tell_the_organisation(
    session: Session, kind: str, booking: CharterSession, note: str, at: datetime
) -> None:
    for person in queries.people_of(session, booking):
        facts = _facts(booking, note)
        post(session, kind, to=person.email, at=at, person_id=person.id, name=person.name, **facts)


def _facts(booking: CharterSession, note: str) -> dict[str, Any]:
    return {
        "organisation": booking.organisation.name,
        "slug": booking.organisation.slug,
        "reference": booking.reference,
        "starts_at": booking.starts_at.isoformat() if booking.starts_at else None,
        "minutes": booking.minutes,
        "online": booking.online,
        "place": booking.place,
        "trainers": booking.trainers,
        "adult": booking.adult,
        "thanks": booking.thanks,
        "note": note,
    }
