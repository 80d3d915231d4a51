"""The run itself: for each size the bare page, then every public page; a table; the aims."""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from charter import content
from tools.bench import bare, load, register, server, signing_in
from tools.bench.aims import HEAD, NEARLY, SAID, SEARCH, WHOLE, Row, misses
from tools.bench.statements import Counter
from tools.bench.weight import Browser
from web import clock, edition
from web.factory import create_app
from web.settings import load_settings

SIZES = (10, 1_000, 20_000)
PAGES = {
    "/": "/",
    "/charter": "/charter",
    "/register": "/register",
    "/register?area=": "/register?area={area}",
    "/register?commitment=": "/register?commitment={commitment}",
    "/register page 5": "/register?page=5",
    SEARCH: "/register?q=cafe+art",
    NEARLY: "/register?q=riversde+yuoth+clb+7",
    "/organisations/…": "/organisations/club-7",
    "/workers": "/workers",
    "/workers?area=": "/workers?area={area}",
    "/register.json": "/register.json",
    "/register.csv": "/register.csv",
}
FIFTH_PAGE = "/register page 5"
BETWEEN_CHANGES = 0.2
"""Seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench", description=__doc__)
    parser.add_argument("--turns", type=int, default=2, help="of a second on each page, 1 to 30")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of pledges")
    wanted = parser.parse_args()
    turns = min(30, max(1, wanted.turns))
    print(f"{clock.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.")
    print(f"Load by {load.name()}: {load.CONNECTIONS} connections, {turns} turns of a second.")
    print(f"Server: gunicorn {server.COMMAND}; SQLite. Times in ms.")
    print("Bare: a Flask page that renders 20 rows it has in memory, on the same server.")
    print(SAID)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        rows = [r for n in wanted.sizes for r in Bench(Path(folder), n, turns).rows()]
    print(f"\n{time.monotonic() - began:.0f} s in all, load {os.getloadavg()[0]:.1f} after.")
    missed = list(misses(rows))
    if missed:
        sys.exit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim is met.")


class Bench:
    """One size."""

    def __init__(self, folder: Path, pledges: int, turns: int):
        self.folder, self.pledges, self.turns = folder, pledges, turns
        self.url = register.address(folder, pledges)
        self.app: Flask = create_app(
            load_settings(environment="development", DATABASE_URL=self.url)
        )
        register.fill(self.app, pledges)
        signing_in.add_somebody(self.app)
        self.counter = Counter(self.app)
        self.area = self.app.extensions["scheme"].areas[0].key
        self.commitment = content.read(content.DEFAULT).commitments[0].key

    def rows(self) -> Iterator[Row]:
        print(f"\n{self.pledges:,} pledges\n{HEAD}")
        own = {"PORTAL_ENVIRONMENT": "development", "DATABASE_URL": self.url}
        with (
            server.serving(f"{bare.__name__}:app", self.folder / "bare.log") as beside,
            server.serving("wsgi:app", self.folder / "log", "/health/ready", **own) as port,
            server.serving(
                "tools.bench.uncached:app", self.folder / "uncached.log", "/health/ready", **own
            ) as anew,
        ):
            for page, pattern in PAGES.items():
                if page == FIFTH_PAGE and self.pledges <= 100:
                    continue
                path = pattern.format(area=self.area, commitment=self.commitment)
                row = self._row(page, path, port, anew, beside)
                print(row, flush=True)
                yield row
            print(signing_in.measured(port), flush=True)

    def _row(self, page: str, path: str, port: int, anew: int, beside: int) -> Row:
        _, headers, body = server.get(port, path, Accept_Encoding="br")
        first, later = (0, 0) if page in WHOLE else _visits(port, path)
        unchanged = load.run(port, path, etag=headers["etag"])
        turns = [self._turn(path, port, anew, beside) for _ in range(self.turns)]
        in_memory, cached, uncached = (
            load.fastest(results) for results in zip(*turns, strict=True)
        )
        return Row(
            page=page,
            pledges=self.pledges,
            bare=in_memory,
            cached=cached,
            uncached=uncached,
            unchanged=unchanged,
            statements=self.counter.of(path),
            wire=len(body),
            first=first,
            later=later,
        )

    def _turn(self, path: str, port: int, anew: int, beside: int) -> tuple[load.Result, ...]:
        in_memory, cached = load.run(beside, "/"), load.run(port, path)
        with self._changing():
            return in_memory, cached, load.run(anew, path)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Meanwhile the edition moves on, as if pledge after pledge were confirmed: what pages of
        one edition share must be worked out anew too."""
        done = threading.Event()

        def change() -> None:
            while not done.wait(BETWEEN_CHANGES):
                with self.app.extensions["database"].session(writes=True) as session:
                    edition.turn_over(session)
                    session.commit()

        thread = threading.Thread(target=change)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _visits(port: int, path: str) -> tuple[int, int]:
    """As the first page somebody ever opens here, and as the second, after the front page."""
    somebody = Browser(port)
    somebody.visit("/" if path != "/" else "/register")
    return Browser(port).visit(path), somebody.visit(path)


if __name__ == "__main__":
    main()
