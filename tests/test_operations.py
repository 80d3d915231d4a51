"""docs/operations.md is true: the first day, web, worker, proxy, backup and restore, as written."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import smtp
from tests.browser import missing
from tests.county import alone, of_the_run
from tests.written_down import SITE, Machine, machine, sample
from tools import postgres
from web import clock

FIRST_DAY, RESTORE, BACKUP = (
    "flask officers appoint",
    "install -o portal -g portal -m 640",
    ".backup",
)

pytestmark = pytest.mark.slow


@pytest.fixture
def postbox() -> smtp.Postbox:
    return smtp.Postbox()


@pytest.fixture
def portal(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, postbox: smtp.Postbox
) -> Iterator[Machine]:
    """One at a time: the database that the samples name is the server's only one of that name."""
    with alone(of_the_run(tmp_path_factory) / "operations.lock"):
        yield from _portal(tmp_path, postbox)


def _portal(tmp_path: Path, postbox: smtp.Postbox) -> Iterator[Machine]:
    path = f"{os.environ['PATH']}:/usr/sbin"
    if any(shutil.which(name, path=path) is None for name in ("nginx", "sqlite3")):
        missing("nginx and sqlite3 are not installed: apt install nginx-light sqlite3")
    url = f"sqlite:///{tmp_path / 'data' / 'portal.sqlite'}"
    if server := os.environ.get("TEST_SERVER"):
        url = postgres.create_database(server, "portal")
    clock.freeze(None)
    with smtp.private_server(postbox, tmp_path) as mail, machine(tmp_path, url, mail) as made:
        yield made


def first_day(portal: Machine) -> None:
    commands = sample(FIRST_DAY).replace("/etc/portal.env", str(portal.folder / "portal.env"))
    said = portal.run(commands, check=False)
    assert said.returncode == 0, said.stderr


def start(portal: Machine) -> None:
    portal.start("gunicorn")
    portal.start("flask work")
    portal.start_proxy()
    portal.wait_until_ready()


def backup_lines(text: str) -> str:
    """Of a sample that has a line for each database, those of ours."""
    ours, other = ("pg_", "sqlite3 ") if "TEST_SERVER" in os.environ else ("sqlite3 ", "pg_")
    return "\n".join(line for line in text.splitlines() if not line.startswith(other)) or ours


def restore_lines(portal: Machine) -> str:
    """The restore's own lines: the services are stopped and started by the test."""
    today = clock.today().isoformat()
    text = re.sub(r"portal-\d{4}-\d\d-\d\d", f"portal-{today}", sample(RESTORE))
    lines = [line for line in text.splitlines() if not line.startswith("systemctl")]
    if "TEST_SERVER" in os.environ:
        dump = portal.folder / "backups" / f"portal-{today}.dump"
        in_comment = next(line for line in lines if line.startswith("# PostgreSQL: "))
        lines = [in_comment.removeprefix("# PostgreSQL: ").replace("FILE", str(dump)), lines[-1]]
    return "\n".join(lines)


def test_the_first_day_and_what_people_then_see(portal: Machine, postbox: smtp.Postbox) -> None:
    first_day(portal)
    start(portal)
    page = portal.get("/", headers={"Accept-Encoding": "identity"})
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"]
    again = portal.get("/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status == 304
    plain = portal.get_unsafely("/register?area=gedling")
    assert (plain.status, plain.headers["Location"]) == (
        301,
        f"https://{SITE}/register?area=gedling",
    )
    assert portal.get("/sign-in", "POST", body=b"x" * 4_000_000).status == 413
    assert postbox.arrived.wait(20), "the worker sends the first officer's mail"
    link = re.search(rf"https://{SITE}(/\S+)", postbox.mails[0].get_content())
    assert link, "with a link to the portal's own name"
    assert portal.get(link[1]).status == 200
    assert set(portal.stop()) == {0}, "each ends cleanly when told"


def test_a_backup_brings_back_what_was(portal: Machine) -> None:
    first_day(portal)
    backup = portal.run(backup_lines(sample(BACKUP)), check=False)
    assert backup.returncode == 0, backup.stderr
    settings = f"set -a; . {portal.folder / 'portal.env'}; set +a\n"
    after = 'as .venv/bin/flask officers appoint later@example.org --name "Came Later"\n'
    officers = "as .venv/bin/flask officers list\n"
    assert "Came Later" in portal.run(settings + after + officers).stdout
    restored = portal.run(settings + restore_lines(portal), check=False)
    assert restored.returncode == 0, restored.stderr + restored.stdout
    now = portal.run(settings + officers).stdout
    assert "Your Name" in now
    assert "Came Later" not in now
