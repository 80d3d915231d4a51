"""The example mode: an invented county, one-click sign-in and a mailbox.  Absent outside it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import clock
from web.access import allow, anyone
from web.contributions import Contribution
from web.database import database, db
from web.forms import Form
from web.going import first_page
from web.mail.models import ExampleMail, OutboxMail
from web.mail.sending import send_taken, take
from web.pages import show
from web.references import drawn_from

LONG_AGO = timedelta(days=600)
"""When the county's content was published."""

bp = Blueprint("example", __name__, url_prefix="/example")


class NotHere(Exception):
    """The example county may not be loaded into this database."""


@dataclass
class County:
    """What a package's part of the example county works with.

    ``random`` is seeded, so the county is the same every time; ``as_of`` is the moment it lives
    at.  Parts plan events, and the events happen in the order of their moments, each a commit of
    its own at its own time, as they would have.
    """

    session: Session
    as_of: datetime
    random: random.Random
    things: dict[str, Any] = field(default_factory=dict)
    """What earlier parts leave for later ones."""
    events: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)

    def plan(self, days_ago: int, do: Callable[[datetime], object], *, hour: int = 0) -> None:
        """``do(moment)`` happens so many days before the county's day, in working hours."""
        day = self.as_of - timedelta(days=days_ago)
        moment = day.replace(
            hour=hour or self.random.randint(9, 19), minute=self.random.randint(0, 59)
        )
        self.events.append((min(moment, self.as_of), len(self.events), do))


@dataclass(frozen=True)
class ExamplePerson:
    """One person of each kind, for the page that signs in with one click."""

    key: str
    kind: str
    who: str
    """The kind inside a sentence: ``an editor``."""
    sentence: str
    email: str
    password: str
    find: Callable[[Session], Any]
    enter: Callable[[Any], None]
    """Signs this browser in as the person; commits."""


def load_content(session: Session) -> None:
    """Every package's default content, where it is missing.  The caller commits."""
    for part in current_app.extensions["contributions"]:
        for load in part.content:
            load(session)


def load_county(session: Session, *, as_of: datetime | None, say: Callable[[str], object]) -> None:
    """Load the county, whole or not at all.  Raises NotHere where it may not be."""
    if not current_app.extensions["settings"].example:
        raise NotHere("The example county is loaded in example mode only (PORTAL_EXAMPLE=true).")
    if is_loaded(session):
        raise NotHere("There is something in this database already: it is left as it is.")
    session.rollback()
    try:
        references, own = random.Random(2027), random.Random(2027)  # noqa: S311 - to repeat
        with database().whole() as whole, drawn_from(references):
            county = County(whole, _moment(as_of), own)
            _happen(county, say)
        say("Delivering the county's mail")
        with current_app.test_request_context(base_url=current_app.extensions["settings"].site_url):
            _deliver()
    finally:
        clock.freeze(None)


def _happen(county: County, say: Callable[[str], object]) -> None:
    clock.freeze(county.as_of - LONG_AGO)
    load_content(county.session)
    county.session.commit()
    for _, part in _parts():
        part(county)
    events = sorted(county.events)
    for number, (moment, _, do) in enumerate(events, start=1):
        clock.freeze(moment)
        do(moment)
        county.session.commit()
        if number % 100 == 0 or number == len(events):
            say(f"{number} of {len(events)} events of the county's life have happened")


def _deliver() -> None:
    """Each mail at its own time, so that the mailbox reads like a life."""
    base = database()
    with base.session(writes=False) as session:
        due = [(mail.due_at, mail.id) for mail in session.scalars(select(OutboxMail))]
    for moment, _ in sorted(due):
        clock.freeze(moment)
        taken = take(base)
        if taken is not None:
            send_taken(base, taken)


def is_loaded(session: Session) -> bool:
    """Whether anybody has an account here."""
    return any(person.find(session) is not None for person in cast())


def cast() -> list[ExamplePerson]:
    return [p for part in current_app.extensions["contributions"] for p in part.example_people]


def _parts() -> list[tuple[int, Callable[[County], None]]]:
    parts = [p for part in current_app.extensions["contributions"] for p in part.example]
    return sorted(((p.order, p.load) for p in parts), key=lambda pair: pair[0])


def _moment(as_of: datetime | None) -> datetime:
    day: date = as_of.date() if as_of else clock.today()
    return datetime.combine(day, time(12), UTC)


class SignInAs(Form):
    """A button."""


@bp.get("/")
@allow(anyone)
def people() -> Response:
    """Choose somebody to be."""
    return show("example/people.html", cast=cast(), form=SignInAs())


@bp.post("/sign-in/<key>")
@allow(anyone)
def sign_in(key: str) -> Response:
    chosen = next((p for p in cast() if p.key == key), None)
    person = chosen.find(db()) if chosen else None
    if chosen is None or person is None:
        abort(404)
    chosen.enter(person)
    return make_response(redirect(first_page(), 303))


@bp.get("/mail")
@allow(anyone)
def mailbox() -> Response:
    """Every email sent, newest first."""
    newest = (
        select(ExampleMail).order_by(ExampleMail.sent_at.desc(), ExampleMail.id.desc()).limit(200)
    )
    return show("example/mailbox.html", mails=db().scalars(newest).all())


@bp.get("/mail/<int(max=2_147_483_647):number>")
@allow(anyone)
def mail(number: int) -> Response:
    found = db().get(ExampleMail, number)
    if found is None:
        abort(404)
    return show("example/mail.html", mail=found)


example_contribution = Contribution(name="example", blueprints=(bp,))
