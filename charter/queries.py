"""Finding pledges and charters: always ordered, always bounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from accounts.models import CLOSED, LEAD, Membership, Organisation, Person, Project
from charter.models import (
    CharterVersion,
    Pledge,
    PledgeAction,
    PledgeEvent,
    PledgeProject,
    Suspension,
)
from charter.states import DUE, LIVE, OPEN_STATES, RETURNED, SENT, STANDING, SUSPENDED
from web import clock
from web.audit import AuditEntry
from web.audit.chain import history_of
from web.contributions import Waiting
from web.database import holding
from web.folding import fold
from web.paging import PAGE, Paged, paged

PLACES = selectinload(Pledge.covered).joinedload(PledgeProject.project).selectinload(Project.places)
WHOLE = (
    joinedload(Pledge.charter_version).selectinload(CharterVersion.commitments),
    joinedload(Pledge.organisation).selectinload(Organisation.projects),
    selectinload(Pledge.actions).joinedload(PledgeAction.commitment),
    selectinload(Pledge.actions).joinedload(PledgeAction.changed_by),
    PLACES,
    selectinload(Pledge.notes),
    selectinload(Pledge.events).joinedload(PledgeEvent.by),
    joinedload(Pledge.renews).selectinload(Pledge.actions).joinedload(PledgeAction.commitment),
    joinedload(Pledge.renews)
    .joinedload(Pledge.charter_version)
    .selectinload(CharterVersion.commitments),
    selectinload(Pledge.outcomes),
    selectinload(Pledge.suspensions),
)
"""All that a page about one pledge shows."""


def current_charter(session: Session) -> CharterVersion | None:
    """The version published last: what a new pledge is to."""
    newest = select(CharterVersion).order_by(
        CharterVersion.published_at.desc(), CharterVersion.id.desc()
    )
    return session.scalars(
        newest.options(selectinload(CharterVersion.commitments)).limit(1)
    ).first()


def pledges_of(session: Session, organisation: Organisation, most: int = 50) -> list[Pledge]:
    """An organisation's pledges, newest first."""
    wanted = select(Pledge).where(Pledge.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(Pledge.id.desc()).limit(most)))


def in_front() -> Any:
    """Of an organisation's pledges, which comes first: the one it works on, the one it stands by,
    then the one that ever stood.  Within these, the newest."""
    return case(
        (Pledge.state.in_(OPEN_STATES), 0),
        (Pledge.state.in_(STANDING), 1),
        (Pledge.live_from.is_not(None), 2),
        else_=3,
    )


def hold(session: Session, organisation_id: int) -> None:
    """Lock all its pledges, in one order: what one of them does changes others, and two who come
    from two sides must not wait for each other."""
    wanted = select(Pledge.id).where(Pledge.organisation_id == organisation_id)
    session.execute(holding(wanted.order_by(Pledge.id))).all()


def newest_pledge(
    session: Session, organisation: Organisation, *, lock: bool = False
) -> Pledge | None:
    """The pledge an organisation works on or stands by, whole.

    ``lock``: nobody else changes its pledges until this transaction ends, so that two who save at
    once come one after the other.
    """
    if lock:
        hold(session, organisation.id)
    wanted = select(Pledge).where(Pledge.organisation_id == organisation.id)
    wanted = _whole(wanted, lock).order_by(in_front(), Pledge.id.desc())
    return session.scalars(wanted.limit(1)).first()


def pledge_by_reference(session: Session, reference: str, *, lock: bool = False) -> Pledge | None:
    if lock:
        mine = select(Pledge.organisation_id).where(Pledge.reference == reference)
        hold(session, session.scalar(mine) or 0)
    wanted = select(Pledge).where(Pledge.reference == reference)
    return session.scalars(_whole(wanted, lock)).first()


def standing_pledge(session: Session, organisation: Organisation) -> Pledge | None:
    """The one it stands by, while it works on the next; whole."""
    wanted = select(Pledge).where(
        Pledge.organisation_id == organisation.id, Pledge.state.in_(STANDING)
    )
    return session.scalars(_whole(wanted, False).limit(1)).first()


def _whole(wanted: Select[Pledge], lock: bool) -> Select[Pledge]:
    wanted = wanted.options(*WHOLE)
    return holding(wanted, Pledge) if lock else wanted


def leads_of(session: Session, organisation: Organisation) -> list[Person]:
    """Who leads it today and can be written to."""
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.role == LEAD,
            Membership.ended_at.is_(None),
            Person.active,
        )
    )
    return list(session.scalars(wanted.order_by(Person.id).limit(PAGE)))


def sender_of(session: Session, pledge: Pledge) -> Person | None:
    """Who sent it last."""
    wanted = (
        select(Person)
        .join(PledgeEvent, PledgeEvent.by_id == Person.id)
        .where(PledgeEvent.pledge_id == pledge.id, PledgeEvent.verb == "send", Person.active)
    )
    return session.scalars(wanted.order_by(PledgeEvent.id.desc()).limit(1)).first()


