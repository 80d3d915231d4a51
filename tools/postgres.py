"""A PostgreSQL server for one run of the tests, from the system's own binaries.

    with temporary_server() as url:                     # once, in pytest's main process
        mine = create_database(url, "portal_gw0")       # once for each worker

It listens on a socket in a temporary folder only, and never waits for the disk.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

NEEDED = ("initdb", "postgres")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "jit": "off",  # it compiles for longer than any query here runs
    "timezone": "UTC",
}


def missing() -> str | None:
    """What is missing and how to get it, or None when a server can be started."""
    if binaries() is None:
        return "PostgreSQL is not installed: apt install postgresql"
    return None


def binaries() -> Path | None:
    """The newest installation first; then what pg_config and PATH know of."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        folders.append(Path(answer.stdout.strip()))
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    complete = (f for f in folders if all((f / name).is_file() for name in NEEDED))
    return next(complete, None)


@contextmanager
def temporary_server() -> Iterator[str]:
    """Start a server, and give the address of its maintenance database."""
    folder = binaries()
    if folder is None:
        raise RuntimeError(missing())
    home = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    owner = _unprivileged()
    if owner:
        os.chown(home, owner["user"], owner["group"])
    try:
        _create_cluster(folder, home, owner)
        server = _start(folder, home, owner)
        url = URL.create(
            "postgresql+psycopg", "portal", database="postgres", query={"host": str(home)}
        ).render_as_string()
        try:
            _wait(server, url, home)
            yield url
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def create_database(url: str, name: str, *, like: str | None = None) -> str:
    """Make a database on that server, in place of any of the same name; its address.

    It is empty, or a copy of the one at the address ``like``, to which nobody may be connected.
    """
    template = make_url(like).database if like else "template1"
    with _connect(url) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return make_url(url).set(database=name).render_as_string()


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root hands the server, and only it, to another."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _create_cluster(folder: Path, home: Path, owner: dict[str, Any]) -> None:
    command = [str(folder / "initdb"), "-D", str(home / "data"), "-U", "portal", "-A", "trust"]
    command += ["-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    made = subprocess.run(command, cwd=home, capture_output=True, text=True, **owner)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _start(folder: Path, home: Path, owner: dict[str, Any]) -> subprocess.Popen[bytes]:
    command = [str(folder / "postgres"), "-D", str(home / "data"), "-k", str(home)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    with (home / "log").open("wb") as log:
        # A session of its own, so that Ctrl-C reaches the tests and not the server under them.
        return subprocess.Popen(
            command, cwd=home, stdout=log, stderr=log, start_new_session=True, **owner
        )


def _wait(server: subprocess.Popen[bytes], url: str, home: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            _connect(url).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (home / "log").read_text()
                raise RuntimeError(f"PostgreSQL did not start: {log}") from None
            time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": it does not wait for its clients
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _connect(url: str) -> psycopg.Connection:
    parts = make_url(url)
    return psycopg.connect(
        host=str(parts.query["host"]), user=parts.username, dbname=parts.database, autocommit=True
    )
