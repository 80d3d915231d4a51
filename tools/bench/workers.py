"""Many workers' pledges quickly: rows put straight into the tables, list and tally included.

For the bench only, as tools/bench/register.py is.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from charter.models import CharterVersion, ListedWorker, WorkerPledge, WorkerTally
from charter.workers.words import EVERYWHERE, ROLES
from web import clock
from web.folding import sort_key

AT_ONCE = 5000
NAMES = ("Amara", "Ben", "Chidi", "Dee", "Ewa", "Farah", "Gwen", "Hal", "Ines", "Jo", "Kemi")
EACH = 2
"""Of so many one is shown."""


class Workers:
    """All of them live."""

    def __init__(self, connection: Connection, areas: list[str]):
        self.connection, self.areas = connection, [*areas, EVERYWHERE]
        self.now = clock.now()
        newest = select(CharterVersion.id).order_by(CharterVersion.id.desc()).limit(1)
        self.version_id = connection.execute(newest).scalar_one()

    def add(self, pledges: int) -> None:
        stand, shown = Counter[str](), Counter[str]()
        for start in range(1, pledges + 1, AT_ONCE):
            rows = [self._pledge(n) for n in range(start, min(start + AT_ONCE, pledges + 1))]
            listed = [row for row in rows if row["shown"]]
            stand.update(row["area"] for row in rows)
            shown.update(row["area"] for row in listed)
            self._insert(WorkerPledge, rows)
            self._insert(ListedWorker, [_line(row) for row in listed])
        tallies = [{"area": a, "pledged": stand[a], "listed": shown[a]} for a in stand]
        self._insert(WorkerTally, tallies)

    def _insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(model.__table__), rows)

    def _pledge(self, n: int) -> dict[str, Any]:
        # As in the register: every other one works in the first area.
        area = self.areas[0 if n % 2 else n % len(self.areas)]
        return {
            "id": n,
            "reference": f"W{n:06}",
            "charter_version_id": self.version_id,
            "state": "live",
            "email": f"worker{n}@example.org",
            "first_name": NAMES[n % len(NAMES)],
            "role": list(ROLES)[n % len(ROLES)],
            "area": area,
            "shown": n % (EACH * 2) < EACH,
            "words": "",
            "asked_at": self.now,
            "confirmed_at": self.now - timedelta(days=n % 300),
            "version": 1,
        }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    taken = {k: row[k] for k in ("area", "first_name", "role")}
    since = clock.london(row["confirmed_at"]).date()
    return taken | {
        "pledge_id": row["id"],
        "sort_key": sort_key(row["first_name"]),
        "pledged_on": since,
    }
