"""A real clamd for tests, with one signature made by hand and nothing fetched."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import missing

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
"""The harmless string that every scanner calls a virus: in two pieces, so that none calls us one."""
MOST = 2 * 1024 * 1024
"""Its StreamMaxLength."""
MOST_LOOKED_AT = 1024 * 1024
"""Its MaxFileSize: above it, clamd says OK unseen, unless AlertExceedsMax is set."""
PATIENCE = 30


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The path of its socket."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        missing("clamd is not installed: apt install clamav-daemon")
    (folder / "signatures").mkdir(parents=True)
    (folder / "signatures" / "own.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    where = folder / "clamd.ctl"
    written = {
        "LocalSocket": where,
        "DatabaseDirectory": folder / "signatures",
        "Foreground": "yes",
        "StreamMaxLength": MOST,
        "MaxFileSize": MOST_LOOKED_AT,
        "AlertExceedsMax": "yes",
        "LogFile": folder / "clamd.log",
    }
    (folder / "clamd.conf").write_text("".join(f"{k} {v}\n" for k, v in written.items()))
    command = [program, "--config-file", str(folder / "clamd.conf")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(server, where, folder / "clamd.log")
        yield str(where)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait(server: subprocess.Popen[bytes], where: Path, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(where))
                return
            except OSError:
                time.sleep(0.1)
    raise RuntimeError(f"clamd did not start: {log.read_text() if log.exists() else ''}")
