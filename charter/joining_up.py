"""Charter's part of merging two organisations: one of them stands by one pledge.

The pledge that stands wins, the staying organisation's before the other's; then the one that is
being written.  The other side's open and standing pledges close, and what they covered is covered
by the winner.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from charter import queries
from charter.actions.moves import make
from charter.models import Pledge, PledgeProject
from charter.rules import PORTAL
from charter.states import CURRENT, MERGED, OPEN_STATES, STANDING, SUSPENDED
from web.audit import record
from web.contributions import MergePart
from web.workflow import Refused


def obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    _winner, loser = _sides(session, stays, goes)
    return [
        _("The pledge of %(name)s is paused. Decide about that first.", name=p.organisation.name)
        for p in loser
        if p.state == SUSPENDED
    ]


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    said = []
    moving = _of(session, goes)
    if _goes_wins(session, stays, goes):
        said.append(
            _(
                "The pledges of %(goes)s go to %(stays)s (%(count)s).",
                goes=goes.name,
                stays=stays.name,
                count=len(moving),
            )
        )
    _winner, closing = _sides(session, stays, goes)
    said += [
        _(
            "The pledge %(reference)s of %(name)s is closed.",
            reference=p.reference,
            name=p.organisation.name,
        )
        for p in closing
    ]
    return said


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    """Returns what was closed from which state, what was moved, what is covered now."""
    for organisation in sorted((stays, goes), key=lambda o: o.id):
        queries.hold(session, organisation.id)
    moves = _goes_wins(session, stays, goes)
    winner, closing = _sides(session, stays, goes)
    memo: dict[str, Any] = {"closed": [[p.id, p.state] for p in closing], "moved": []}
    covered = [row.project_id for p in closing if p.state in CURRENT for row in p.covered]
    for pledge in closing:
        other = goes if pledge.organisation_id == stays.id else stays
        note = _("Merged with %(name)s.", name=other.name)
        make(session, "merge", pledge, by=PORTAL, at=at, note=note)
    memo["covered"] = _cover(session, winner, covered, by, at)
    if moves:
        memo["moved"] = _move(session, _of(session, goes), stays, "merge", by, at)
    return memo


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    """As it was.  Raises Refused when a pledge was begun or confirmed in between."""
    for organisation in sorted((stays, goes), key=lambda o: o.id):
        queries.hold(session, organisation.id)
    moved = [session.get_one(Pledge, number) for number in memo["moved"]]
    closed = [(session.get_one(Pledge, number), state) for number, state in memo["closed"]]
    _insist_it_can_be_undone(session, stays, moved, [p for p, _state in closed])
    _move(session, moved, goes, "undo merge", by, at)
    for pledge_id, project_id in memo["covered"]:
        row = session.get(PledgeProject, (pledge_id, project_id))
        if row is not None:
            row.pledge.covered.remove(row)
            session.delete(row)  # an orphan that is not named leaves no trace in the chain
            record(session, row, "undo merge", by=by, at=at)
    for pledge, state in closed:
        make(session, f"undo merge: {state}", pledge, by=PORTAL, at=at)


def _insist_it_can_be_undone(
    session: Session, stays: Organisation, moved: list[Pledge], closed: list[Pledge]
) -> None:
    if any(p.organisation_id != stays.id for p in moved) or any(
        p.events[-1].verb != "merge" for p in closed
    ):
        raise Refused([_("A pledge was changed since the two became one.")])
    known = {p.id for p in (*moved, *closed)}
    began = [p for p in _live_ones(session, stays) if p.id not in known]
    if closed and any(p.began_at > closed[0].events[-1].at for p in began):
        raise Refused([_("A pledge was begun since the two became one.")])


def _of(session: Session, organisation: Organisation) -> list[Pledge]:
    wanted = select(Pledge).where(Pledge.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(Pledge.id)))


def _live_ones(session: Session, organisation: Organisation) -> list[Pledge]:
    return [p for p in _of(session, organisation) if p.state in OPEN_STATES + STANDING]


def _goes_wins(session: Session, stays: Organisation, goes: Organisation) -> bool:
    """Whether the pledges of the one that goes move: then the staying one has none that stands."""
    here, there = _live_ones(session, stays), _live_ones(session, goes)
    if any(p.state in STANDING for p in here):
        return False
    return any(p.state in STANDING for p in there) or not here


def _sides(
    session: Session, stays: Organisation, goes: Organisation
) -> tuple[Pledge | None, list[Pledge]]:
    """The pledge that stands afterwards, and those that close."""
    here, there = _live_ones(session, stays), _live_ones(session, goes)
    winners, losers = (there, here) if _goes_wins(session, stays, goes) else (here, there)
    # What stands comes first: a renewal that is being written covers what its people choose.
    winners.sort(key=lambda p: p.state not in STANDING)
    return (winners[0] if winners else None), [p for p in losers if p.state in (*MERGED, SUSPENDED)]


def _cover(
    session: Session, winner: Pledge | None, projects: list[int], by: Any, at: datetime
) -> list[list[int]]:
    if winner is None:
        return []
    standing = {row.project_id for row in winner.covered}
    added = []
    for project_id in dict.fromkeys(p for p in projects if p not in standing):
        row = PledgeProject(project_id=project_id)
        winner.covered.append(row)
        session.flush()
        record(session, row, "merge", by=by, at=at)
        added.append([winner.id, project_id])
    return added


def _move(
    session: Session, pledges: list[Pledge], to: Organisation, verb: str, by: Any, at: datetime
) -> list[int]:
    for pledge in pledges:
        pledge.organisation = to
        record(session, pledge, verb, by=by, at=at)
    session.flush()
    return [pledge.id for pledge in pledges]


merging = MergePart("pledges", obstacles, preview, merge, undo)
