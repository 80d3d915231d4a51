"""The run itself: for each size the bare page, then every public page; a table; the aims."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from charter import content
from tools.bench import bare, load, register, server
from tools.bench.aims import HEAD, SEARCH, WHOLE, Row, misses
from tools.bench.statements import Counter
from tools.bench.weight import Browser
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
    "/organisations/…": "/organisations/club-7",
    "/register.json": "/register.json",
    "/register.csv": "/register.csv",
}
FIFTH_PAGE = "/register page 5"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of load on each address, 1 to 30")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of pledges")
    wanted = parser.parse_args()
    seconds = min(30, max(1, wanted.seconds))
    print(f"Load by {load.name()}: {load.CONNECTIONS} connections, {seconds} s an address.")
    print(f"Server: gunicorn {server.COMMAND}; SQLite. Times in ms.")
    print(
        "Bare Flask pages of 20 rows on the same server: bare has them in memory, read reads them."
    )
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        rows = [r for n in wanted.sizes for r in Bench(Path(folder), n, seconds).rows()]
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    missed = list(misses(rows))
    if missed:
        sys.exit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim is met.")


class Bench:
    """One size."""

    def __init__(self, folder: Path, pledges: int, seconds: int):
        self.folder, self.pledges, self.seconds = folder, pledges, seconds
        self.url = register.address(folder, pledges)
        self.app: Flask = create_app(
            load_settings(environment="development", DATABASE_URL=self.url)
        )
        register.fill(self.app, pledges)
        self.counter = Counter(self.app)
        self.area = self.app.extensions["scheme"].areas[0].key
        self.commitment = content.read(content.DEFAULT).commitments[0].key

    def rows(self) -> Iterator[Row]:
        print(f"\n{self.pledges:,} pledges\n{HEAD}")
        own = {"PORTAL_ENVIRONMENT": "development", "DATABASE_URL": self.url}
        with (
            server.serving(f"{bare.__name__}:app", self.folder / "bare.log", **own) as beside,
            server.serving("wsgi:app", self.folder / "log", "/health/ready", **own) as port,
        ):
            for page, pattern in PAGES.items():
                if page == FIFTH_PAGE and self.pledges <= 100:
                    continue
                path = pattern.format(area=self.area, commitment=self.commitment)
                row = self._row(page, path, port, beside)
                print(row, flush=True)
                yield row

    def _row(self, page: str, path: str, port: int, beside: int) -> Row:
        _, headers, body = server.get(port, path, Accept_Encoding="br")
        first, later = (0, 0) if page in WHOLE else _visits(port, path)
        return Row(
            page=page,
            pledges=self.pledges,
            bare=self._load(beside, "/"),
            reading=self._load(beside, "/rows"),
            cached=self._load(port, path),
            fresh=self._load(port, path, fresh=True),
            unchanged=self._load(port, path, etag=headers["etag"]),
            statements=self.counter.of(path),
            wire=len(body),
            first=first,
            later=later,
        )

    def _load(self, port: int, path: str, *, fresh: bool = False, etag: str = "") -> load.Result:
        return load.run(port, path, self.seconds, self.folder, fresh=fresh, etag=etag)


def _visits(port: int, path: str) -> tuple[int, int]:
    """As the first page somebody ever opens here, and as the second, after the front page."""
    somebody = Browser(port)
    somebody.visit("/" if path != "/" else "/register")
    return Browser(port).visit(path), somebody.visit(path)


if __name__ == "__main__":
    main()
