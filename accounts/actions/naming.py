"""A new name: the address follows it, the old one leads here for ever, and the team looks."""

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.actions.telling import tell, write_to
from accounts.models import (
    CHECKED,
    Organisation,
    OrganisationAddress,
    OrganisationRename,
    Person,
)
from accounts.naming import MADE, NAMES, WAITING
from accounts.queries import leading
from accounts.queries import naming as queries
from accounts.queries.organisations import hold, slugs_like
from web.audit import record
from web.folding import fold, slug, sort_key
from web.workflow import Refused, perform


def ask_for_name(
    session: Session, organisation: Organisation, name: str, *, by: Person, at: datetime
) -> OrganisationRename | None:
    """Give it the name, or let the name wait for the Charter team.

    Before the first check nobody else sees it, so nobody has to look.  Later the name changes at
    once and the team looks at it afterwards; but one like another organisation's waits.
    Raises IntegrityError when another takes the address at the same moment.
    """
    hold(session, organisation)
    waiting = queries.name_waiting(session, organisation)
    if waiting is not None and waiting.after == name:
        return waiting
    if waiting is not None:
        _move(session, waiting, "withdraw", by, at)
        session.flush()
    if organisation.state != CHECKED:
        give_name(session, organisation, name, by=by, at=at)
        return None
    like = queries.another_like(session, organisation, name)
    made = OrganisationRename(
        organisation=organisation, before=organisation.name, after=name,
        like=like.name if like else "", state=WAITING if like else MADE,
        asked_at=at, asked_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "rename", by=by, at=at)
    if like is None:
        give_name(session, organisation, name, by=by, at=at)
    else:
        tell(session, organisation, "name asked", by=by, at=at, after=name)
    return made


def give_name(
    session: Session, organisation: Organisation, name: str, *, by: Person, at: datetime
) -> None:
    before = organisation.name
    organisation.name = name
    organisation.sort_key, organisation.search_key = sort_key(name), fold(name)
    if slug(name) != slug(before):
        _move_to(session, organisation, name, at)
    record(session, organisation, "rename", by=by, at=at)
    tell(session, organisation, "renamed", by=by, at=at, before=before, after=name)


def _move_to(session: Session, organisation: Organisation, name: str, at: datetime) -> None:
    """Its own earlier addresses it may have again."""
    taken = slugs_like(session, slug(name), but=organisation)
    address = slug(name, taken | {"new"})
    if session.get(OrganisationAddress, address) is None:
        session.add(OrganisationAddress(slug=address, organisation_id=organisation.id, since=at))
    organisation.slug = address
    session.flush()


def accept_name(session: Session, rename: OrganisationRename, *, by: Person, at: datetime) -> None:
    organisation = rename.organisation
    hold(session, organisation)
    _move(session, rename, "accept", by, at)
    give_name(session, organisation, rename.after, by=by, at=at)
    _write(session, rename, "name_accepted", at)


def decline_name(session: Session, rename: OrganisationRename, *, by: Person, at: datetime) -> None:
    hold(session, rename.organisation)
    _move(session, rename, "decline", by, at)
    _write(session, rename, "name_declined", at)


def look_at_name(session: Session, rename: OrganisationRename, *, by: Person, at: datetime) -> None:
    if rename.state == "seen":
        raise Refused(["Somebody has looked at this name already."])
    _move(session, rename, "look at", by, at)


def _move(
    session: Session, rename: OrganisationRename, verb: str, by: Person, at: datetime
) -> None:
    perform(NAMES, verb, rename, by=by, at=at)
    record(session, rename, verb, by=by, at=at)


def _write(session: Session, rename: OrganisationRename, kind: str, at: datetime) -> None:
    for lead in leading.leads_of(session, rename.organisation):
        write_to(session, lead, kind, rename.organisation, at=at, name=rename.after)
