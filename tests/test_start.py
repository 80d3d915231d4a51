"""`make run`, without make: the real supervisor, web and worker, on a database of their own."""

import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from web.serve import doors
from web.serve.doors import CannotStartError
from web.settings import ROOT

pytestmark = [pytest.mark.once, pytest.mark.slow]  # `make run` is SQLite's

COMMAND = [sys.executable, "-m", "web.serve"]
SECOND_START = 3.0
"""Seconds, promised to whoever types `make run` again."""
ITS_WORK = 6
"""How many times a load of the portal such a start and its end may take of the processor.

Three programs load it; to make the county once more would take more than twice this."""
LOAD = "import web.factory"


def environment(folder: Path, **more: str) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    return plain | {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite'}"} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((doors.HOST, 0))
        return int(probe.getsockname()[1])


PIPES = {"capture_output": True, "text": True}


def refusal(folder: Path, **more: str) -> str:
    """What a start that must fail says."""
    done = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def ready(port: int) -> bool:
    address = f"http://{doors.HOST}:{port}/health/ready"
    with suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)["status"] == "ready"
    return False


@contextmanager
def portal(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A portal that answers; ended at the latest when the block is left."""
    log = folder / f"log-{time.monotonic()}"
    with log.open("w") as said:
        running = subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env=environment(folder, PORT=str(port)),
            stdout=said,
            stderr=said,
            text=True,
        )
    running.log = log  # type: ignore[attr-defined]
    try:
        wait_for(lambda: running.poll() is not None or ready(port), "an answer", seconds=90)
        assert running.poll() is None, log.read_text()
        yield running
    finally:
        if running.poll() is None:
            running.terminate()
        running.wait(timeout=30)


def wait_for(holds, what: str, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"waited {seconds} s for {what}"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def family(pid: int) -> list[int]:
    """gunicorn and its two, the worker."""
    return [pid for child in children(pid) for pid in (child, *children(child))]


def processor_time() -> float:
    """Of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one_load(folder: Path) -> float:
    """Seconds of processor time, as busy as the machine is now."""
    before = processor_time()
    subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, env=environment(folder), check=True)
    return processor_time() - before


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    with suppress(OSError):
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def leave_a_mark(folder: Path) -> None:
    with sqlite3.connect(folder / "portal.sqlite") as connection:
        connection.execute(
            "INSERT INTO attempt_count VALUES ('mark', 'mine', '2999-01-01 00:00:00', 7)"
        )


def mark(folder: Path) -> list[tuple[int]]:
    with sqlite3.connect(folder / "portal.sqlite") as connection:
        return connection.execute("SELECT count FROM attempt_count WHERE kind = 'mark'").fetchall()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a first start has filled."""
    folder = tmp_path_factory.mktemp("start")
    port = free_port()
    with portal(folder, port) as running:
        said = running.log.read_text()  # type: ignore[attr-defined]
        assert f"http://127.0.0.1:{port}" in said
        assert running.log.read_text().index("Preparing") < said.index("The portal is at")
    assert running.returncode == 0
    return folder


def test_a_second_start_is_quick_and_keeps_what_was_entered(folder):
    leave_a_mark(folder)
    load = one_load(folder)
    before = processor_time()
    began = time.monotonic()
    with portal(folder, free_port()):
        took = time.monotonic() - began
    assert processor_time() - before < ITS_WORK * load
    if os.getloadavg()[0] < (os.cpu_count() or 1):  # else it measures who else is at work here
        assert took < SECOND_START
    assert mark(folder) == [(7,)]


def test_one_port_is_one_portal_and_another_port_is_another(folder):
    port, other = free_port(), free_port()
    with portal(folder, port):
        said = refusal(folder, PORT=str(port))
        assert f"Port {port} is taken" in said
        assert re.search(r"make run PORT=\d+", said)
        with portal(folder, other):
            assert ready(port)
            assert ready(other)


def test_the_end_ends_all(folder):
    port = free_port()
    with portal(folder, port) as running:
        wait_for(lambda: len(family(running.pid)) == 4, "the whole family")
        pids = family(running.pid)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 0
    assert not any(alive(pid) for pid in pids)
    doors.listen(port).close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_killed_supervisor_leaves_nobody_behind(folder):
    port = free_port()
    with portal(folder, port) as running:
        pids = family(running.pid)
        running.kill()
        wait_for(lambda: not any(alive(pid) for pid in pids), "the children to end")
    doors.listen(port).close()


def test_a_child_that_dies_is_started_again_and_said(folder):
    port = free_port()
    with portal(folder, port) as running:
        web, worker = children(running.pid)
        for child, name in ((web, "web"), (worker, "worker")):
            os.kill(child, signal.SIGKILL)
            wait_for(lambda: f"The {name} process ended" in running.log.read_text(), "words")  # noqa: B023
        wait_for(lambda: len(children(running.pid)) == 2, "both to be there")
        assert not {web, worker} & set(children(running.pid))
        assert ready(port)


def test_a_database_from_a_newer_version_is_left_alone(folder, tmp_path):
    database = tmp_path / "portal.sqlite"
    with sqlite3.connect(folder / "portal.sqlite") as full, sqlite3.connect(database) as copy:
        full.backup(copy)
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "revision 9999" in refusal(tmp_path, PORT=str(free_port()))


def test_what_is_not_a_database_is_left_alone(tmp_path):
    file = tmp_path / "portal.sqlite"
    file.write_bytes(b"A shopping list, " * 500)
    assert "not a database" in refusal(tmp_path, PORT=str(free_port()))
    assert file.read_bytes() == b"A shopping list, " * 500


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = refusal(
        tmp_path, PORT=str(free_port()), DATABASE_URL=f"sqlite:///{tmp_path}/file/portal.sqlite"
    )
    assert f"{tmp_path}/file is not a folder" in said


def test_settings_that_contradict_are_all_named(tmp_path):
    said = refusal(tmp_path, PORT=str(free_port()), PORTAL_ENVIRONMENT="production")
    assert "PORTAL_SECRET_KEY" in said
    assert "PORTAL_MAIL_SERVER" in said
    assert "PORTAL_EXAMPLE" not in said  # its default here is true for trying things only
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 80", "８０", "8000.0"])
def test_a_bad_port_is_said_in_words(text):
    with pytest.raises(CannotStartError, match="a number from 1 to 65535"):
        doors.port_from(text)


@pytest.mark.parametrize(("text", "port"), [("", 8000), (" ", 8000), ("1", 1), ("65535", 65535)])
def test_a_port(text, port):
    assert doors.port_from(text) == port


def test_the_environment_has_the_last_word():
    chosen = {"PORTAL_ENVIRONMENT": "production", "PORTAL_SITE_URL": "https://charter.example"}
    doors.set_defaults(chosen, 8000)
    assert chosen["PORTAL_SITE_URL"] == "https://charter.example"
    assert "PORTAL_EXAMPLE" not in chosen
