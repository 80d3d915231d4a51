"""Workers' own pledges, made by the real actions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from charter import queries
from charter.models import WorkerPledge
from charter.workers import actions
from charter.workers.actions import Answers
from charter.workers.links import token_of
from charter.workers.rules import BY_LINK, mark_of
from tests.builders import charter as build
from web import clock


def pledge(
    session: Session,
    name: str = "Amina",
    *,
    email: str | None = None,
    state: str = "live",
    role: str = "volunteer",
    area: str = "ashfield",
    shown: bool = False,
    **more: Any,
) -> WorkerPledge:
    """In a state, led there by those who may."""
    version = queries.current_charter(session) or build.agreed_charter(session)
    answers = Answers(name, role, area, shown, **more)
    email = email or f"{name.lower()}@example.org"
    made = actions.send(session, version, answers, email=email, at=clock.now())
    session.flush()
    if state != "unconfirmed":
        actions.confirm(session, made, by=BY_LINK, at=clock.now(), example=False)
    if state == "withdrawn":
        session.flush()
        actions.withdraw(session, made, by=BY_LINK, at=clock.now())
    session.commit()
    return made


def token(pledge: WorkerPledge) -> str:
    """Of the link in a mail to the pledge's address."""
    return token_of(pledge.reference, mark_of(pledge.email))


__all__: Sequence[str] = ("pledge", "token")
