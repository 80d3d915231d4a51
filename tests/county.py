"""The example county, loaded once in a run for each of its days, and copied for whoever wants one.

Loading it takes some ten seconds; several modules, in each of the workers, want one of their own.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from web import clock, example, migrate
from web.factory import create_app


@dataclass(frozen=True)
class Copy:
    """A county's database and its files."""

    url: str
    files: str


def copied(paths: pytest.TempPathFactory, folder: Path, as_of: datetime | None = None) -> Copy:
    """Into a folder of one's own; ``as_of``: the county's day, today if none."""
    first = _loaded(of_the_run(paths), as_of)
    shutil.copytree(first, folder, dirs_exist_ok=True)
    return _in(folder)


def _in(folder: Path) -> Copy:
    return Copy(f"sqlite:///{folder / 'portal.sqlite'}", str(folder / "files"))


def of_the_run(paths: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    base = paths.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def _loaded(run: Path, as_of: datetime | None) -> Path:
    day = as_of.date() if as_of else clock.today()
    folder = run / f"county-{day.isoformat()}"
    with alone(run / f"{folder.name}.lock"):
        if not (folder / "loaded").exists():
            _load(folder, as_of)
            (folder / "loaded").touch()
    return folder


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Of all workers of this run."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _load(folder: Path, as_of: datetime | None) -> None:
    from tests.conftest import settings_for_tests

    folder.mkdir(parents=True, exist_ok=True)
    made = _in(folder)
    migrate.upgrade(made.url)
    clock.freeze(None)
    app = create_app(settings_for_tests(made.url, example=True, files=made.files))
    database = app.extensions["database"]
    with app.test_request_context(), database.session(writes=True) as session:
        example.load_county(session, as_of=as_of, say=lambda _line: None)
    database.engine.dispose()
    with sqlite3.connect(folder / "portal.sqlite") as whole:  # one file, without its log
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole.close()
