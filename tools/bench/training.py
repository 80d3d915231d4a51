"""Training records out of a sheet: rows a second, and what a worker holds meanwhile.

python -m tools.bench.training

Beside it stands a bare executemany, by the driver alone, of the very rows that the import left in
the four tables (records, events, the chain and its values), with as many commits.  Both are taken
by the processor's own time: other programs of the machine count for nothing.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.models import Membership, Organisation, Person
from tools.bench import register
from training import versions
from training.importing import adding, beginning, looking, undoing
from training.pathways import Pathways
from training.team import volunteers
from web import clock, migrate, worker
from web.database import Database
from web.factory import create_app
from web.settings import load_settings

ROWS, TEAM = 100_000, 400
"""Of one sheet; and how many people they speak of."""
SHARE = 0.25
"""Of the bare rows a second."""
MOST_GROWTH = 40 * 1024 * 1024
TABLES = ("training_record", "training_record_event", "audit_entry", "audit_value")
HEADINGS = ["Name", "Module", "Date", "How", "Provider"]


@dataclass(frozen=True)
class Measured:
    """Rows a second, and bytes."""

    looked: float
    added: float
    taken_back: float
    bare: float
    grown: int
    """By how much the process grew from before the sheet was sent."""

    @property
    def share(self) -> float:
        return self.added / self.bare


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        found = measure(Path(folder), ROWS)
    print(f"{ROWS:,} rows of {TEAM} people")
    for name in ("looked", "added", "taken_back", "bare"):
        print(f"{name.replace('_', ' '):46}{getattr(found, name):>8,.0f} rows/s")
    print(f"{'added, of a bare executemany of the same rows':46}{found.share:>8.2f}")
    print(f"{'the worker grew by':46}{found.grown / 1e6:>8.0f} MB")
    missed = list(misses(found))
    if missed:
        raise SystemExit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim of imports is met.")


def misses(found: Measured) -> Iterator[str]:
    if found.share < SHARE:
        yield f"an import writes {found.share:.2f} of the rows that a bare executemany does"
    if found.grown > MOST_GROWTH:
        yield f"an import grew the worker by {found.grown / 1e6:.0f} MB"


def measure(folder: Path, rows: int) -> Measured:
    url = register.address(folder, 1)
    app = create_app(load_settings(environment="development", DATABASE_URL=url))
    register.fill(app, 1)
    worker.settle()
    database: Database = app.extensions["database"]
    with app.test_request_context(), database.session(writes=True) as session:
        by, organisation = lead(session)
        pathways = newest_pathways(session)
        team(session, by, organisation, pathways)
        run = Run(session, folder, by, organisation, pathways, rows)
        looked, added, taken_back = run.all()
    database.engine.dispose()
    bare = _bare(folder / "copy.sqlite", folder / "bare.sqlite", run.before)
    return Measured(rows / looked, rows / added, rows / taken_back, rows / bare, run.grown)


@dataclass
class Run:
    session: Session
    folder: Path
    by: Person
    organisation: Organisation
    pathways: Pathways
    rows: int
    grown: int = 0

    def __post_init__(self) -> None:
        self.before = {table: self._last(table) for table in TABLES}

    def _last(self, table: str) -> int:
        return int(self.session.connection().exec_driver_sql(last_of(table)).scalar() or 0)

    def all(self) -> tuple[float, float, float]:
        """Seconds to look, to add and to take back; the process's memory is asked at the end of
        each, and the database copied when all is added."""
        session, by = self.session, self.by
        before, table = memory(), sheet(self.rows)
        it = beginning.begin(session, self.organisation, "t", table, by=by, at=clock.now())
        session.commit()
        looked = self._until_done(lambda: looking.look(session, it, self.pathways, clock.now()))
        beginning.confirm(session, it, by=by, at=clock.now())
        session.commit()
        added = self._until_done(
            lambda: adding.add(session, it.id, self.pathways, clock.now()) and it.state != "done"
        )
        self.grown = memory() - before
        session.connection().exec_driver_sql("SELECT 1")
        session.commit()
        self._copy()
        beginning.undo(session, it, by=by, at=clock.now())
        session.commit()
        taken_back = self._until_done(lambda: undoing.take_back(session, it.id, clock.now()))
        return looked, added, taken_back

    def _until_done(self, step: Callable[[], bool]) -> float:
        began, more = time.process_time(), True
        while more:
            more = step()
            self.session.commit()
        return time.process_time() - began

    def _copy(self) -> None:
        file = self.session.connection().engine.url.database or ""
        self.session.rollback()
        with closing(sqlite3.connect(file)) as whole:
            whole.execute("VACUUM INTO ?", (str(self.folder / "copy.sqlite"),))


def lead(session: Session) -> tuple[Person, Organisation]:
    at = clock.now()
    by = people.register(session, name="Lena Lead", email="l@example.org", password=None, at=at)
    people.confirm(session, by, at=at)
    session.commit()
    row = {"reference": "M000001", "person_id": by.id, "organisation_id": 1, "role": "lead"}
    session.connection().execute(insert(Membership), [row | {"began_at": at}])
    session.commit()
    return by, session.get_one(Organisation, 1)


def newest_pathways(session: Session) -> Pathways:
    version = versions.newest(session)
    if version is None:
        raise RuntimeError("there are no pathways")
    return version.pathways


def team(session: Session, by: Person, organisation: Organisation, pathways: Pathways) -> None:
    for number in range(TEAM):
        volunteers.enter(
            session, organisation, f"Person {number}", "", ["volunteer"],
            pathways=pathways, by=by, at=clock.now(), most_a_day=TEAM + 1,
        )  # fmt: skip
    session.commit()


def sheet(rows: int) -> Iterator[tuple[int, list[str]]]:
    """No two rows say the same."""
    yield 1, HEADINGS
    today = clock.today()
    for number in range(rows):
        person, turn = number % TEAM, number // TEAM
        day = (today - timedelta(days=1 + turn // 4)).isoformat()
        said = [f"Person {person}", f"W{1 + turn % 4}", day, "course", "Mill Lane Training"]
        yield number + 2, said


def memory() -> int:
    """Bytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


# The same rows, bare


def last_of(table: str) -> str:
    return f"SELECT max(rowid) FROM {table}"  # noqa: S608 - a name of our own


def _bare(copy: Path, file: Path, before: dict[str, int]) -> float:
    """Seconds for the rows alone, into the same tables of an empty database."""
    migrate.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(copy)) as whole:
        added = {
            table: whole.execute(
                f"SELECT * FROM {table} WHERE rowid > ?",  # noqa: S608 - a name of our own
                (before[table],),
            ).fetchall()
            for table in TABLES
        }
    with closing(sqlite3.connect(file, isolation_level=None)) as into:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000"):
            into.execute(f"PRAGMA {pragma}")
        began = time.process_time()
        _insert(into, added)
        return time.process_time() - began


def _insert(into: sqlite3.Connection, added: dict[str, list[tuple[object, ...]]]) -> None:
    turns = -(-len(added["training_record"]) // looking.CHUNK)
    for turn in range(turns):
        into.execute("BEGIN IMMEDIATE")
        for table, rows in added.items():
            part = -(-len(rows) // turns)
            some = rows[turn * part : (turn + 1) * part]
            if some:
                marks = ",".join("?" * len(some[0]))
                into.executemany(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608
        into.execute("COMMIT")


if __name__ == "__main__":
    main()
