"""A table becomes an import; its columns are matched; it is confirmed, thrown away, or undone.

All who change one wait in line: the organisation is held, then the import.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries.organisations import hold
from accounts.rules import may_lead_organisation
from training.importing import fields, queries, rules
from training.importing.moving import make
from training.importing.queries import TABLE
from training.models import TrainingImport
from training.pathways import Pathways
from training.states import COURSE
from web.audit import record
from web.workflow import Refused, insist

AT_ONCE = 1000
"""Rows in one statement."""
Rows = Iterable[tuple[int, list[str]]]


def begin(
    session: Session,
    organisation: Organisation,
    name: str,
    rows: Rows,
    *,
    by: Any,
    at: datetime,
) -> TrainingImport:
    """The rows are put down as they are, and the columns guessed.  Raises Refused."""
    hold(session, organisation)
    insist(may_lead_organisation(by, organisation))
    if queries.how_many_open(session, organisation) >= rules.MOST_OPEN:
        raise Refused([_(rules.TOO_MANY_OPEN)])
    if queries.how_many_lately(session, organisation, at) >= rules.MOST_A_DAY:
        raise Refused([_(rules.TOO_MANY)])
    rows = iter(rows)
    headings, first = _headings(rows), next(rows, None)
    if first is None:
        raise Refused([_("There are headings and nothing below them. Send a file with rows.")])
    it = _begun(session, organisation, name, headings, by, at)
    it.last = _keep(session, it, chain([first], rows))
    session.flush()
    record(session, it, "begin", by=by, at=at)
    return it


def _headings(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    _number, headings = next(rows, (0, []))
    if sum(bool(heading) for heading in headings) < 2:
        raise Refused(
            [
                _(
                    "The first row must say what each column holds, like “Name”, “Module” and "
                    "“Date”. This file has one column only."
                )
            ]
        )
    return headings


def _begun(
    session: Session,
    organisation: Organisation,
    name: str,
    headings: list[str],
    by: Any,
    at: datetime,
) -> TrainingImport:
    """As the last one with these headings was read, if there is one."""
    mark = fields.fingerprint(headings)
    before = queries.remembered(session, organisation, mark)
    it = TrainingImport(
        organisation=organisation,
        name=name,
        headings=headings,
        fingerprint=mark,
        columns=before.columns if before else fields.guess(headings),
        how=before.how if before else COURSE,
        newcomers_role=before.newcomers_role if before else "",
        last=0,
        begun_at=at,
        begun_by_id=by.id,
    )
    session.add(it)
    session.flush()
    return it


def _keep(session: Session, it: TrainingImport, rows: Iterator[tuple[int, list[str]]]) -> int:
    """The number of the last one."""
    last = 0
    while some := list(islice(rows, AT_ONCE)):
        told = [
            {
                "import_id": it.id, "number": number, "cells": cells, "fate": "", "notes": [],
                "mark": "", "newcomer": "", "record": "", "person": "",
            }
            for number, cells in some
        ]  # fmt: skip
        session.connection().execute(insert(TABLE), told)
        last = some[-1][0]
    return last


def match(
    session: Session,
    it: TrainingImport,
    columns: Sequence[str],
    *,
    how: str,
    newcomers_role: str,
    pathways: Pathways,
    by: Any,
    at: datetime,
) -> None:
    """What each column holds; all rows are looked at anew.  Raises Refused."""
    insist(rules.may_import(by, it))
    if it.state != "read":
        raise Refused([_("This was added already.")])
    if newcomers_role and newcomers_role not in pathways.role_by_key:
        raise Refused([_("Choose what they do.")])
    it.columns, it.how, it.newcomers_role = list(columns), how, newcomers_role
    it.judged_to = 0
    session.flush()
    record(session, it, "match", by=by, at=at)
    anew = {"fate": "", "notes": [], "mark": "", "newcomer": ""}
    session.connection().execute(update(TABLE).where(TABLE.c.import_id == it.id).values(anew))


def confirm(session: Session, it: TrainingImport, *, by: Any, at: datetime) -> None:
    """From now on the worker writes it.  Of two who confirm, one does.  Raises Refused."""
    if not queries.counts(session, it).get("add"):
        raise Refused([_(rules.NOTHING)])
    who = {"confirmed_at": at, "confirmed_by_id": by.id}
    make(session, "confirm", it, by=by, at=at, done_to=0, **who)


def drop(session: Session, it: TrainingImport, *, by: Any, at: datetime) -> None:
    make(session, "drop", it, by=by, at=at)
    clear(session, it, at=at)


def undo(session: Session, it: TrainingImport, *, by: Any, at: datetime) -> None:
    """From now on the worker takes it back.  Raises Refused."""
    if it.state == "done" and not rules.in_time_to_undo(it, at):
        raise Refused([_(rules.TOO_LATE)])
    make(session, "undo", it, by=by, at=at, done_to=0)


def clear(session: Session, it: TrainingImport, *, at: datetime) -> None:
    """What stood in the file goes.  The caller records it."""
    session.connection().execute(delete(TABLE).where(TABLE.c.import_id == it.id))
    it.name, it.headings, it.cleared_at = "", [], at
    session.flush()
