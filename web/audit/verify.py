"""``flask audit verify``: is the chain whole, and do the rows still say what it says?"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from web.audit.chain import audited_fields, name_of
from web.audit.digest import GENESIS, REMOVED, field_digest, head_proof, seal
from web.audit.models import AuditEntry, AuditHead, AuditValue
from web.database import Base

Told = dict[str, dict[str, str]]
"""By subject, the last digest the chain tells of each field."""


def verify(session: Session, key: bytes) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it was written; nothing when all is well."""
    told: Told = {}
    yield from _broken_links(session, key, told)
    yield from _changed_values(session, key)
    yield from _changed_rows(session, key, told)


def rolled_back(session: Session, number: int, last: str) -> str:
    """What is wrong with a head that was written down elsewhere; empty when the chain has it.

    Whoever puts back an old copy of everything leaves a chain that is whole in itself.
    """
    head, entry = session.get(AuditHead, 1), session.get(AuditEntry, number)
    if head is None or head.number < number or entry is None:
        return f"Entry {number} is not there any more: an old copy was put back."
    return "" if entry.seal == last else f"Entry {number} is not the one that was written down."


def _broken_links(session: Session, key: bytes, told: Told) -> Iterator[str]:
    previous, number = GENESIS, 0
    for entry in session.scalars(
        select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=500)
    ):
        number += 1
        if entry.number != number:
            yield f"Entry {number} is missing: the next one is {entry.number}."
            number = entry.number
        if entry.previous != previous:
            yield f"Entry {entry.number} does not follow the one before it."
        if entry.seal != seal(key, entry):
            yield f"Entry {entry.number} was changed after it was written."
        previous = entry.seal
        _tell(told, entry)
    head = session.get(AuditHead, 1, populate_existing=True)
    last = (head.number, head.seal, head.proof) if head else (0, GENESIS, "")
    if last != (number, previous, head_proof(key, number, previous) if number else ""):
        yield "The head does not name the last entry: entries were cut off or added."


def _tell(told: Told, entry: AuditEntry) -> None:
    if REMOVED in entry.digests:
        told[entry.subject] = {REMOVED: REMOVED}
    elif entry.digests:
        known = told.setdefault(entry.subject, {})
        known.pop(REMOVED, None)
        known.update(entry.digests)


def _changed_values(session: Session, key: bytes) -> Iterator[str]:
    """A kept value must still be the one its entry has the digest of."""
    rows = select(AuditValue, AuditEntry).join(
        AuditEntry, AuditEntry.number == AuditValue.entry_number
    )
    for value, entry in session.execute(rows.execution_options(yield_per=500)):
        if field_digest(key, entry.subject, value.field, value.after) != entry.digests.get(
            value.field
        ):
            yield f"The value kept with entry {entry.number} ({value.field}) was changed."


def _changed_rows(session: Session, key: bytes, told: Told) -> Iterator[str]:
    seen = set()
    for model in audited_models():
        fields = audited_fields(model)
        for row in session.scalars(
            select(model).execution_options(yield_per=500, populate_existing=True)
        ):
            subject = name_of(row)
            seen.add(subject)
            yield from _differences(key, subject, row, fields, told.get(subject))
    for subject, digests in told.items():
        if subject not in seen and REMOVED not in digests:
            yield f"{subject} was removed behind the portal's back."


def _differences(
    key: bytes, subject: str, row: Any, fields: tuple[str, ...], told: dict[str, str] | None
) -> Iterator[str]:
    if told is None or REMOVED in told:
        yield f"{subject} was added behind the portal's back."
        return
    for field in fields:
        held = getattr(row, field)
        if field in told:
            well = told[field] == field_digest(key, subject, field, held)
        else:  # a column younger than the row's last entry holds what a new column holds
            well = _as_new(type(row), field, held)
        if not well:
            yield f"{subject}: {field} was changed behind the portal's back."


def _as_new(model: Any, field: str, held: Any) -> bool:
    """Nothing, or what the column gives a row; else its model names it as ``backfilled``: a
    migration wrote it, and nobody can say what."""
    if held is None or field in getattr(model, "backfilled", ()):
        return True
    column = inspect(model).columns[field]
    given = [column.default.arg] if column.default is not None else []
    if column.server_default is not None:
        given.append(getattr(column.server_default, "arg", None))
    return any(held == _plainly(one) for one in given)


def _plainly(default: Any) -> Any:
    if callable(default):
        return default(None)
    words = {"false": False, "true": True, "0": 0, "'{}'": {}, "'[]'": []}
    return words.get(str(default), default)


def audited_models() -> list[Any]:
    mappers = Base.registry.mappers
    return sorted(
        (m.class_ for m in mappers if getattr(m.class_, "audited", False)),
        key=lambda c: c.__tablename__,
    )
