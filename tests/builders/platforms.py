"""Learning platforms and what they send, by the real actions."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from training.models import LearningActivity, LearningActor, LearningPlatform
from training.xapi import receiving, settling
from training.xapi.statements import read
from web import clock

COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
COURSE = "https://learn.example/courses/safeguarding"


def platform(session: Session, by: Person, name: str = "Learn") -> tuple[LearningPlatform, str]:
    made = settling.issue(session, name, by=by, at=clock.now())
    session.commit()
    return made


def statement(who: Any = "mailto:nobody@example.org", **changed: Any) -> dict[str, Any]:
    actor = {"mbox": who} if isinstance(who, str) else who
    return {
        "id": "12345678-1234-5678-1234-567812345678",
        "actor": actor,
        "verb": {"id": COMPLETED},
        "object": {"id": COURSE, "definition": {"name": {"en": "Safeguarding online"}}},
        "timestamp": "2027-03-01T10:00:00Z",
        **changed,
    }


def received(session: Session, platform: LearningPlatform, *told: dict[str, Any]) -> None:
    now = clock.now()
    told = tuple({**one, "timestamp": now.isoformat()} for one in told)
    receiving.receive(session, platform, [read(one, now) for one in told], at=now)
    session.commit()


def in_hand(session: Session, by: Person) -> tuple[str, dict[str, str]]:
    """A platform's token, and by endpoint the references of what waits."""
    made, token = platform(session, by)
    old, _token = platform(session, by, "Old Learn")
    received(session, made, statement())
    of_it = LearningActivity.platform_id == made.id
    waiting = {
        "learning.activity": session.scalars(select(LearningActivity).where(of_it)).one(),
        "learning.actor": session.scalars(
            select(LearningActor).where(LearningActor.platform_id == made.id)
        ).one(),
        "learning.revoke": old,
    }
    return token, {name: row.reference for name, row in waiting.items()}
