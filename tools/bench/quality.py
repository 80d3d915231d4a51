"""Self-assessments: pages in a county of many, autosaves, and 50 MB of evidence in and out.

python -m tools.bench.quality

Upload and download stand beside a plain copy of the same bytes on the same disk.
"""

import argparse
import http.client
import json
import random
import re
import shutil
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert, select

from accounts.models import Organisation, Person
from endorsement.models import Answer, Assessment, FrameworkVersion, ImprovementAction
from tools.bench import inside, load, register, server, working
from tools.bench.visitor import Visitor
from web import clock
from web.database import Database

SIZES = (10, 1_000)
"""Organisations, each with a whole self-assessment."""
FLAT = working.FLAT
OWN = "/my/organisations/club-1/quality"
VISITS = {working.LEAD: [OWN + page for page in ("", "/standards/A1", "/plan", "/pictures")]}
SAVERS, SECONDS = 8, 3.0
"""People who type at once, each in a club of their own, and for how long."""
LARGE = 50 * 1024 * 1024
MOST_GROWTH = 20 * 1024 * 1024
REASON = "We do it every Tuesday, all of us know who to go to, and we looked at it again in May."


@dataclass
class Measured:
    size: int
    pages: list[inside.Measured] = field(default_factory=list)
    saves: float = 0.0
    failed: int = 0
    grown: int = 0
    """Bytes that 50 MB in and out cost the largest worker."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench.quality", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        measured = [measure(Path(folder), size, last=size == sizes[-1]) for size in sizes]
    missed = list(misses(measured))
    if missed:
        raise SystemExit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim of self-assessments is met.")


def measure(folder: Path, size: int, *, last: bool) -> Measured:
    url = register.address(folder, size)
    app = inside.portal(url)
    register.fill(app, size)
    working.people_of(app)
    assess(app)
    own = inside.environment(url) | {"PORTAL_FILES": str(folder / f"files-{size}")}
    print(f"\n{size:,} organisations with a whole self-assessment; {load.CONNECTIONS} connections")
    row = Measured(size)
    with server.serving("wsgi:app", folder / "log", "/health/ready", **own) as port:
        row.pages = list(inside.visited(app, port, VISITS, size))
        visitor = Visitor(port)
        visitor.sign_in(working.LEAD, working.PASSWORD)
        row.saves, row.failed = autosaves(port, visitor)
        print(f"{'autosaves, ' + str(SAVERS) + ' at once':46}{row.saves:>8.0f}/s")
        if last:
            row.grown = in_and_out(port, visitor, folder)
    return row


def in_and_out(port: int, visitor: Visitor, folder: Path) -> int:
    """50 MB of evidence up and down again; by how many bytes the largest worker grew."""
    before = memory(port)
    source, copy = folder / "sound.wav", folder / "copy.wav"
    sound(source, LARGE)
    plain = timed(lambda: shutil.copyfile(source, copy))
    sent: list[str] = []
    up = timed(lambda: sent.append(send(port, visitor, source)))
    came: list[int] = []
    down = timed(lambda: came.append(fetch(port, visitor, sent[0])))
    if came != [source.stat().st_size]:
        raise RuntimeError(f"{came} bytes came back of {source.stat().st_size}")
    grown = memory(port) - before
    for name, seconds in (("plain copy", plain), ("up", up), ("down", down)):
        print(f"{'50 MB, ' + name:46}{LARGE / seconds / 1e6:>8.0f} MB/s")
    print(f"{'a worker grew by at most':46}{grown / 1e6:>8.0f} MB")
    return grown


def timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def sound(file: Path, size: int) -> None:
    """Noise of about that many bytes: nothing on the way can make it small."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44_100)
        out.writeframes(random.Random(1).randbytes(size - 100))  # noqa: S311


def memory(port: int) -> int:
    """The most that any worker of the server has held since it began, in bytes."""
    most = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f":{port}".encode() in (process / "cmdline").read_bytes():
                status = (process / "status").read_text()
                most = max(most, int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024)
        except (OSError, IndexError):
            continue
    return most


