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
from training.status import Picture, Record, picture


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


@dataclass(frozen=True)
class Known:
    """What is looked at of many people at once, by their ids."""

    roles: dict[int, set[str]]
    records: dict[int, list[Record]]
    charters: list[date]

    def seen(self, pathways: Pathways, on: date) -> dict[int, Picture]:
        return {
            id_: picture(pathways, roles, self.records[id_], on, self.charters)
            for id_, roles in self.roles.items()
        }


def known(session: Session, practitioners: Iterable[int]) -> Known:
    """In four statements.  All roles of each count, wherever."""
    wanted = sorted(set(practitioners))
    roles, records = _roles(session, wanted), _records(session, wanted)
    booked = queries.booked(session, wanted)
    learned = {
        id_: [*facts.of_records(records[id_]), *facts.of_bookings(booked[id_])] for id_ in wanted
    }
    keys = {id_: facts.of_roles(roles[id_]) for id_ in wanted}
    return Known(keys, learned, queries.charters(session))


def pictures(
    session: Session, pathways: Pathways, practitioners: Iterable[int], on: date
) -> dict[int, Picture]:
    """Of many at once, by their ids, in four statements."""
    return known(session, practitioners).seen(pathways, on)


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
