"""Many rows: read, looked at and added, and neither the child nor the worker grows with them.

The child reads as many as are allowed.  The worker adds a part of them, which takes long enough:
all 100,000 are added by tools/bench/training.py.
"""

import csv
import io
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from tests.builders import imports as build
from tests.conftest import settings_for_tests
from tests.web.files import making
from tools.bench import register
from tools.bench import training as bench
from training.importing import beginning
from training.models import TrainingRecord
from web import clock
from web.database import Database
from web.factory import create_app
from web.files import tables
from web.files.tables import Limits
from web.settings import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.once]

ROWS, ADDED, TEAM = 100_000, 25_000, 400
MB = 1024 * 1024
CHILD = """
import re, sys
from pathlib import Path
from web.files.child import tables
folder = Path(sys.argv[1])
limits = {"most_rows": 100_000, "most_columns": 50, "most_characters": 500}
rows = tables.read(folder / "sent", folder, limits)["rows"]
held = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(rows, int(held) * 1024)
"""
"""As web.files.child does it, and then says the most that it ever held."""


@pytest.fixture
def app(fresh_database, monkeypatch):
    monkeypatch.setattr(bench, "TEAM", TEAM)
    made = create_app(settings_for_tests(fresh_database))
    register.fill(made, 1)
    yield made
    made.extensions["database"].engine.dispose()


def sent(rows):
    kept = io.StringIO()
    csv.writer(kept).writerows(cells for _number, cells in bench.sheet(rows))
    return kept.getvalue().encode()


def test_memory_does_not_grow_with_the_rows(app):
    database: Database = app.extensions["database"]
    with app.test_request_context(), database.session(writes=True) as session:
        by, organisation = bench.lead(session)
        bench.team(session, by, organisation, bench.newest_pathways(session))
        content, before = sent(ADDED), bench.memory()
        table = tables.read(making.sent(content, "team.csv"), Limits())
        it = beginning.begin(session, organisation, "team", iter(table), by=by, at=clock.now())
        table.close()
        session.commit()
        build.until(session, lambda: it.is_looked_at)
        beginning.confirm(session, it, by=by, at=clock.now())
        session.commit()
        build.until(session, lambda: it.state == "done")
        grown = bench.memory() - before
        assert session.scalar(select(func.count()).select_from(TrainingRecord)) == ADDED
    assert grown < 60 * MB, f"{grown / MB:.0f} MB"


def test_the_child_does_not_grow_with_them(tmp_path):
    (tmp_path / "sent").write_bytes(sent(ROWS))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path], cwd=ROOT, capture_output=True, check=True
    )
    rows, most = map(int, done.stdout.split())
    assert rows == ROWS + 1
    assert most < 80 * MB, f"{most / MB:.0f} MB"
