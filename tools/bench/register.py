"""Many pledges quickly: rows put straight into the tables, the register's projection included.

For the bench only.  No audit entry, no mail and no event is written, so the result is not a
portal that anybody could work with; its public pages look the same.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, insert, select

from accounts.models import Organisation, Person
from charter.models import (
    CharterVersion,
    Commitment,
    Pledge,
    PledgeAction,
    RegisterEntry,
    RegisterEntryArea,
    RegisterEntryCommitment,
)
from charter.models.register import RegisterEntryPiece
from charter.public.nearly import pieces
from tools.bench.workers import Workers
from web import clock, edition, example, migrate
from web.database import Database
from web.folding import fold, sort_key

AT_ONCE = 1000
WORKERS = 5
"""Of their own pledges, so many for each organisation's: 100,000 for 20,000."""
FIRST = ("Riverside", "Beacon", "Hillside", "St Ann’s", "Café", "Northgate", "Trent", "Oak Tree")
SECOND = ("Youth Club", "Boxing", "Young Carers", "Scouts", "Theatre", "Football", "Art Room")
ACTION = (
    "Two young people sit on our committee and vote. We write down what they asked for and what "
    "came of it, and we read it out at the start of each term."
)


def fill(app: Flask, pledges: int, workers: int | None = None) -> None:
    """Migrate the app's empty database and give it that many current pledges, and so many of
    workers of their own."""
    migrate.upgrade(app.extensions["settings"].database_url)
    database: Database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        example.load_content(session)
        session.commit()
        connection = session.connection()
        areas = [area.key for area in app.extensions["scheme"].areas]
        Bulk(connection, areas).add(pledges)
        Workers(connection, areas).add(WORKERS * pledges if workers is None else workers)
        edition.turn_over(session)
        session.commit()
    database.engine.dispose()


class Bulk:
    def __init__(self, connection: Connection, areas: list[str]):
        self.connection, self.areas = connection, areas
        self.now, self.today = clock.now(), clock.today()
        newest = select(CharterVersion.id, CharterVersion.code).order_by(CharterVersion.id.desc())
        self.version_id, self.code = connection.execute(newest.limit(1)).one()
        of_it = select(Commitment.id, Commitment.key).where(
            Commitment.charter_version_id == self.version_id
        )
        self.commitments = connection.execute(of_it.order_by(Commitment.number)).all()

    def add(self, pledges: int) -> None:
        self.connection.execute(insert(Person).values(self._person()))
        for start in range(1, pledges + 1, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, pledges + 1))
            organisations = [self._organisation(n) for n in numbers]
            entries = [self._entry(row) for row in organisations]
            self._insert(Organisation, organisations)
            self._insert(Pledge, [self._pledge(n) for n in numbers])
            self._insert(PledgeAction, [a for n in numbers for a in self._actions(n)])
            self._insert(RegisterEntry, entries)
            self._insert(RegisterEntryArea, _keys(entries, "area", "area_keys"))
            self._insert(RegisterEntryCommitment, _keys(entries, "commitment", "commitment_keys"))
            self._insert(RegisterEntryPiece, _pieces(entries))

    def _insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        self.connection.execute(insert(model.__table__), rows)

    def _person(self) -> dict[str, Any]:
        known: dict[str, Any] = {"id": 1, "name": "Bench", "email": "bench@example.org"}
        return known | {"fs_uniquifier": "bench", "created_at": self.now, "version": 1}

    def _organisation(self, n: int) -> dict[str, Any]:
        name = f"{FIRST[n % len(FIRST)]} {SECOND[n % len(SECOND)]} {n}"
        return {
            "id": n,
            "slug": f"club-{n}",
            "name": name,
            "sort_key": sort_key(name),
            "search_key": fold(name),
            "kind": "club",
            "about": "We meet twice a week.",
            # Every other one works in the first area, so that ten pledges fill a page too.
            "areas": [self.areas[0 if n % 2 else n % len(self.areas)]],
            "volunteer_run": True,
            "state": "checked",
            "created_at": self.now,
            "created_by_id": 1,
            "checked_at": self.now,
            "version": 1,
        }

    def _pledge(self, n: int) -> dict[str, Any]:
        return {
            "id": n,
            "reference": f"P{n:06}",
            "organisation_id": n,
            "charter_version_id": self.version_id,
            "state": "live",
            "least_actions": 3,
            "began_at": self.now,
            "began_by_id": 1,
            "sent_at": self.now,
            "live_from": self._since(n),
            "due_on": self.today + timedelta(days=100),
            "version": 1,
        }

    def _since(self, n: int) -> date:
        return self.today - timedelta(days=n % 300)

    def _actions(self, n: int) -> Iterator[dict[str, Any]]:
        for commitment_id, _ in self._of(n):
            yield {
                "pledge_id": n,
                "commitment_id": commitment_id,
                "text": ACTION,
                "changed_at": self.now,
                "changed_by_id": 1,
                "version": 1,
            }

    def _of(self, n: int) -> list[Any]:
        """The first commitment always, and most of the others."""
        return [c for i, c in enumerate(self.commitments) if i == 0 or (n + i) % 4]

    def _entry(self, organisation: dict[str, Any]) -> dict[str, Any]:
        taken = {k: organisation[k] for k in ("slug", "name", "sort_key", "search_key")}
        n = organisation["id"]
        return taken | {
            "organisation_id": n,
            "standing": "current",
            "pledged_on": self._since(n),
            "due_on": self.today + timedelta(days=100),
            "area_keys": organisation["areas"],
            "commitment_keys": [key for _, key in self._of(n)],
            "charter_code": self.code,
        }


def _keys(entries: list[dict[str, Any]], name: str, listed: str) -> list[dict[str, Any]]:
    return [
        {name: key} | {k: e[k] for k in ("organisation_id", "sort_key", "standing")}
        for e in entries
        for key in e[listed]
    ]


def _pieces(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"piece": piece, "organisation_id": e["organisation_id"]}
        for e in entries
        for piece in pieces(e["name"])
    ]


def address(folder: Path, pledges: int) -> str:
    return f"sqlite:///{folder / f'bench-{pledges}.sqlite'}"
