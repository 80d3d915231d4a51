"""Signing in, and the first pages of a lead and of an officer, in a county of a few and of many.

python -m tools.bench.working
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select, update

from accounts.actions import people
from accounts.models import OFFICER, Membership, Person
from accounts.sign_in.passwords import hashed
from charter.models import Pledge
from tools.bench import inside, register, server
from tools.bench.inside import Measured
from tools.bench.visitor import Visitor
from web import clock
from web.database import Database

SIZES = (10, 2_000)
"""Organisations."""
FLAT = 0.6
"""Of the speed with few organisations, that with many."""
SIGN_INS = 10
PASSWORD = inside.PASSWORD
LEAD, TEAM = "lead@example.org", "officer@example.org"
PAGES: inside.Visits = {
    LEAD: ("/my/", "/my/organisations/club-1"),
    TEAM: ("/my/", "/team/", "/team/organisations"),
}
WORKERS = 50
"""Of their own pledges, so many for each organisation: 100,000 for 2,000."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench.working", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        rows = [row for size in sizes for row in measure(Path(folder), size)]
    missed = list(inside.misses(rows, FLAT))
    if missed:
        raise SystemExit("\n".join(f"Missed: {line}" for line in missed))
    print("Every aim of the working pages is met.")


def measure(folder: Path, size: int) -> Iterator[Measured]:
    """The pages with that many organisations, all with a pledge; a tenth of them waits."""
    url = register.address(folder, size)
    app = inside.portal(url)
    register.fill(app, size, workers=WORKERS * size)
    people_of(app)
    print(f"\n{size:,} organisations and {WORKERS * size:,} workers’ pledges")
    own = inside.environment(url)
    with server.serving("wsgi:app", folder / "log", "/health/ready", **own) as port:
        for email in PAGES:
            took = [Visitor(port).sign_in(email, PASSWORD) for _ in range(SIGN_INS)]
            said = f"{statistics.median(took):>10.1f} ms, one after another"
            print(f"{email.partition('@')[0]:10}{'signs in':44}{said}")
        yield from inside.visited(app, port, PAGES, size)


def people_of(app: Flask) -> None:
    """A lead of the first organisation, an officer, and pledges that wait for the team."""
    database: Database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        at = clock.now()
        for email in PAGES:
            person = people.register(
                session, name=email, email=email, password=hashed(PASSWORD), at=at
            )
            people.confirm(session, person, at=at)
            if email == TEAM:
                people.appoint(session, person, OFFICER, by="system:bench", at=at)
        session.commit()
        lead = session.scalars(select(Person.id).where(Person.email == LEAD)).one()
        row = {"reference": "M000001", "person_id": lead, "organisation_id": 1, "role": "lead"}
        session.connection().execute(insert(Membership), [row | {"began_at": at}])
        sent = {"state": "sent", "sent_at": at, "live_from": None, "due_on": None}
        waiting = update(Pledge).where(Pledge.organisation_id % 10 == 0).values(sent)
        session.connection().execute(waiting)
        session.commit()
    database.engine.dispose()


if __name__ == "__main__":
    main()
