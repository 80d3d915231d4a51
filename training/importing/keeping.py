"""For how long the rows of a sheet are kept, what they say of a person, and what merging does."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, and_, cast, delete, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Organisation
from training.importing import queries
from training.importing.beginning import clear
from training.importing.moving import make
from training.importing.queries import TABLE
from training.importing.rules import DAY
from training.importing.states import DONE, READ, STATE_WORDS, UNDER_WAY, UNDOING, UNDONE
from training.models import TrainingImport, TrainingImportRow, TrainingRecord
from training.records.queries import practitioner_of
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, MergePart, RetentionRule
from web.database import holding

MOST = 200
RETENTION = "system:retention"
Data = dict[str, Any]
THINGS = {"training_import": _l("a spreadsheet of training")}

# The rows go


def _over(at: datetime) -> Any:
    """The day for undoing is over, or nobody has gone on with it for a day."""
    it, before = TrainingImport, at - DAY
    return select(it).where(
        it.cleared_at.is_(None),
        or_(
            and_(it.state == READ, it.begun_at < before),
            and_(it.state.in_((DONE, UNDONE)), it.finished_at < before),
        ),
    )


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _over(at).with_only_columns(TrainingImport.id).order_by(TrainingImport.id)
    return session.scalars(wanted.limit(MOST)).all()


def _take_away(session: Session, number: int, at: datetime) -> None:
    it = session.scalar(holding(_over(at).where(TrainingImport.id == number), TrainingImport))
    if it is None:
        return
    if it.state == READ:
        make(session, "forget", it, by=RETENTION, at=at)
    clear(session, it, at=at)
    forget_values(session, it)
    record(session, it, "forget", by=RETENTION, at=at)


retention = RetentionRule(
    "training imports",
    _l("The rows of spreadsheets from which training was added"),
    _due,
    _take_away,
    kept=lambda _kept: _("a day"),
)

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "training-imports",
        _("Spreadsheets of training"),
        _(
            "Rows in which an organisation that adds training names you, as long as it can take "
            "them back: a day. And which spreadsheets you sent."
        ),
        [*_naming(session, person), *_sent(session, person)],
    )


def _about(session: Session, person: Any) -> Any:
    """The rows that hold an address of theirs, or made a record that is theirs now."""
    row = TrainingImportRow
    said = func.lower(cast(row.cells, String))
    named = [said.contains(address, autoescape=True) for address in person.emails]
    mine = practitioner_of(session, person)
    if mine is not None:
        learned = select(TrainingRecord.reference).where(TrainingRecord.practitioner_id == mine.id)
        named.append(row.record.in_(learned))
    return or_(false(), *named)


def _naming(session: Session, person: Any) -> Iterable[Data]:
    wanted = (
        select(TrainingImport, TrainingImportRow)
        .join(TrainingImportRow, TrainingImportRow.import_id == TrainingImport.id)
        .where(_about(session, person))
        .options(joinedload(TrainingImport.organisation))
        .order_by(TrainingImportRow.import_id, TrainingImportRow.number)
    )
    for it, row in session.execute(wanted.limit(MOST)):
        yield {
            _("Organisation"): it.organisation.name,
            _("When"): it.begun_at,
            _("Text"): [cell for cell in row.cells if cell],
        }


def _sent(session: Session, person: Any) -> Iterable[Data]:
    it = TrainingImport
    wanted = select(it).where(or_(it.begun_by_id == person.id, it.confirmed_by_id == person.id))
    whole = wanted.options(joinedload(it.organisation)).order_by(it.id)
    for found in session.scalars(whole.limit(MOST)):
        yield {
            _("You sent a spreadsheet"): found.name or None,
            _("Organisation"): found.organisation.name,
            _("When"): found.begun_at,
            _("How it stands"): str(STATE_WORDS[found.state]),
        }


def _erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """What names them goes at once; the rest of the sheet is not theirs."""
    about = select(TABLE.c.import_id, TABLE.c.number).where(_about(session, person))
    for number, place in session.execute(about).all():
        session.connection().execute(
            delete(TABLE).where(TABLE.c.import_id == number, TABLE.c.number == place)
        )


def _keeps(session: Session, person: Any) -> Sequence[str]:
    wanted = select(TrainingImport.id).where(TrainingImport.begun_by_id == person.id)
    if session.scalar(wanted.limit(1)) is None:
        return []
    return [_("That you sent spreadsheets of training, without your name.")]


erasure = Erasure(erase=_erase, keeps=_keeps)

# Merging two organisations


def _of(session: Session, organisation: Organisation) -> list[TrainingImport]:
    wanted = select(TrainingImport).where(TrainingImport.organisation_id == organisation.id)
    return list(session.scalars(holding(wanted.order_by(TrainingImport.id), TrainingImport)))


def _obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    wanted = queries.in_state(UNDER_WAY, UNDOING)
    here = wanted.where(TrainingImport.organisation_id.in_((stays.id, goes.id)))
    if session.scalar(here.limit(1)) is None:
        return []
    return [_("Training is being added from a spreadsheet now. Try again in some minutes.")]


def _preview(_session: Session, _stays: Organisation, _goes: Organisation) -> Sequence[str]:
    return []


def _merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> Data:
    moved = _of(session, goes)
    for it in moved:
        _move(session, it, stays, "merge", by, at)
    return {"imports": [it.id for it in moved]}


def _undo(
    session: Session, stays: Organisation, goes: Organisation, memo: Data, *, by: Any, at: datetime
) -> None:
    for it in _of(session, stays):
        if it.id in memo["imports"]:
            _move(session, it, goes, "undo merge", by, at)


def _move(
    session: Session, it: TrainingImport, to: Organisation, verb: str, by: Any, at: datetime
) -> None:
    it.organisation = to
    session.flush()
    record(session, it, verb, by=by, at=at)


merging = MergePart("training imports", _obstacles, _preview, _merge, _undo)
