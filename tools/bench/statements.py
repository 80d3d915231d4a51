"""How many SQL statements a page costs, as the driver sees them."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from tools.bench.load import FRESH

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


class Counter:
    """Of an app whose database has not been used yet."""

    def __init__(self, app: Flask):
        self.app = app
        self.seen: list[str] = []
        event.listen(app.extensions["database"].engine, "connect", self._trace)

    def _trace(self, connection: Any, _record: object) -> None:
        connection.set_trace_callback(self._see)

    def _see(self, statement: str) -> None:
        if not statement.lstrip().upper().startswith(FRAME):
            self.seen.append(statement)

    def of(self, path: str) -> int:
        """Statements of the page when it is not on the shelf."""
        fresh = f"{path}{'&' if '?' in path else '?'}{FRESH}=statements"
        self.seen.clear()
        self.app.test_client().get(fresh)
        return len(self.seen)
