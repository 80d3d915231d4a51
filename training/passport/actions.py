"""Making, withdrawing and forgetting links; noting that one was opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.models import PassportLink, PassportVisit, Practitioner
from training.passport import queries
from training.records import queries as records
from web.audit import record
from web.audit.purging import forget_values
from web.workflow import Refused

MOST_LINKS = 20
"""That work at the same time."""
APART = timedelta(minutes=10)
"""Whoever looks again so soon is the same reader."""
MOST_VISITS = 200


def make(
    session: Session,
    practitioner: Practitioner,
    *,
    shows: Sequence[str],
    for_whom: str,
    days: int,
    by: Any,
    at: datetime,
) -> PassportLink:
    """Raises Refused."""
    records.hold(session, practitioner)
    working = [link for link in queries.links_of(session, practitioner) if link.works(at)]
    if len(working) >= MOST_LINKS:
        raise Refused([_("These are the most links you can have. Withdraw one first.")])
    link = PassportLink(
        practitioner=practitioner,
        for_whom=for_whom,
        shows=list(shows),
        made_at=at,
        ends_at=at + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    record(session, link, "make", by=by, at=at)
    return link


def withdraw(session: Session, link: PassportLink, *, by: Any, at: datetime) -> None:
    """Twice is once."""
    if link.withdrawn_at is None:
        link.withdrawn_at = at
        record(session, link, "withdraw", by=by, at=at)


def note_visit(session: Session, link_id: int, *, at: datetime) -> None:
    last = session.scalar(
        select(func.max(PassportVisit.at)).where(PassportVisit.link_id == link_id)
    )
    count = select(func.count()).where(PassportVisit.link_id == link_id)
    if (last is None or at - last >= APART) and (session.scalar(count) or 0) < MOST_VISITS:
        session.add(PassportVisit(link_id=link_id, at=at))


def forget(session: Session, link: PassportLink, *, by: Any, at: datetime) -> None:
    forget_values(session, link)
    record(session, link, "forget", by=by, at=at)
    session.delete(link)
    session.flush()


def forget_all(session: Session, practitioner: Practitioner, *, by: Any, at: datetime) -> None:
    for link in queries.links_of(session, practitioner):
        forget(session, link, by=by, at=at)