def send(port: int, visitor: Visitor, source: Path) -> str:
    """Where the file can be fetched."""
    address = f"{OWN}/evidence/add/files"
    page = visitor.ask("GET", address)[2]
    form = page[page.index('enctype="multipart/form-data"') :]
    typed = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    typed |= {"title": "A recording", "shows": "That it is used.", "standards": "A1"}
    mark = "bench-boundary"
    parts = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{unescape(v)}\r\n'
        for n, v in typed.items()
    )
    parts += (
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="sound.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    body = parts.encode() + source.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    line = http.client.HTTPConnection(server.HOST, port, timeout=120)
    named = {"Cookie": visitor.cookie, "Content-Type": f"multipart/form-data; boundary={mark}"}
    line.request("POST", address, body, named)
    answer = line.getresponse()
    to = answer.getheader("Location") or ""
    if answer.status != 303:
        raise RuntimeError(f"the upload answered {answer.status}: {answer.read()[:2000]!r}")
    answer.read()
    page = visitor.ask("GET", to)[2]
    found = re.search(r'href="([^"]+/versions/\d+/file)"', page)
    if found is None:
        raise RuntimeError(f"{to} leads to no file")
    return unescape(found[1])


def fetch(port: int, visitor: Visitor, address: str) -> int:
    line = http.client.HTTPConnection(server.HOST, port, timeout=120)
    line.request("GET", address, headers={"Cookie": visitor.cookie})
    answer, came = line.getresponse(), 0
    while piece := answer.read(1024 * 1024):
        came += len(piece)
    line.close()
    return came


def autosaves(port: int, visitor: Visitor) -> tuple[float, int]:
    """A second, each with other words in another box; and how many failed."""
    until = time.monotonic() + SECONDS
    done: list[int] = []
    failed: list[str] = []

    def type_on(key: str) -> None:
        own = Visitor(port)
        own.cookies = dict(visitor.cookies)
        address = f"{OWN}/standards/{key}"
        form = hidden(own.ask("GET", address)[2])
        number = 0
        while time.monotonic() < until:
            number += 1
            typed = form | {"rating": "2", "reason": f"{REASON} {number}"}
            status, _, said = own.ask("POST", f"{address}/typed", urlencode(typed))
            if status != 200:
                failed.append(said[:80])
                return
            form["opened"] = json.loads(said)["opened"]
            done.append(number)

    keys = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2")[:SAVERS]
    threads = [threading.Thread(target=type_on, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / SECONDS, len(failed)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    form = page[page.index('id="standard"') :]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def assess(app: Flask) -> None:
    """Every organisation a whole self-assessment and a plan; the lead's club has eight writers."""
    database: Database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        version = session.scalars(select(FrameworkVersion)).one()
        by = session.scalars(select(Person.id).order_by(Person.id)).first()
        organisations = session.scalars(select(Organisation.id)).all()
        connection, at = session.connection(), clock.now()
        told = {"began_at": at, "began_by_id": by, "four_tuesdays": False, "version": 1}
        rows = [
            told
            | {
                "id": n,
                "reference": f"Q{n:07}",
                "organisation_id": n,
                "framework_version_id": version.id,
                "track": "full",
            }
            for n in organisations
        ]
        connection.execute(insert(Assessment), rows)
        keys = [s.key for s in version.framework.standards]
        answers = [_answer(n, key, by, at) for n in organisations for key in keys]
        connection.execute(insert(Answer), answers)
        plan = [_action(n, key, by, at) for n in organisations for key in keys[:6]]
        connection.execute(insert(ImprovementAction), plan)
        session.commit()
    database.engine.dispose()


def _answer(assessment: int, key: str, by: object, at: object) -> dict[str, object]:
    return {
        "assessment_id": assessment,
        "standard": key,
        "rating": (assessment + len(key) + ord(key[0])) % 4,
        "does_not_apply": False,
        "reason": REASON,
        "shown_by": "",
        "at_visit": False,
        "voices": "Nine of ten say so.",
        "changed_at": at,
        "changed_by_id": by,
        "version": 1,
    }


def _action(organisation: int, key: str, by: object, at: object) -> dict[str, object]:
    return {
        "reference": f"P{organisation:06}{key}",
        "organisation_id": organisation,
        "standard": key,
        "what": "Grace puts her name and photo by the door.",
        "who": "Grace",
        "by_on": clock.today() + timedelta(days=30),
        "young_people": "",
        "note": "",
        "planned_at": at,
        "written_at": at,
        "written_by_id": by,
        "version": 1,
    }


def misses(rows: list[Measured]) -> Iterator[str]:
    for row in rows:
        if row.grown > MOST_GROWTH:
            yield f"50 MB in and out grew a worker by {row.grown / 1e6:.0f} MB"
        if not row.saves:
            yield "not one autosave was answered in time"
        if row.failed:
            yield f"{row.failed} autosaves failed"
    yield from inside.misses([page for row in rows for page in row.pages], FLAT)


if __name__ == "__main__":
    main()
