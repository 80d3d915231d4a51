"""A real gunicorn, real memory: 50 MB in and out, and a slow phone that nobody has to wait for."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.client import PortalClient
from tests.conftest import SECRET, settings_for_tests
from tests.web.files import making, s3
from tests.web.probe import a_person
from tools.bench import server
from web import clock
from web.factory import create_app
from web.files.models import StoredFile

pytestmark = pytest.mark.slow
MB = 1024 * 1024
MOST_GROWTH = 20 * MB


@pytest.fixture(scope="module")
def moto():
    with s3.moto() as settings:
        yield settings


class Served:
    """A gunicorn with one worker, and a browser that is signed in."""

    def __init__(self, port: int, master: int, cookie: str, token: str, settings):
        self.port, self.master, self.cookie, self.token = port, master, cookie, token
        self.settings = settings

    @property
    def worker(self) -> Path:
        (child,) = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return Path(f"/proc/{child}")

    def begin_peak(self) -> int:
        """Bytes in memory now; the peak is counted from here."""
        (self.worker / "clear_refs").write_text("5")
        return self._memory("VmRSS")

    def peak(self) -> int:
        return self._memory("VmHWM")

    def _memory(self, name: str) -> int:
        line = next(
            s for s in (self.worker / "status").read_text().splitlines() if s.startswith(name)
        )
        return int(line.split()[1]) * 1024

    def send(self, content: bytes) -> str:
        """Where the file is."""
        line, body = self.begin(content)
        for at in range(0, len(body), MB):
            line.send(body[at : at + MB])
        return self.end(line)

    def begin(self, content: bytes) -> tuple[http.client.HTTPConnection, bytes]:
        body, kind = making.posted({"csrf_token": self.token, "title": "x"}, content, "a.mp4")
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        line.putrequest("POST", "/shelf/")
        named = {"Cookie": self.cookie, "Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in named.items():
            line.putheader(name, value)
        line.endheaders()
        return line, body

    def end(self, line: http.client.HTTPConnection) -> str:
        answer = line.getresponse()
        assert answer.status == 303, answer.read()
        line.close()
        return str(answer.getheader("Location"))

    def fetch(self, address: str) -> int:
        """How many bytes came."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        line.request("GET", address, headers={"Cookie": self.cookie})
        answer, came = line.getresponse(), 0
        assert answer.status == 200
        while piece := answer.read(MB):
            came += len(piece)
        line.close()
        return came


@contextmanager
def served(
    url: str, folder: Path, *, who: Callable[[Any], Any] = a_person, **own: object
) -> Iterator[Served]:
    """``who``: makes the person whose browser it is, and whatever they have."""
    clock.freeze(None)
    settings = settings_for_tests(url, **{"files": str(folder / "files"), **own})
    app = create_app(settings)
    app.test_client_class = PortalClient
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        browser = app.test_client()
        browser.sign_in(who(session))
    token = browser.token()
    cookie = f"portal={browser.get_cookie('portal').value}"
    app.extensions["database"].engine.dispose()
    with started(url, folder, settings) as (port, pid):
        yield Served(port, pid, cookie, token, settings)


@contextmanager
def served_too(url: str, folder: Path, first: Served) -> Iterator[Served]:
    """A second process on the same database and store, for the same browser."""
    with started(url, folder, first.settings) as (port, pid):
        yield Served(port, pid, first.cookie, first.token, first.settings)


@contextmanager
def started(url: str, folder: Path, settings) -> Iterator[tuple[int, int]]:
    """gunicorn's port and its master's process."""
    port = server.free_port()
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "1", "--threads", "8"]
    command += ["-b", f"127.0.0.1:{port}", "--no-control-socket", "tests.web.files.served:make()"]
    with (folder / f"log{port}").open("w") as log:
        running = subprocess.Popen(
            command, cwd=server.ROOT, env=environment(url, settings), stdout=log, stderr=log
        )
    try:
        server._wait(running, port, "/health/live", folder / f"log{port}")
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(timeout=30)


def environment(url: str, settings) -> dict[str, str]:
    own = {
        "ENVIRONMENT": "test",
        "SECRET_KEY": SECRET,
        "AUDIT_KEY": SECRET[::-1],
        "SITE_URL": "http://localhost",
        "FILES": settings.files,
        "FILES_ENDPOINT": settings.files_endpoint,
        "FILES_KEY_ID": settings.files_key_id,
        "FILES_SECRET": settings.files_secret.get_secret_value(),
    }
    named = {f"PORTAL_{name}": value for name, value in own.items()}
    return server.clean_environment() | named | {"DATABASE_URL": url}


def a_film(size: int) -> bytes:
    return making.film() + making.box(b"free", bytes(size))


@pytest.mark.once
@pytest.mark.parametrize("where", ["folder", "moto"])
def test_50_mb_in_and_out_cost_less_than_20_mb(empty_url, tmp_path, request, where):
    own = {} if where == "folder" else request.getfixturevalue(where)
    with served(empty_url, tmp_path, **own) as portal:
        portal.fetch(portal.send(making.film()) + "/file")
        before = portal.begin_peak()
        large = a_film(50 * MB - 1000)
        address = portal.send(large)
        after_sending = portal.peak() - before
        assert portal.fetch(f"{address}/file") == len(large)
        after_fetching = portal.peak() - before
    assert after_sending < MOST_GROWTH, f"{after_sending / MB:.1f} MB"
    assert after_fetching < MOST_GROWTH, f"{after_fetching / MB:.1f} MB"


@pytest.mark.once
def test_a_slow_phone_holds_nobody_up(empty_url, tmp_path):
    """On SQLite a transaction that stood open meanwhile would keep out all that write."""
    with served(empty_url, tmp_path) as portal:
        slow, body = portal.begin(a_film(2 * MB))
        slow.send(body[:MB])
        began = time.monotonic()
        portal.send(making.film())
        assert time.monotonic() - began < 15
        slow.send(body[MB:])
        portal.end(slow)


@pytest.mark.once
def test_one_that_breaks_off_leaves_nothing(empty_url, tmp_path):
    with served(empty_url, tmp_path) as portal:
        line, body = portal.begin(a_film(2 * MB))
        line.send(body[:MB])
        line.close()
        portal.send(making.film())
        until = time.monotonic() + 10
        left = [0]
        while left and time.monotonic() < until:
            left = list((tmp_path / "files" / "incoming").iterdir())
        assert not left


def test_two_workers_take_the_same_at_once(empty_url, tmp_path):
    from tests.web.conftest import at_once

    with served(empty_url, tmp_path) as one, served_too(empty_url, tmp_path, one) as two:
        both = (one, two)
        places = at_once(lambda n: both[n % 2].send(a_film(5 * MB)), 6)
        assert len(set(places)) == 6
        for place in places:
            assert one.fetch(f"{place}/file") == len(a_film(5 * MB))
        objects = [p for p in (tmp_path / "files" / "content").rglob("*") if p.is_file()]
        assert len(objects) == 1
    app = create_app(one.settings)
    with app.extensions["database"].session(writes=False) as session:
        assert session.scalar(select(func.count(func.distinct(StoredFile.sha256)))) == 1
    app.extensions["database"].engine.dispose()
