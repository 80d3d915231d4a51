"""Taking what a platform sends: each statement once, whatever is sent again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from training.models import (
    LearningActivity,
    LearningActor,
    LearningPlatform,
    LearningStatement,
)
from training.models.xapi import LEFT, WAITING
from training.xapi import queries, settling
from training.xapi.statements import Statement
from web import clock
from web.audit import record

BY = "system:xapi"


class Conflict(Exception):
    """Another statement stands under this id.  The message is for whoever runs the platform."""

    def __init__(self, statement: str):
        super().__init__(f"Another statement was sent before with the id {statement}.")


def receive(
    session: Session, platform: LearningPlatform, statements: Sequence[Statement], *, at: datetime
) -> list[str]:
    """All of them or none; returns their ids.  ``platform`` is locked.  Raises Conflict."""
    named = [(one.id or str(uuid4()), one) for one in statements]
    stood = queries.sent_before(session, platform, {id_ for id_, _one in named})
    said = dict(stood)
    for id_, one in named:
        if said.setdefault(id_, one.digest) != one.digest:
            raise Conflict(id_)
    _keep(session, platform, {id_: one for id_, one in named if id_ not in stood}, at)
    platform.last_used_on = clock.london(at).date()
    session.flush()
    return [id_ for id_, _one in named]


def _keep(
    session: Session, platform: LearningPlatform, fresh: dict[str, Statement], at: datetime
) -> None:
    useful = [one for one in fresh.values() if one.completes]
    activities = _activities(session, platform, useful, at)
    actors = _actors(session, platform, useful, at)
    for id_, one in fresh.items():
        made = LearningStatement(
            platform_id=platform.id, statement=id_, digest=one.digest, state=LEFT, day=one.day,
            received_at=at,
        )  # fmt: skip
        if one.completes:
            made.state, made.activity = WAITING, activities[one.activity]
            made.actor = actors[one.actor.kind, one.actor.value]
        session.add(made)
    session.flush()
    if useful:
        settling.settle(session, at, LearningStatement.statement.in_(fresh))


def _activities(
    session: Session, platform: LearningPlatform, useful: Sequence[Statement], at: datetime
) -> dict[str, LearningActivity]:
    found = queries.activities_at(session, platform, {one.activity for one in useful})
    for one in useful:
        if one.activity not in found:
            made = LearningActivity(
                platform_id=platform.id, address=one.activity, name=one.activity_name, seen_at=at
            )
            found[one.activity] = _seen(session, made, at)
    return found


def _actors(
    session: Session, platform: LearningPlatform, useful: Sequence[Statement], at: datetime
) -> dict[tuple[str, str], LearningActor]:
    found = queries.actors_named(session, platform, {one.actor.value for one in useful})
    for one in useful:
        key = one.actor.kind, one.actor.value
        if key not in found:
            made = LearningActor(platform_id=platform.id, kind=key[0], value=key[1], seen_at=at)
            found[key] = _seen(session, made, at)
    return found


def _seen(session: Session, made: Any, at: datetime) -> Any:
    session.add(made)
    session.flush()
    record(session, made, "see", by=BY, at=at)
    return made
