"""Names that wait for the Charter team, what looks like another's, and what happened when."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import (
    CLOSED,
    Merger,
    Organisation,
    OrganisationAddress,
    OrganisationEvent,
    OrganisationRename,
)
from accounts.naming import MADE, WAITING
from accounts.queries.organisations import near_names
from web.contributions import Waiting
from web.database import holding
from web.paging import Paged, paged

MOST_MERGERS = 20
"""One became part of another, which became part of another: nobody does it more often."""


def name_waiting(session: Session, organisation: Organisation) -> OrganisationRename | None:
    wanted = select(OrganisationRename).where(
        OrganisationRename.organisation_id == organisation.id, OrganisationRename.state == WAITING
    )
    return session.scalar(wanted)


def another_like(session: Session, organisation: Organisation, name: str) -> Organisation | None:
    """Another that stands, with nearly this name."""
    ids = sorted(set(near_names(session, name)) - {organisation.id})
    wanted = select(Organisation).where(Organisation.id.in_(ids[:100]))
    return session.scalars(wanted.order_by(Organisation.id).limit(1)).first()


def names_to_look_at(session: Session, page: int = 1) -> Paged[OrganisationRename]:
    """Those that wait before those that stand, oldest first."""
    order = (OrganisationRename.state == MADE, OrganisationRename.asked_at, OrganisationRename.id)
    wanted = _open(select(OrganisationRename)).order_by(*order)
    whole = wanted.options(
        joinedload(OrganisationRename.organisation), joinedload(OrganisationRename.asked_by)
    )
    return paged(session, whole, page)


def names_waiting(session: Session, _at: datetime) -> Waiting:
    counted: Any = select(func.count(), func.min(OrganisationRename.asked_at))
    count, since = session.execute(_open(counted)).one()
    return Waiting(count, since)


def _open(wanted: Any) -> Any:
    standing = select(Organisation.id).where(Organisation.state != CLOSED)
    return wanted.where(
        OrganisationRename.state.in_((MADE, WAITING)),
        OrganisationRename.organisation_id.in_(standing),
    )


def rename_by_reference(
    session: Session, reference: str, *, lock: bool = False
) -> OrganisationRename | None:
    wanted = select(OrganisationRename).where(OrganisationRename.reference == reference)
    if lock:
        wanted = holding(wanted)
    return session.scalar(wanted)


def what_happened(
    session: Session, organisation: Organisation, page: int = 1
) -> Paged[OrganisationEvent]:
    """Newest first."""
    wanted = (
        select(OrganisationEvent)
        .where(OrganisationEvent.organisation_id == organisation.id)
        .order_by(OrganisationEvent.at.desc(), OrganisationEvent.id.desc())
        .options(joinedload(OrganisationEvent.person), joinedload(OrganisationEvent.by))
    )
    return paged(session, wanted, page)


def merged_into(session: Session, organisation: Organisation) -> Merger | None:
    """The merger by which it went, unless that was undone."""
    wanted = select(Merger).where(Merger.goes_id == organisation.id, Merger.state == "done")
    return session.scalar(wanted.options(joinedload(Merger.stays)))


def moved_to(session: Session, slug: str) -> Organisation | None:
    """Who has the address, or had it, or what that one became part of."""
    wanted = select(Organisation).join(
        OrganisationAddress, OrganisationAddress.organisation_id == Organisation.id
    )
    found = session.scalar(wanted.where(OrganisationAddress.slug == slug))
    for _ in range(MOST_MERGERS):
        merger = merged_into(session, found) if found is not None else None
        if merger is None:
            break
        found = merger.stays
    return found
