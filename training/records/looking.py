"""Looking at people's training: the facts of the database, put before training.status."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from training import versions
from training.models import PathwayVersion, Practitioner, PractitionerRole, TrainingRecord
from training.pathways import Pathways
from training.records import facts, queries
from training.states import CLAIMED
from training.status import Picture, picture


@dataclass(frozen=True)
class Look:
    """One person's training on one day."""

    version: PathwayVersion
    practitioner: Practitioner | None
    """None: they have not begun."""
    records: Sequence[TrainingRecord]
    picture: Picture

    @property
    def pathways(self) -> Pathways:
        return self.version.pathways

    @property
    def roles(self) -> list[PractitionerRole]:
        """Those that stand."""
        return (
            [role for role in self.practitioner.roles if role.stands] if self.practitioner else []
        )


def look(session: Session, person: Any, on: date) -> Look | None:
    """None while the portal has no pathways."""
    version = versions.newest(session)
    if version is None:
        return None
    mine = queries.practitioner_of(session, person)
    records = queries.records_of(session, mine) if mine else []
    booked = queries.booked(session, [mine.id])[mine.id] if mine else []
    seen = picture(
        version.pathways,
        facts.of_roles(mine.roles if mine else ()),
        [*facts.of_records(records), *facts.of_bookings(booked)],
        on,
        queries.charters(session),
    )
    return Look(version, mine, records, seen)


def pictures(
    session: Session, pathways: Pathways, practitioners: Iterable[int], on: date
) -> dict[int, Picture]:
    """Of many at once, by their ids, in four statements.  All roles of each count, wherever."""
    wanted = sorted(set(practitioners))
    roles, records = _roles(session, wanted), _records(session, wanted)
    booked, charters = queries.booked(session, wanted), queries.charters(session)
    return {
        id_: picture(
            pathways,
            facts.of_roles(roles[id_]),
            [*facts.of_records(records[id_]), *facts.of_bookings(booked[id_])],
            on,
            charters,
        )
        for id_ in wanted
    }


def _roles(session: Session, ids: list[int]) -> dict[int, list[PractitionerRole]]:
    found = defaultdict(list)
    wanted = select(PractitionerRole).where(PractitionerRole.practitioner_id.in_(ids))
    whole = wanted.options(joinedload(PractitionerRole.membership))
    for role in session.scalars(whole.order_by(PractitionerRole.id)):
        found[role.practitioner_id].append(role)
    return found


def _records(session: Session, ids: list[int]) -> dict[int, list[TrainingRecord]]:
    found = defaultdict(list)
    wanted = select(TrainingRecord).where(
        TrainingRecord.practitioner_id.in_(ids), TrainingRecord.state.in_(CLAIMED)
    )
    for record in session.scalars(wanted.order_by(TrainingRecord.id)):
        found[record.practitioner_id].append(record)
    return found
