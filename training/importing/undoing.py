"""An import taken back, a chunk a commit.  What somebody has worked with since stays, and is named.

The records and people that it brought in are forgotten, rows and words: nobody has seen them as
their own yet.  That they were there, the chain goes on saying.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.importing import queries
from training.importing.adding import held
from training.importing.looking import CHUNK
from training.importing.moving import make
from training.importing.states import ADDED, STAYS, TAKEN_BACK, UNDOING
from training.models import (
    Practitioner,
    TrainingImport,
    TrainingRecord,
    TrainingRecordEvent,
)
from training.records import writing
from web.audit.chain import remove_many

Told = dict[str, Any]


def take_back(session: Session, number: int, at: datetime) -> bool:
    """The next chunk of one import; whether there was one.  The caller commits."""
    it = held(session, number)
    if it.state != UNDOING:
        return False
    rows = queries.after(session, it, it.done_to, CHUNK)
    if rows:
        _records(session, it, [row for row in rows if row.fate == ADDED], at)
        it.done_to = rows[-1].number
    elif made := queries.people_made(session, it, CHUNK):
        _people(session, it, made, at)
    else:
        make(session, "finish undoing", it, at=at, done_to=it.last, finished_at=at)
    session.flush()
    return True


def _records(session: Session, it: TrainingImport, rows: Sequence[Any], at: datetime) -> None:
    there = {found.reference: found for found in _standing(session, [row.record for row in rows])}
    told, going = [], []
    for row in rows:
        found = there.get(row.record)
        stays = found is not None and _is_touched(it, found)
        notes = [("", "touched")] if stays else []
        told.append({"number": row.number, "fate": STAYS if stays else TAKEN_BACK, "notes": notes})
        if found is not None and not stays:
            going.append(found.id)
    _forget(session, going, it, at)
    queries.keep(session, it, told)


def _standing(session: Session, references: Sequence[str]) -> Sequence[Any]:
    """Their columns alone, with their owners held, who may be working with them now."""
    owner, record = Practitioner, TrainingRecord
    wanted = select(record.practitioner_id).where(record.reference.in_(references))
    queries.hold_practitioners(session, set(session.scalars(wanted)))
    whole = (
        select(record.id, record.reference, record.version, owner.claimed_at)
        .join(owner, owner.id == record.practitioner_id)
        .where(record.reference.in_(references))
    )
    return session.execute(whole).all()


def _is_touched(it: TrainingImport, found: Any) -> bool:
    """Somebody checked it, sent it back or took it over: its version is another, or its owner
    has claimed it."""
    claimed, began = found.claimed_at, it.confirmed_at
    return found.version != 1 or (claimed is not None and began is not None and claimed >= began)


def _forget(session: Session, ids: Sequence[int], it: TrainingImport, at: datetime) -> None:
    event = TrainingRecordEvent
    steps = session.scalars(select(event.id).where(event.record_id.in_(ids))).all()
    for model, numbers in ((event, steps), (TrainingRecord, ids)):
        remove_many(session, model, numbers, "undo import", by=it.confirmed_by, at=at)


# People who were entered for it


def _people(session: Session, it: TrainingImport, rows: Sequence[Any], at: datetime) -> None:
    references = [row.person for row in rows]
    queries.hold_practitioners(
        session,
        set(session.scalars(select(Practitioner.id).where(Practitioner.reference.in_(references)))),
    )
    wanted = select(Practitioner).where(Practitioner.reference.in_(references))
    fresh = wanted.execution_options(populate_existing=True).order_by(Practitioner.id)
    for practitioner in session.scalars(fresh).all():
        if _has_nothing_else(practitioner):
            writing.forget(session, practitioner, by=it.confirmed_by, at=at)
    queries.keep(session, it, [{"number": row.number, "person": ""} for row in rows])


def _has_nothing_else(practitioner: Practitioner) -> bool:
    """No training, no place, nothing that anybody said of them since."""
    since = [role for role in practitioner.roles if role.began_at != practitioner.began_at]
    has = (practitioner.records, practitioner.bookings, practitioner.shown, since)
    return practitioner.claimed_at is None and not any(has)