def last_writers(session: Session, pledge: Pledge, most: int = 3) -> list["Change"]:
    """Who of the organisation wrote in it last, newest first, and each person once."""
    wrote = [e for e in history_of(session, pledge, 50) if e.verb.startswith(("begin", "write "))]
    newest: dict[str, AuditEntry] = {}
    for entry in wrote:
        newest.setdefault(entry.actor, entry)
    entries = list(newest.values())[:most]
    ids = {int(e.actor.removeprefix("person:")) for e in entries if e.actor.startswith("person:")}
    people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(ids)))}
    changes = (_change(entry, people) for entry in entries)
    return [change for change in changes if change.by is not None]


@dataclass(frozen=True)
class Change:
    verb: str
    by: Person | None
    at: Any


def _change(entry: AuditEntry, people: dict[int, Person]) -> Change:
    number = entry.actor.removeprefix("person:")
    return Change(entry.verb, people.get(int(number)) if number.isdigit() else None, entry.at)


# The Charter team's lists


def queue(session: Session, page: int = 1) -> Paged[Any]:
    """Pledges that wait for a decision, oldest first, with what their flags are worked out from.

    A commitment comes with its charter, once; beside each action it would come again each time."""
    wanted = (
        select(Pledge)
        .where(_waits())
        .order_by(Pledge.sent_at, Pledge.id)
        .options(
            joinedload(Pledge.organisation),
            joinedload(Pledge.charter_version).selectinload(CharterVersion.commitments),
            selectinload(Pledge.actions),
            PLACES,
        )
    )
    return paged(session, wanted, page)


def pledges_waiting(session: Session, _at: datetime) -> Waiting:
    """How many pledges wait for the Charter team, and since when the oldest does."""
    wanted = select(func.count(), func.min(Pledge.sent_at)).where(Pledge.state == SENT)
    count, since = session.execute(wanted).one()
    return Waiting(count, since)


def overdue(session: Session, today: date) -> int:
    """How many pledges should have been decided before today."""
    late = select(func.count()).where(_waits(), Pledge.check_due_on < today)
    return session.scalar(late) or 0


def _waits() -> Any:
    """A closed organisation's pledge waits for nobody."""
    return and_(Pledge.state == SENT, Pledge.organisation.has(Organisation.state != CLOSED))


def unchecked_organisations(session: Session, page: int = 1) -> Paged[Any]:
    """Organisations that wait for their first check, oldest first."""
    wanted = (
        select(Organisation)
        .where(Organisation.state == "unchecked")
        .order_by(Organisation.created_at, Organisation.id)
    )
    return paged(session, wanted, page)


def returned(session: Session) -> list[Pledge]:
    """Pledges their organisations are mending, the one sent longest ago on top."""
    wanted = select(Pledge).where(Pledge.state == RETURNED).order_by(Pledge.sent_at, Pledge.id)
    shown = (joinedload(Pledge.organisation), selectinload(Pledge.events))
    return list(session.scalars(wanted.options(*shown).limit(PAGE)))


def to_review(session: Session) -> list[Pledge]:
    """Paused pledges, the one to look at first on top."""
    wanted = select(Pledge).where(Pledge.state == SUSPENDED).order_by(Pledge.review_on, Pledge.id)
    return list(session.scalars(wanted.options(joinedload(Pledge.organisation)).limit(PAGE)))


def appeals(session: Session) -> list[Pledge]:
    """Paused pledges whose organisation waits for an answer, the one that waits longest on top."""
    wanted = select(Pledge).join(Suspension, Suspension.pledge_id == Pledge.id)
    wanted = wanted.where(_appeal_waits()).order_by(Suspension.appealed_at, Pledge.id)
    shown = (joinedload(Pledge.organisation), selectinload(Pledge.suspensions))
    return list(session.scalars(wanted.options(*shown).limit(PAGE)))


def reviews_waiting(session: Session, at: datetime) -> Waiting:
    """Paused pledges whose day to look again has come, and since when the oldest has."""
    today = clock.london(at).date()
    wanted = select(func.count(), func.min(Pledge.review_on)).join(Pledge.organisation)
    wanted = wanted.where(
        Pledge.state == SUSPENDED, Pledge.review_on <= today, Organisation.state != CLOSED
    )
    count, since = session.execute(wanted).one()
    return Waiting(count, clock.begins(since) if since else None)


def appeals_waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(Suspension.appealed_at))
    wanted = wanted.join(Pledge, Suspension.pledge_id == Pledge.id).join(Pledge.organisation)
    wanted = wanted.where(_appeal_waits(), Organisation.state != CLOSED)
    count, since = session.execute(wanted).one()
    return Waiting(count, since)


def _appeal_waits() -> Any:
    return and_(
        Pledge.state == SUSPENDED,
        Suspension.ended_at.is_(None),
        Suspension.appealed_at.is_not(None),
        Suspension.appeal_outcome.is_(None),
    )


