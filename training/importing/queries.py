"""Finding imports and their rows.  However many rows there are, they are read some at a time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from training.importing.rules import DAY
from training.importing.states import ADD, CANNOT, READ
from training.models import Practitioner, TrainingImport, TrainingImportRow, TrainingRecord
from training.states import WITHDRAWN
from web.database import holding
from web.paging import Paged, paged

Row = TrainingImportRow
TABLE: Any = TrainingImportRow.__table__
FULL_NAME = tuple[int, str, date, bool]
"""Of a record: whose, which module, on which day, whether it is an update."""


def by_reference(
    session: Session, organisation: Organisation, reference: str, *, lock: bool = False
) -> TrainingImport | None:
    wanted = select(TrainingImport).where(
        TrainingImport.reference == reference, TrainingImport.organisation_id == organisation.id
    )
    return session.scalar(holding(wanted, TrainingImport) if lock else wanted)


def hold(session: Session, number: int) -> TrainingImport:
    wanted = select(TrainingImport).where(TrainingImport.id == number)
    return session.scalars(holding(wanted, TrainingImport)).one()


def imports_of(session: Session, organisation: Organisation) -> list[TrainingImport]:
    """The last ones."""
    wanted = select(TrainingImport).where(TrainingImport.organisation_id == organisation.id)
    newest = wanted.order_by(TrainingImport.begun_at.desc(), TrainingImport.id.desc())
    return list(session.scalars(newest.options(joinedload(TrainingImport.begun_by)).limit(20)))


def how_many_open(session: Session, organisation: Organisation) -> int:
    wanted = select(func.count()).where(
        TrainingImport.organisation_id == organisation.id, TrainingImport.state == READ
    )
    return session.scalar(wanted) or 0


def how_many_lately(session: Session, organisation: Organisation, at: datetime) -> int:
    wanted = select(func.count()).where(
        TrainingImport.organisation_id == organisation.id, TrainingImport.begun_at > at - DAY
    )
    return session.scalar(wanted) or 0


def remembered(
    session: Session, organisation: Organisation, fingerprint: str
) -> TrainingImport | None:
    """The last one that was added from a sheet with the same headings."""
    wanted = select(TrainingImport).where(
        TrainingImport.organisation_id == organisation.id,
        TrainingImport.fingerprint == fingerprint,
        TrainingImport.confirmed_at.is_not(None),
    )
    newest = wanted.order_by(TrainingImport.confirmed_at.desc(), TrainingImport.id.desc())
    return session.scalar(newest.limit(1))


def in_state(*states: str) -> Select[Any]:
    """Their ids, whoever came first first."""
    return (
        select(TrainingImport.id)
        .where(TrainingImport.state.in_(states), TrainingImport.cleared_at.is_(None))
        .order_by(TrainingImport.id)
    )


# Rows


def after(session: Session, it: TrainingImport, number: int, most: int) -> list[Any]:
    """The next rows: their columns alone."""
    wanted = select(Row.number, Row.cells, Row.fate, Row.record, Row.person)
    wanted = wanted.where(Row.import_id == it.id, Row.number > number)
    return list(session.execute(wanted.order_by(Row.number).limit(most)))


def counts(session: Session, it: TrainingImport) -> dict[str, int]:
    """By fate."""
    wanted = select(Row.fate, func.count()).where(Row.import_id == it.id).group_by(Row.fate)
    return {row[0]: row[1] for row in session.execute(wanted)}


def page_of(
    session: Session, it: TrainingImport, fates: Sequence[str], page: int
) -> Paged[TrainingImportRow]:
    """Those with one of these fates; no fates: all."""
    wanted = select(Row).where(Row.import_id == it.id)
    if fates:
        wanted = wanted.where(Row.fate.in_(fates))
    return paged(session, wanted.order_by(Row.number), page)


def first(session: Session, it: TrainingImport, most: int) -> list[list[str]]:
    wanted = select(Row.cells).where(Row.import_id == it.id).order_by(Row.number)
    return list(session.scalars(wanted.limit(most)))


def bad(session: Session, it: TrainingImport) -> Iterator[TrainingImportRow]:
    """All of them, some at a time."""
    wanted = select(Row).where(Row.import_id == it.id, Row.fate == CANNOT).order_by(Row.number)
    yield from session.scalars(wanted.execution_options(yield_per=500))


def marked_before(
    session: Session, it: TrainingImport, number: int, marks: Collection[str]
) -> set[str]:
    """Which of them stand on rows up to that one."""
    wanted = select(Row.mark).where(
        Row.import_id == it.id, Row.mark.in_(marks), Row.number <= number, Row.fate == ADD
    )
    return set(session.scalars(wanted))


def newcomers_before(session: Session, it: TrainingImport, number: int) -> set[str]:
    wanted = select(Row.newcomer).where(
        Row.import_id == it.id, Row.newcomer != "", Row.number <= number
    )
    return set(session.scalars(wanted.distinct()))


def people_made(session: Session, it: TrainingImport, most: int) -> list[Any]:
    wanted = select(Row.number, Row.person).where(Row.import_id == it.id, Row.person != "")
    return list(session.execute(wanted.order_by(Row.number).limit(most)))


def how_many_made(session: Session, it: TrainingImport) -> int:
    wanted = select(func.count()).where(Row.import_id == it.id, Row.newcomer != "")
    return session.scalar(wanted.where(Row.person != "")) or 0


def keep(session: Session, it: TrainingImport, rows: Iterable[dict[str, Any]]) -> None:
    """What is known of rows by now, each by its number: all name the same columns."""
    told = [{f"its_{key}": value for key, value in row.items()} for row in rows]
    if not told:
        return
    names = [key for key in told[0] if key != "its_number"]
    changed: dict[str, Any] = {name.removeprefix("its_"): bindparam(name) for name in names}
    which = (TABLE.c.import_id == it.id, TABLE.c.number == bindparam("its_number"))
    session.connection().execute(update(TABLE).where(*which).values(changed), told)


# What there is already


def standing(session: Session, wanted: Collection[FULL_NAME]) -> set[FULL_NAME]:
    """Those of them that have a record which was not taken back."""
    record = TrainingRecord
    named = tuple_(record.practitioner_id, record.module, record.completed_on)
    if not wanted:
        return set()
    found = (
        select(record.practitioner_id, record.module, record.completed_on, record.is_update)
        .where(named.in_({name[:3] for name in wanted}))
        .where(record.state != WITHDRAWN)
    )
    return {(row[0], row[1], row[2], row[3]) for row in session.execute(found)}


def how_many_each(session: Session, practitioners: Collection[int]) -> dict[int, int]:
    """Records of each."""
    owner = TrainingRecord.practitioner_id
    wanted = select(owner, func.count()).where(owner.in_(practitioners)).group_by(owner)
    return {row[0]: row[1] for row in session.execute(wanted)}


def hold_practitioners(session: Session, ids: Collection[int]) -> None:
    """All in one order, so that two who need several never wait for each other."""
    wanted = select(Practitioner.id).where(Practitioner.id.in_(ids)).order_by(Practitioner.id)
    session.execute(wanted.with_for_update()).all()


def told_lately(session: Session, by: Any, at: datetime) -> int:
    """How many people with an address somebody entered in the last day: each was written to."""
    wanted = select(func.count()).where(
        Practitioner.entered_by_id == by.id, Practitioner.began_at > at - DAY
    )
    with_address = (Practitioner.email != "") | Practitioner.person_id.is_not(None)
    return session.scalar(wanted.where(with_address)) or 0
