"""The public register, written from the facts.

It is a projection: whatever transaction changes a pledge, an organisation, its projects or their
places also rewrites that organisation's entry, just before it commits.  No action can forget it.
Nothing stands here before the organisation's first check.
"""

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import event, select
from sqlalchemy.orm import Session, UOWTransaction, selectinload

from accounts.models import Organisation, Place, Project
from charter.models import (
    Pledge,
    PledgeAction,
    PledgeProject,
    RegisterEntry,
    RegisterEntryArea,
    RegisterEntryCommitment,
)
from charter.models.register import RegisterEntryPiece
from charter.public.nearly import pieces
from charter.states import CURRENT, PAST, STANDING
from web.folding import fold
from web.scheme import Scheme

DUE = "register_due"
LevelOf = Callable[[Session, Organisation], str | None]
"""The name of the level that an organisation holds today, or None."""
_levels: list[LevelOf] = []


def shown_pledge(session: Session, organisation: Organisation) -> Pledge | None:
    """The pledge the public hears of: the one that stands, or the newest that ever was live,
    unless it was taken back."""
    wanted = (
        select(Pledge)
        .where(Pledge.organisation_id == organisation.id, Pledge.live_from.is_not(None))
        .order_by(Pledge.state.in_(STANDING).desc(), Pledge.id.desc())
        .options(selectinload(Pledge.actions).joinedload(PledgeAction.commitment))
        .limit(1)
    )
    newest = session.scalars(wanted).first()
    return newest if newest is not None and newest.state in CURRENT + PAST else None


def write(session: Session, organisation: Organisation, scheme: Scheme) -> RegisterEntry | None:
    """Bring an organisation's entry up to the facts, or take it away."""
    entry = session.get(RegisterEntry, organisation.id)
    pledge = shown_pledge(session, organisation) if organisation.state == "checked" else None
    if pledge is None:
        if entry is not None:
            session.delete(entry)
        return None
    if entry is None:
        entry = RegisterEntry(organisation_id=organisation.id)
        session.add(entry)
    entry.level = next((found for ask in _levels if (found := ask(session, organisation))), None)
    _write(session, entry, organisation, pledge, scheme)
    return entry


def level_from(ask: LevelOf) -> LevelOf:
    """Whoever decides on levels stands above and is not known here: it says how to ask for one."""
    if ask not in _levels:
        _levels.append(ask)
    return ask


def rewrite(session: Session, organisation: Organisation) -> None:
    """Something changed of it that is not the register's own: its level."""
    session.info.setdefault(DUE, []).append(organisation)


def _write(
    session: Session,
    entry: RegisterEntry,
    organisation: Organisation,
    pledge: Pledge,
    scheme: Scheme,
) -> None:
    names = [area.name for area in scheme.areas if area.key in organisation.areas]
    entry.slug, entry.name, entry.sort_key = (
        organisation.slug,
        organisation.name,
        organisation.sort_key,
    )
    entry.standing = "current" if pledge.state in CURRENT else "not current"
    entry.pledged_on = pledge.signed_since or pledge.live_from  # type: ignore[assignment] # live once
    entry.due_on = pledge.due_on
    entry.area_keys = [area.key for area in scheme.areas if area.key in organisation.areas]
    written = sorted((a.commitment for a in pledge.actions), key=lambda c: c.number)
    entry.commitment_keys = [c.key for c in written]
    entry.charter_code = pledge.charter_version.code
    entry.search_key = fold(" ".join([organisation.name, *names, *_places(session, pledge)]))
    _list(entry)


def _places(session: Session, pledge: Pledge) -> list[str]:
    """Names of the places that its public page shows, and of nothing else."""
    wanted = (
        select(Place)
        .join(Place.project)
        .join(PledgeProject, PledgeProject.project_id == Project.id)
        .where(PledgeProject.pledge_id == pledge.id)
        .options(selectinload(Place.project))
    )
    places = session.scalars(wanted.order_by(Place.id).limit(200))
    return [place.name for place in places if place.published]


def _list(entry: RegisterEntry) -> None:
    """The rows for filtering; those that stay right are kept, so nothing is written in vain."""
    areas = {row.area: row for row in entry.areas}
    entry.areas = [areas.get(k) or RegisterEntryArea(area=k) for k in entry.area_keys]
    kept = {row.commitment: row for row in entry.commitments}
    entry.commitments = [
        kept.get(k) or RegisterEntryCommitment(commitment=k) for k in entry.commitment_keys
    ]
    known = {row.piece: row for row in entry.pieces}
    wanted = sorted(pieces(entry.name))
    if known.keys() != set(wanted):
        entry.pieces = [known.get(piece) or RegisterEntryPiece(piece=piece) for piece in wanted]
    rows: list[RegisterEntryArea | RegisterEntryCommitment] = [*entry.areas, *entry.commitments]
    for row in rows:
        row.sort_key, row.standing = entry.sort_key, entry.standing


def _organisation_of(thing: Any) -> Organisation | None:
    match thing:
        case Organisation():
            return thing
        case Pledge() | Project():
            return thing.organisation
        case PledgeAction():
            return thing.pledge.organisation if thing.pledge is not None else None
        case Place():
            return thing.project.organisation if thing.project is not None else None
    return None


def _see(session: Session, _context: UOWTransaction) -> None:
    touched = [*session.new, *session.dirty, *session.deleted]
    due = session.info.setdefault(DUE, [])
    due += [
        t for t in touched if isinstance(t, Organisation | Pledge | PledgeAction | Project | Place)
    ]


def _write_what_is_due(session: Session) -> None:
    session.flush()
    things = session.info.pop(DUE, [])
    organisations = {o.id: o for thing in things if (o := _organisation_of(thing)) is not None}
    with session.no_autoflush:
        for organisation in organisations.values():
            write(session, organisation, current_app.extensions["scheme"])
    if organisations:
        session.flush()
        session.info.pop(DUE, None)


def _forget(session: Session, *_: object) -> None:
    session.info.pop(DUE, None)


event.listen(Session, "after_flush", _see)
# Before the chain and the edition look at what the transaction changed.
event.listen(Session, "before_commit", _write_what_is_due, insert=True)
event.listen(Session, "after_soft_rollback", _forget)
