"""Two organisations become one, in one transaction; within a day it can be undone, exactly."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts import rules
from accounts.actions.leading import see_who_leads
from accounts.actions.telling import tell, write_to
from accounts.models import CLOSED, Merger, Organisation, Person
from accounts.organisation_moves import TRANSITIONS, back
from accounts.queries import leading
from accounts.queries import merging as queries
from web.audit import record
from web.contributions import MergePart
from web.workflow import Refused, Table, insist, move, perform, table

Parts = Sequence[MergePart]

MERGERS: Table = table(move("undo", "done", to="undone", by=rules.may_undo_merger))


def in_the_way(
    session: Session, stays: Organisation, goes: Organisation, parts: Parts
) -> list[str]:
    """Why the two cannot be merged now, in sentences."""
    if stays.id == goes.id:
        return ["These are one and the same. Choose another."]
    for one in (stays, goes):
        if one.state == CLOSED:
            return [f"{one.name} is closed already."]
    return [sentence for part in parts for sentence in part.obstacles(session, stays, goes)]


def preview(session: Session, stays: Organisation, goes: Organisation, parts: Parts) -> list[str]:
    return [sentence for part in parts for sentence in part.preview(session, stays, goes)]


def merge(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    *,
    by: Person,
    at: datetime,
    undo_for: timedelta,
    parts: Parts,
) -> Merger:
    """What ``goes`` has comes to ``stays``; ``goes`` closes.  Raises Refused."""
    queries.hold_both(session, stays, goes)
    for one in (stays, goes):
        insist(rules.may_look_after(by, one))
    if found := in_the_way(session, stays, goes, parts):
        raise Refused(found)
    told = _leads(session, stays, goes)
    before = {"flags": _flags(stays, goes)}
    memos = {part.name: part.merge(session, stays, goes, by=by, at=at) for part in parts}
    merger = Merger(
        stays=stays, goes=goes, done_at=at, done_by_id=by.id, undo_until=at + undo_for,
        memos=memos | {"before": before},
    )  # fmt: skip
    session.add(merger)
    perform(TRANSITIONS, "merge", goes, by=by, at=at)
    goes.without_lead_since = None
    session.flush()
    record(session, merger, "merge", by=by, at=at)
    record(session, goes, "merge", by=by, at=at)
    see_who_leads(session, stays, by=by, at=at)
    tell(session, stays, "took in", by=by, at=at, after=goes.name)
    tell(session, goes, "became part of", by=by, at=at, after=stays.name)
    _write(session, told, "merged", merger, at)
    return merger


def undo(session: Session, merger: Merger, *, by: Person, at: datetime, parts: Parts) -> None:
    """Everything as it was.  Raises Refused: too late, or something since stands in its way."""
    stays, goes = merger.stays, merger.goes
    queries.hold_both(session, stays, goes)
    session.refresh(merger, with_for_update=True)
    if merger.state != "done":
        raise Refused(["This merger is undone already."])
    if at > merger.undo_until:
        raise Refused(["It is too late to undo this merger."])
    if stays.state == CLOSED:
        raise Refused([f"{stays.name} is closed since then. Undo that first."])
    told = _leads(session, stays, goes)
    perform(MERGERS, "undo", merger, by=by, at=at)
    perform(TRANSITIONS, back(goes), goes, by=by, at=at)
    session.flush()
    for part in reversed(parts):
        if part.name in merger.memos:
            part.undo(session, stays, goes, merger.memos[part.name], by=by, at=at)
    _put_back_flags(merger.memos["before"]["flags"], stays, goes)
    session.flush()
    record(session, merger, "undo merge", by=by, at=at)
    record(session, goes, "undo merge", by=by, at=at)
    record(session, stays, "undo merge", by=by, at=at)
    for one, other in ((stays, goes), (goes, stays)):
        see_who_leads(session, one, by=by, at=at)
        tell(session, one, "split off", by=by, at=at, after=other.name)
    _write(session, told, "merger_undone", merger, at)


def _leads(session: Session, *organisations: Organisation) -> dict[int, Person]:
    return {p.id: p for o in organisations for p in leading.leads_of(session, o)}


def _flags(*organisations: Organisation) -> list[str | None]:
    since = [o.without_lead_since for o in organisations]
    return [day.isoformat() if day else None for day in since]


def _put_back_flags(flags: list[str | None], *organisations: Organisation) -> None:
    for one, since in zip(organisations, flags, strict=True):
        one.without_lead_since = datetime.fromisoformat(since) if since else None


def _write(
    session: Session, told: dict[int, Person], kind: str, merger: Merger, at: datetime
) -> None:
    for person in told.values():
        write_to(session, person, kind, merger.stays, at=at, gone=merger.goes.name)
