"""What the panel's people are told by mail.  Never what somebody voted."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review.models import Ballot, Decision
from web.mail import post


def asked(session: Session, ballot: Ballot, *, at: datetime) -> None:
    case = ballot.case
    _post(
        session, "panel/asked", ballot.person, at,
        reference=case.reference,
        organisation=case.organisation.name,
        until=case.due_on.isoformat() if case.due_on else None,
        young=ballot.constituency == "youth",
    )  # fmt: skip


def answered(session: Session, decision: Decision, *, at: datetime) -> None:
    """To the young members, when most of them voted for something else."""
    case = decision.case
    for ballot in case.ballots:
        young = ballot.constituency == "youth" and ballot.stage == decision.stage
        if young and ballot.standing == "open":
            _post(
                session, "panel/answered", ballot.person, at,
                reference=case.reference, organisation=case.organisation.name,
            )  # fmt: skip


def _post(session: Session, kind: str, person: Any, at: datetime, **facts: Any) -> None:
    """A youth seat has no mailbox: its member finds it when they sign in."""
    if person.has_mailbox:
        post(
            session, f"review/{kind}", to=person.email, at=at, person_id=person.id,
            name=person.name, **facts,
        )  # fmt: skip
