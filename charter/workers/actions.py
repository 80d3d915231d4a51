"""All that changes a worker's pledge."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries import person_by_email
from accounts.rules import is_officer
from charter.models import CharterVersion, WorkerPledge
from charter.workers import queries
from charter.workers.rules import BY_LINK, VISITOR, mark_of, the_worker
from charter.workers.words import LIVE, UNCONFIRMED, WITHDRAWN
from charter.workers.workflow import transitions
from web.audit import record
from web.mail import post
from web.references import new_reference
from web.workflow import Refused, insist, perform

SAME_PRESS = timedelta(minutes=1)
"""A button pressed twice sends one mail."""


@dataclass(frozen=True)
class Answers:
    """What somebody said of themselves."""

    first_name: str
    role: str
    area: str
    shown: bool
    commitment_id: int | None = None
    words: str = ""


def send(
    session: Session, version: CharterVersion, answers: Answers, *, email: str, at: datetime
) -> WorkerPledge:
    """The form was sent by anybody.  Whatever stands for the address, one row is written, one entry
    recorded and one mail posted, so that nobody can tell; the mail says which it is."""
    pledge = _written(session, version, answers, email, at)
    pressed_again = pledge.version is not None and pledge.asked_at > at - SAME_PRESS
    pledge.asked_at = at
    session.flush()
    record(session, pledge, "ask", by=VISITOR, at=at)
    if not pressed_again:
        post_link(session, email, pledge, at=at)
    return pledge


def sign(
    session: Session,
    version: CharterVersion,
    answers: Answers,
    *,
    by: Any,
    at: datetime,
    example: bool,
) -> WorkerPledge:
    """By somebody with an account: their address is confirmed, so it stands at once.

    Raises Refused.
    """
    mine = queries.of_person(session, by, lock=True)
    if mine is not None and mine.state == LIVE:
        raise Refused(["You have signed already."])
    pledge = _written(session, version, answers, by.email, at)
    pledge.asked_at = at
    session.flush()
    record(session, pledge, "ask", by=by, at=at)
    confirm(session, pledge, by=by, at=at, example=example)
    return pledge


def _written(
    session: Session, version: CharterVersion, answers: Answers, email: str, at: datetime
) -> WorkerPledge:
    """The standing pledge of the address, or a new one.  Until it is confirmed the newest words
    count: whoever confirms is shown them."""
    pledge = queries.standing(session, email, lock=True)
    if pledge is None:
        reference = f"{new_reference()}-{new_reference()}"
        pledge = WorkerPledge(reference=reference, state=UNCONFIRMED, email=email, asked_at=at)
        session.add(pledge)
    if pledge.state == UNCONFIRMED:
        pledge.charter_version = version
        for field, value in asdict(answers).items():
            setattr(pledge, field, value)
    return pledge


def post_link(session: Session, email: str, pledge: WorkerPledge | None, *, at: datetime) -> None:
    """The mail that says what stands for an address.  Nothing in it was typed by anybody."""
    if pledge is None:
        post(session, "charter/worker-none", to=email, at=at)
        return
    kind = "worker-confirm" if pledge.state == UNCONFIRMED else "worker-stands"
    _post(session, kind, pledge, at)


def confirm(
    session: Session, pledge: WorkerPledge, *, by: Any, at: datetime, example: bool
) -> None:
    """It stands from now on, and joins the account of its address.  Raises Refused."""
    pledge.confirmed_at = at
    owner = by if by != BY_LINK else person_by_email(session, pledge.email)
    if owner is not None and _may_join(session, owner):
        pledge.person_id = owner.id
    _move(session, "confirm", pledge, by=by, at=at, example=example)


def _may_join(session: Session, owner: Any) -> bool:
    in_use = owner.active and owner.confirmed_at is not None
    return in_use and not queries.has_joined(session, owner)


def withdraw(session: Session, pledge: WorkerPledge, *, by: Any, at: datetime) -> None:
    """Taken back: it is shown and counted no more.  Raises Refused."""
    pledge.shown = False
    pledge.withdrawn_at = at
    _move(session, "withdraw", pledge, by=by, at=at)


def follow(session: Session, pledge: WorkerPledge, *, by: Any, at: datetime) -> None:
    """Its account has left the address, which may be somebody else's tomorrow: the pledge goes on
    to the account's main one.  What stood there gives way: of an address one stands at most."""
    there = queries.standing(session, by.email, lock=True)
    if there is not None and pledge.state != WITHDRAWN:
        if there.state == UNCONFIRMED:
            forget(session, there, by=by, at=at)
        else:
            there.shown, there.withdrawn_at = False, at
            _move(session, "give way", there, by=by, at=at)
    pledge.email = by.email
    session.flush()
    record(session, pledge, "follow", by=by, at=at)


def change(
    session: Session, pledge: WorkerPledge, answers: Answers, *, by: Any, at: datetime
) -> None:
    """Name, role, area, and whether they are shown.  Raises Refused."""
    insist(the_worker(by, pledge))
    if pledge.state != LIVE:
        raise Refused(["This pledge is not confirmed, so there is nothing to change."])
    for field in ("first_name", "role", "area", "shown"):
        setattr(pledge, field, getattr(answers, field))
    record(session, pledge, "change", by=by, at=at)


def hide(session: Session, pledge: WorkerPledge, *, by: Any, at: datetime) -> None:
    """The Charter team takes a line off the public list; the pledge stands.  Raises Refused."""
    insist(is_officer(by))
    if not pledge.shown:
        return
    pledge.shown = False
    record(session, pledge, "hide", by=by, at=at)
    _post(session, "worker-hidden", pledge, at)


def forget(session: Session, pledge: WorkerPledge, *, by: Any, at: datetime) -> None:
    """Take it away, row and all; the chain keeps that there was one."""
    for event in pledge.events:
        record(session, event, "forget", by=by, at=at)
    record(session, pledge, "forget", by=by, at=at)
    session.delete(pledge)
    session.flush()


def _move(
    session: Session,
    name: str,
    pledge: WorkerPledge,
    *,
    by: Any,
    at: datetime,
    example: bool = False,
) -> None:
    table = transitions(example=example)
    with session.no_autoflush:
        event = perform(table, name, pledge, by=by, at=at)
        session.add(event)
    session.flush()
    record(session, pledge, name, by=by, at=at)
    record(session, event, name, by=by, at=at)
    for kind in table[name].tell:
        _post(session, kind, pledge, at)


def _post(session: Session, kind: str, pledge: WorkerPledge, at: datetime) -> None:
    post(
        session,
        f"charter/{kind}",
        to=pledge.email,
        at=at,
        person_id=pledge.person_id,
        reference=pledge.reference,
        mailbox=mark_of(pledge.email),
        shown=pledge.shown,
    )
