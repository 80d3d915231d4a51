"""Training of large teams: the team's pages, an organisation's figures, the county's.

python -m tools.bench.teams

Forty organisations with as many people each; everybody has a record of twenty modules.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from tools.bench import inside, quality, register, server, working
from tools.bench.inside import Measured
from tools.bench.statements import Counter
from tools.bench.training import memory, newest_pathways
from training.models import Practitioner, PractitionerRole, TrainingRecord
from training.pathways import Pathways
from training.team import queries
from web import clock
from web.database import Database

SIZES = (10, 500)
"""People of one team."""
TEAMS, MODULES, AT_ONCE = 40, 20, 500
FLAT = 0.0
"""A table of a hundred people is slower than one of ten.  Its statements may not be more."""
OWN = "/my/organisations/club-1/training"
VISITS: inside.Visits = {
    working.LEAD: (
        OWN, f"{OWN}/next", f"{OWN}/gaps", f"{OWN}/team.xlsx", f"{OWN}/checks",
        f"{quality.OWN}/standards/E2",
    )
}  # fmt: skip
SECONDS, MOST_GROWTH = 30.0, 150 * 1024 * 1024
"""The county's figures, by the processor's own time, and what they may cost a process: an aim of
our own, for what is worked out once a night."""


@dataclass(frozen=True)
class County:
    people: int
    seconds: float
    grown: int
    statements: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench.teams", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        found = [measure(Path(folder), size) for size in sizes]
    missed = [*inside.misses([row for rows, _ in found for row in rows], FLAT)]
    missed += _missed([county for _, county in found])
    if missed:
        raise SystemExit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim of large teams is met.")


def measure(folder: Path, size: int) -> tuple[list[Measured], County]:
    url = register.address(folder, size)
    app = inside.portal(url)
    fill(app, size)
    print(f"\n{TEAMS} teams of {size}, {MODULES} modules each")
    county = figures(inside.portal(url))
    print(
        f"The county’s figures: {county.people:,} people in {county.seconds:.1f} s, "
        f"{county.grown / 1e6:.0f} MB more, {county.statements} SQL"
    )
    own = inside.environment(url)
    with server.serving("wsgi:app", folder / "log", "/health/ready", **own) as port:
        return list(inside.visited(app, port, VISITS, size, connections=2)), county


def figures(app: Flask) -> County:
    """Of everybody, as the programme counts them."""
    counter, database = Counter(app), app.extensions["database"]
    with app.test_request_context(), database.session(writes=False) as session:
        pathways, before, began = newest_pathways(session), memory(), time.process_time()
        counter.seen.clear()
        told = queries.counts(session, _organisations(session), pathways, clock.today(), ("W2",))
        took, asked = time.process_time() - began, len(counter.seen)
        people = sum(one.people for one in told.values())
        if people != session.scalar(select(func.count()).select_from(Practitioner)):
            raise RuntimeError(f"{people} people counted")
    database.engine.dispose()
    return County(people, took, memory() - before, asked)


def _organisations(session: Session) -> list[Organisation]:
    return list(session.scalars(select(Organisation).order_by(Organisation.id)))


def fill(app: Flask, size: int) -> None:
    """Rows put straight into the tables, for the bench only."""
    register.fill(app, TEAMS, workers=0)
    working.people_of(app)
    quality.assess(app)
    database: Database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        bulk = _Bulk(newest_pathways(session))
        connection, people = session.connection(), range(1, TEAMS * size + 1)
        for start in range(0, len(people), AT_ONCE):
            numbers = people[start : start + AT_ONCE]
            connection.execute(insert(Practitioner), [bulk.practitioner(n) for n in numbers])
            connection.execute(insert(PractitionerRole), [bulk.role(n) for n in numbers])
            rows = [row for n in numbers for row in bulk.records(n)]
            connection.execute(insert(TrainingRecord), rows)
        session.commit()
    database.engine.dispose()


class _Bulk:
    def __init__(self, pathways: Pathways):
        self.at, self.today = clock.now(), clock.today()
        self.roles = [role.key for role in pathways.roles]
        self.modules = [module.key for module in pathways.modules]

    def practitioner(self, n: int) -> dict[str, Any]:
        known = {"id": n, "reference": f"T{n:07}", "name": f"Person {n}", "email": ""}
        return known | {"began_at": self.at, "entered_by_id": 1, "version": 1}

    def role(self, n: int) -> dict[str, Any]:
        return {
            "reference": f"L{n:07}", "practitioner_id": n, "organisation_id": 1 + n % TEAMS,
            "role": self.roles[n // TEAMS % len(self.roles)], "began_at": self.at,
            "chosen_by_id": 1,
        }  # fmt: skip

    def records(self, n: int) -> Iterator[dict[str, Any]]:
        for place in range(MODULES):
            waits = (n + place) % 50 == 0
            yield {
                "reference": f"R{n * MODULES + place:08}", "practitioner_id": n,
                "module": self.modules[(n + place) % len(self.modules)],
                "completed_on": self.today - timedelta(days=(n * 7 + place * 31) % 1000),
                "how": "course", "provider": "Mill Lane Training",
                "state": "awaiting check" if waits else "checked", "entered_at": self.at,
                "entered_by_id": 1, "checked_at": None if waits else self.at,
                "checked_by_id": None if waits else 1, "version": 1,
            }  # fmt: skip


def _missed(counties: list[County]) -> Iterator[str]:
    for county in counties:
        if county.seconds > SECONDS:
            yield f"the county’s figures take {county.seconds:.0f} s, not {SECONDS:.0f}"
        if county.grown > MOST_GROWTH:
            yield f"the county’s figures grew a process by {county.grown / 1e6:.0f} MB"
        if county.statements > counties[0].statements:
            yield f"the county’s figures ask {county.statements} statements"


if __name__ == "__main__":
    main()