def organisations(
    session: Session, *, words: str = "", state: str = "", page: int = 1
) -> Paged[Any]:
    """All organisations by name.  ``state`` is that of an organisation or of its newest pledge."""
    wanted = select(Organisation).order_by(Organisation.sort_key, Organisation.id)
    for word in fold(words).split():
        wanted = wanted.where(Organisation.search_key.contains(word, autoescape=True))
    if state == "none":
        wanted = wanted.where(~select(Pledge.id).where(_own()).exists())
    elif state == "unchecked":
        wanted = wanted.where(Organisation.state == "unchecked")
    elif state:
        front = select(Pledge.id).where(_own()).order_by(in_front(), Pledge.id.desc()).limit(1)
        newest = front.correlate(Organisation).scalar_subquery()
        own = aliased(Pledge)
        wanted = wanted.join(own, own.id == newest).where(own.state == state)
    return paged(session, wanted, page)


def _own() -> Any:
    return Pledge.organisation_id == Organisation.id


def newest_pledges(session: Session, organisations: Iterable[Organisation]) -> dict[int, Pledge]:
    """Each organisation's pledge as ``newest_pledge`` has it, by the organisation's id: one query
    and one for the pauses."""
    order = func.row_number().over(
        partition_by=Pledge.organisation_id, order_by=(in_front(), Pledge.id.desc())
    )
    ids = [o.id for o in organisations]
    ranked = select(Pledge.id, order.label("place")).where(Pledge.organisation_id.in_(ids))
    ranked_rows = ranked.subquery()
    first = select(ranked_rows.c.id).where(ranked_rows.c.place == 1)
    wanted = select(Pledge).where(Pledge.id.in_(first)).order_by(Pledge.id)
    shown = (joinedload(Pledge.renews), selectinload(Pledge.suspensions))
    return {p.organisation_id: p for p in session.scalars(wanted.options(*shown))}


def earlier_pledges(session: Session, pledges: Iterable[Pledge]) -> dict[int, list[Pledge]]:
    """Other pledges of the same organisations, by organisation, newest first: one query."""
    pledges = list(pledges)
    wanted = select(Pledge).where(
        Pledge.organisation_id.in_([p.organisation_id for p in pledges]),
        Pledge.id.not_in([p.id for p in pledges]),
    )
    found: dict[int, list[Pledge]] = {}
    for pledge in session.scalars(wanted.order_by(Pledge.id.desc()).limit(500)):
        found.setdefault(pledge.organisation_id, []).append(pledge)
    return found


def lookalikes(
    session: Session, wanted_for: Iterable[Organisation]
) -> dict[int, list[Organisation]]:
    """Organisations with the same name or number as one of these, by its id: one query."""
    given = list(wanted_for)
    charities = {o.charity_number for o in given if o.charity_number}
    companies = {o.company_number for o in given if o.company_number}
    like = (
        Organisation.sort_key.in_({o.sort_key for o in given})
        | Organisation.charity_number.in_(charities)
        | Organisation.company_number.in_(companies)
    )
    wanted = select(Organisation).where(like).order_by(Organisation.id).limit(500)
    others = list(session.scalars(wanted))
    return {o.id: [x for x in others if x is not o and _alike(o, x)] for o in given}


def _alike(one: Organisation, other: Organisation) -> bool:
    return (
        one.sort_key == other.sort_key
        or (one.charity_number is not None and one.charity_number == other.charity_number)
        or (one.company_number is not None and one.company_number == other.company_number)
    )


def falls_due(session: Session, today: date, too_late: date, after: int) -> list[int]:
    """Ids of pledges whose year is over, and of those that should have been renewed by now.

    Those of closed organisations stay as they were: nobody is left to be told.  One whose renewal
    waits for the Charter team does not lapse.
    """
    renewal = aliased(Pledge)
    waits = select(renewal.id).where(renewal.renews_id == Pledge.id, renewal.state == SENT).exists()
    falls = and_(Pledge.state == LIVE, Pledge.due_on <= today)
    lapses = and_(
        Pledge.state == DUE,
        Pledge.due_on <= too_late,
        or_(Pledge.kept_until.is_(None), Pledge.kept_until < today),
        ~waits,
    )
    wanted = select(Pledge.id).join(Pledge.organisation)
    wanted = wanted.where(or_(falls, lapses), Organisation.state != CLOSED, Pledge.id > after)
    return list(session.scalars(wanted.order_by(Pledge.id).limit(200)))


def standing_by_id(session: Session, pledge_id: int) -> Pledge | None:
    """A pledge of an organisation that is open, locked with the others of its organisation."""
    organisation = session.scalar(
        select(Organisation.id)
        .join(Pledge, Pledge.organisation_id == Organisation.id)
        .where(Pledge.id == pledge_id, Organisation.state != CLOSED)
    )
    if organisation is None:
        return None
    hold(session, organisation)
    wanted = select(Pledge).where(Pledge.id == pledge_id)
    wanted = wanted.options(joinedload(Pledge.organisation), selectinload(Pledge.renewals))
    return session.scalar(wanted.execution_options(populate_existing=True))
