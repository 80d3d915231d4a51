"""What the clock does before the panel: reserves, then a guest."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from review import queries
from review.models import Case
from review.moves import make
from review.panel import asking, staging
from review.panel.asking import VOTING
from review.rules import CLOCK
from review.states import PANEL
from web import clock, working_days
from web.jobs import Each, Job
from web.scheme import Scheme

MOST = 200
RESERVES = {PANEL: "ask reserves"}
GUEST = {PANEL: "look for a guest"}


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


def find(session: Session, _at: datetime, above: int) -> Sequence[int]:
    wanted = select(Case.id).where(Case.state.in_(VOTING), Case.id > above)
    return session.scalars(wanted.order_by(Case.id).limit(MOST)).all()


def go_on(session: Session, case_id: int, at: datetime) -> None:
    """Whoever is new is asked; where a group has not voted in time, its others, then a guest."""
    case, scheme = queries.by_id(session, case_id, lock=True), _scheme()
    if case is None or case.state not in VOTING or case.stopped_on is not None:
        return
    short = staging.short_of(case, scheme)
    if not short:
        return
    asking.ask(session, case, at=at, scheme=scheme)
    clocks, today = scheme.clocks.endorsement, clock.london(at).date()
    late = today > _days_on(case, clocks.vote_working_days, scheme)
    if late and not _happened(case, reserves_verb(case)):
        asking.ask_reserves(session, case, tuple(short), at=at, scheme=scheme)
        make(session, reserves_verb(case), case, by=CLOCK, at=at, scheme=scheme)
    very_late = today > _days_on(case, clocks.guest_after_working_days, scheme)
    if very_late and not _happened(case, guest_verb(case)):
        make(session, guest_verb(case), case, by=CLOCK, at=at, scheme=scheme)


def reserves_verb(case: Case) -> str:
    return RESERVES.get(case.state, "ask the second panel's reserves")


def guest_verb(case: Case) -> str:
    return GUEST.get(case.state, "look for a guest of the second panel")


def _days_on(case: Case, days: int, scheme: Scheme) -> date:
    return working_days.after(clock.london(case.since).date(), days, scheme.closed)


def _happened(case: Case, verb: str) -> bool:
    """Since it came before this panel."""
    return any(event.verb == verb and event.at >= case.since for event in case.events)


job = Job("panel", timedelta(hours=1), Each(find, go_on))
