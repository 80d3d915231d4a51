"""The side routes of assessors: who may be given a case (steering.current)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from steering.current import NONE, Routes, routes_from
from steering.models import AssessorTerm
from steering.models.assessors import ADULT, YOUNG
from training import versions
from training.models import PathwayVersion, Practitioner
from training.records import looking
from training.status import current_on

STEPS = {ADULT: "adult-assessor", YOUNG: "young-assessor"}
"""By the kind of assessor, the step that makes one.  A route without it decides nothing."""


def first_agreed(session: Session) -> datetime | None:
    """When the first pathways were published that somebody had agreed."""
    wanted = select(func.min(PathwayVersion.published_at))
    return session.scalar(wanted.where(PathwayVersion.agreed_on.is_not(None)))


@routes_from
def of_assessors(session: Session, terms: Sequence[AssessorTerm], day: date) -> Routes:
    """Example text decides nothing: one statement finds out that no more are needed."""
    since = first_agreed(session)
    version = versions.newest(session) if since is not None else None
    if since is None or version is None:
        return NONE
    pathways = version.pathways
    steps = {kind: step for kind, step in STEPS.items() if step in pathways.route_steps}
    owners = _practitioners(session, terms)
    seen = looking.pictures(session, pathways, owners.values(), day)
    current = frozenset(
        term.person_id
        for term in terms
        if term.kind in steps
        and term.person_id in owners
        and current_on(pathways, steps[term.kind], seen[owners[term.person_id]])
    )
    return Routes(dict.fromkeys(steps, since), current)


def _practitioners(session: Session, terms: Sequence[AssessorTerm]) -> dict[int, int]:
    """By the person's id, whose training it is."""
    people = [term.person_id for term in terms]
    wanted = select(Practitioner.person_id, Practitioner.id).where(
        Practitioner.person_id.in_(people)
    )
    rows = session.execute(wanted.order_by(Practitioner.id))
    return {person: owner for person, owner in rows if person is not None}
