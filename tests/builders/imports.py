"""Spreadsheets of training that an organisation brings in."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from tests.builders import accounts
from training import versions
from training.importing import beginning, looking
from training.importing.jobs import work
from training.models import TrainingImport
from web import clock
from web.jobs import JobRun

HEADINGS = ("Name", "Email", "Module", "Date", "How", "Provider")
Rows = Iterable[Iterable[str]]


def csv_of(*rows: Iterable[str], headings: Iterable[str] = HEADINGS) -> bytes:
    """As a browser would send it."""
    kept = io.StringIO()
    csv.writer(kept).writerows([headings, *rows])
    return kept.getvalue().encode()


def begun(
    session: Session,
    organisation: Organisation,
    rows: Rows,
    *,
    headings: Iterable[str] = HEADINGS,
    newcomers: str = "volunteer",
    by: Any = None,
) -> TrainingImport:
    """Sent, its columns matched, every row looked at."""
    by, version = by or accounts.lead_of(organisation), versions.newest(session)
    assert version is not None
    table = enumerate([list(headings), *map(list, rows)], start=1)
    it = beginning.begin(session, organisation, "team.csv", table, by=by, at=clock.now())
    if newcomers:
        beginning.match(
            session, it, it.columns, how=it.how, newcomers_role=newcomers,
            pathways=version.pathways, by=by, at=clock.now(),
        )  # fmt: skip
    while looking.look(session, it, version.pathways, clock.now()):
        continue
    session.commit()
    return it


def confirmed(
    session: Session, organisation: Organisation, rows: Rows, *, by: Any = None, **more: Any
) -> TrainingImport:
    it = begun(session, organisation, rows, by=by, **more)
    beginning.confirm(session, it, by=by or accounts.lead_of(organisation), at=clock.now())
    session.commit()
    return it


def added(session: Session, organisation: Organisation, rows: Rows, **more: Any) -> TrainingImport:
    """Confirmed, and the worker has done its part."""
    it = confirmed(session, organisation, rows, **more)
    worked(session)
    return it


def worked(session: Session) -> str:
    """A round of the worker's job."""
    if session.get(JobRun, "training imports") is None:
        session.add(JobRun(name="training imports", failures=0, lease="a lease"))
        session.commit()
    said = work(session, clock.now())
    session.expire_all()
    return said


def of_every_kind(
    session: Session, lead: Person, organisation: Organisation | None = None
) -> TrainingImport:
    """One that is looked at and not added: rows that can be, one that is there already, a bad
    one."""
    rows = [
        ("Ann Other", "ann@example.org", "W1", "03/02/2027", "online", "Mill Lane Training"),
        ("Ann Other", "ann@example.org", "W1", "3 February 2027", "", ""),
        ("Bea Best", "", "First aid for all", "soon", "by post", ""),
        ("", lead.email, "W2", "1 March 2025", "", ""),
    ]
    return begun(session, organisation or lead.memberships[0].organisation, rows, by=lead)


def until(session: Session, done: Callable[[], bool]) -> None:
    """Rounds of the worker's job, each of which is held to so many chunks."""
    for _round in range(20):
        if done():
            return
        worked(session)
    raise AssertionError("the worker does not come to an end")
