"""A credential of the mechanism's own, of no package."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from web import clock
from web.credentials import Achievement, Credential, Holder, issue

HOLDER = Holder("thing:7", "Zoë Ångström-Okafor")
ACHIEVEMENT = Achievement(
    "first",
    "First steps",
    "All of it is done.",
    "Do all of it.",
    "http://localhost/things#first",
)


def credential(session: Session, **more: Any) -> Credential:
    """Good for a year."""
    at = clock.now()
    until = at + timedelta(days=365)
    made = issue(session, "test", HOLDER, ACHIEVEMENT, at=at, by="system:test",
                 **{"until": until} | more)  # fmt: skip
    session.commit()
    return made
