"""How many SQL statements a page costs that has to be made anew, as the driver sees them."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from web.publishing import Shelf

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
        """Statements when nothing at all is remembered."""
        self.app.extensions["publishing"].shelf = Shelf()
        self.seen.clear()
        self.app.test_client().get(path)
        return len(self.seen)
