"""The review: queue, desk, report and decision packs in a county of many cases; allocation.

python -m tools.bench.review

Each case has been read twice, 21 standards each time.  The peers' times are those of
docs/bench.md, taken with two connections on another machine of two cores; ours are taken so too.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask

from review import states
from review.allocation import actions as allocating
from review.allocation import queries as allocation
from tools.bench import cases, inside, register, server
from tools.bench.cases import CHAIR, LEAD, MEMBER, READER, TEAM, YOUTH
from tools.bench.inside import Measured
from web import clock

SIZES = (60, 5_000)
"""Cases."""
CONNECTIONS = 2
FLAT, STATEMENTS = 0.6, 12
LIST_AIM, ONE_AIM = 7400 / 20, 216 / 20
"""Milliseconds: a twentieth of pretalx's dashboard of reviews, and of one of its talks, with 5,000
records."""
TO_FIND, SECONDS = 200, 2.0
"""Submissions that look for two of 60 assessors, and how long that may take, kept and all."""
READ, VOTED, CHECKED = "S0000030", "S0000001", "S0000002"
"""A case that somebody reads, one that is voted on, one that is checked together."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench.review", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        rows = [row for size in sizes for row in measure(Path(folder), size)]
        took = allocated(Path(folder))
    missed = [*misses(rows), *_slow(took)]
    if missed:
        raise SystemExit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim of the review is met.")


def measure(folder: Path, size: int) -> Iterator[Measured]:
    app = _app(folder, size)
    cases.fill(app, size)
    own = inside.environment(register.address(folder, size))
    print(f"\n{size:,} cases, each read twice; {CONNECTIONS} connections")
    print(f"Aims: lists {LIST_AIM:.0f} ms, one case {ONE_AIM:.1f} ms, {STATEMENTS} statements")
    with server.serving("wsgi:app", folder / "log", "/health/ready", **own) as port:
        yield from inside.visited(app, port, VISITS, size, CONNECTIONS)


LISTS: inside.Visits = {
    READER: ("/assess/",),
    LEAD: ("/moderate/", "/agreement/"),
    MEMBER: ("/panel/",),
    CHAIR: ("/chair/",),
    TEAM: ("/team/cases/", "/team/cases/?show=all", "/team/allocation/assessors"),
}
ONES: inside.Visits = {
    READER: (f"/assess/{READ}", f"/assess/{READ}/standards/B1"),
    LEAD: (f"/moderate/{CHECKED}",),
    MEMBER: (f"/panel/{VOTED}",),
    YOUTH: (f"/panel/{VOTED}",),
    CHAIR: (f"/chair/{VOTED}",),
    TEAM: (f"/team/cases/{VOTED}",),
}
LISTED = frozenset(page for pages in LISTS.values() for page in pages)
"""They show more the more there is, up to a page of it: held to their time and to their statements,
and to no flat speed."""
HELD = (READER, MEMBER, YOUTH)
"""Queue, desk and pack: at most so many statements.  Other pages ask what the moves look at."""
VISITS = {who: (*LISTS.get(who, ()), *pages) for who, pages in ONES.items()}


def _app(folder: Path, size: int) -> Flask:
    url = register.address(folder, size)
    app = inside.portal(url)
    register.fill(app, size, workers=0)
    return app


def allocated(folder: Path) -> float:
    """Seconds to give all that wait to assessors, kept and written into the chain."""
    app = _app(folder, TO_FIND)
    cases.fill(app, TO_FIND, states.WAITING)
    with app.test_request_context(), app.extensions["database"].session(writes=True) as session:
        began, scheme = time.perf_counter(), app.extensions["scheme"]
        short = allocating.propose_all(session, by="system:bench", at=clock.now(), scheme=scheme)
        session.commit()
        took = time.perf_counter() - began
        given = sum(len(case.allocations) for case in allocation.waiting(session))
    app.extensions["database"].engine.dispose()
    if short or given != 2 * TO_FIND:
        raise RuntimeError(f"{given} parts given, {len(short)} cases left")
    print(f"\n{TO_FIND} submissions to {cases.ASSESSORS + 1} assessors: {took:.2f} s")
    return took


def misses(rows: Sequence[Measured]) -> Iterator[str]:
    yield from inside.misses([row for row in rows if row.page not in LISTED], FLAT)
    yield from inside.misses([row for row in rows if row.page in LISTED], flat=0)
    for row in rows:
        if row.who in HELD and row.statements > STATEMENTS:
            yield f"{row.page} asks {row.statements} statements, more than {STATEMENTS}"
    for row in rows:
        aim = LIST_AIM if row.page in LISTED else ONE_AIM
        if row.result.p50 > aim:
            yield f"{row.who} {row.page} with {row.size:,} takes {row.result.p50:.1f} ms, not {aim}"


def _slow(took: float) -> Iterator[str]:
    if took > SECONDS:
        yield f"allocation takes {took:.2f} s, not {SECONDS:.0f}"


if __name__ == "__main__":
    main()
