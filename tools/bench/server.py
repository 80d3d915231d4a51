"""gunicorn, started as docs/operations.md says, on 127.0.0.1 and a port that is free."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.settings import ROOT

COMMAND = "-k gthread -w 2 --threads 8 --reuse-port --no-control-socket"
HOST = "127.0.0.1"


@contextmanager
def serving(application: str, log: Path, path: str = "/", **environment: str) -> Iterator[int]:
    """The port it answers on."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *COMMAND.split(), "-b", f"{HOST}:{port}"]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, application],
            cwd=ROOT,
            env=clean_environment() | environment,
            stdout=out,
            stderr=out,
        )
    try:
        _wait(server, port, path, log)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """The environment without anybody's own portal in it."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DATABASE_"))}


def _wait(server: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            if get(port, path)[0] == 200:
                return
        except OSError:
            pass
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The server did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in lower case) and the body as it came over the wire."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()
