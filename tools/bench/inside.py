"""Pages behind the sign-in: how fast they are, and by how many statements.

The speed is that of the whole server, the statements those of a page whose texts are in memory
already, everything counted that stands before it: who is asking, what they may, the layout.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask

from tools.bench import load
from tools.bench.server import HOST
from tools.bench.statements import Counter
from tools.bench.visitor import Visitor
from web.factory import create_app
from web.settings import load_settings

PASSWORD = "three red kites"  # noqa: S105 - of nobody
SET = {
    "environment": "development",
    "second_factor_roles": "",
    "attempts_per_hour": "100000",
    "attempts_per_account": "100000",
}
"""Somebody who signs in again and again is no attack here, and a password is enough: the second
step is asked once a sign-in, and no page after it is slower."""
WARMING = 6
TURNS = 4
"""Of a second each; the fastest counts: the machine is no steadier than that."""
Visits = Mapping[str, Sequence[str]]
"""By somebody's address, the pages they open."""


def portal(url: str) -> Flask:
    return create_app(load_settings(DATABASE_URL=url, **SET))


def environment(url: str) -> dict[str, str]:
    """Of a server that is the same portal."""
    return {f"PORTAL_{name.upper()}": value for name, value in SET.items()} | {"DATABASE_URL": url}


@dataclass(frozen=True)
class Measured:
    who: str
    page: str
    size: int
    result: load.Result
    statements: int

    def __str__(self) -> str:
        r = self.result
        speed = f"{r.per_second:>8.0f}/s{r.p50:>9.1f}{r.p99:>9.1f} ms"
        return f"{self.who.partition('@')[0]:10}{self.page:44}{speed}{self.statements:>5} SQL"


def visited(
    app: Flask, port: int, visits: Visits, size: int, connections: int = load.CONNECTIONS
) -> Iterator[Measured]:
    """Each page of each person in turn, said as soon as it is known."""
    counter = Counter(app)  # one: it sees the connections that are made after it
    for email, pages in visits.items():
        visitor = Visitor(port)
        visitor.sign_in(email, PASSWORD)
        for page in pages:
            _insist_on(visitor, page)
            result = load.fastest(
                load.run(port, page, cookie=visitor.cookie, connections=connections)
                for _ in range(TURNS)
            )
            row = Measured(email, page, size, result, _statements(counter, visitor, page))
            print(row, flush=True)
            yield row


def _insist_on(visitor: Visitor, page: str) -> None:
    """What leads elsewhere is fast, and is not the page.  Asked some times, so that both workers
    have read its texts and loaded its libraries."""
    for _ in range(WARMING):
        status, to, _page = visitor.ask("GET", page)
        if status != 200:
            raise RuntimeError(f"{page} answered {status} {to}")


def _statements(counter: Counter, visitor: Visitor, page: str) -> int:
    client = counter.app.test_client()
    for name, value in visitor.cookies.items():
        client.set_cookie(name, value, domain=HOST)
    client.get(page, base_url=f"http://{HOST}")
    counter.seen.clear()
    answer = client.get(page, base_url=f"http://{HOST}")
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status_code}")
    return len(counter.seen)


def misses(rows: Sequence[Measured], flat: float) -> Iterator[str]:
    """``flat``: the share of the speed with the fewest that is left with the most."""
    for row in rows:
        few = next(r for r in rows if (r.who, r.page) == (row.who, row.page))
        where = f"{row.who} {row.page} with {row.size:,}"
        if row.result.failed:
            yield f"{where}: {row.result.failed} answers failed"
        share = row.result.per_second / max(few.result.per_second, 0.001)
        if share < flat:
            yield f"{where} has {share:.2f} of its speed with {few.size:,}, not {flat}"
        if row.statements > few.statements:
            yield f"{where} asks {row.statements} statements, with {few.size:,} {few.statements}"
