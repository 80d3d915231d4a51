"""Whom a move of a submission is told to, by mail."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries.leading import leads_of
from endorsement.models import Submission
from endorsement.sending import seal
from endorsement.sending.workflow import TRANSITIONS
from web.mail import post


def tell(
    session: Session,
    move: str,
    submission: Submission,
    *,
    by: Any,
    at: datetime,
    team: str,
    note: str = "",
) -> None:
    """Its leads and whoever did it, each once; the Charter team at its own address."""
    facts = _facts(submission) | {"note": note, "who": by.name}
    people = {person.id: person for person in leads_of(session, submission.organisation)}
    people.setdefault(by.id, by)
    for kind in TRANSITIONS[move].tell:
        name = f"endorsement/{kind}"
        if kind.startswith("to-"):
            post(session, name, to=team, at=at, **facts)
            continue
        for one in people.values():
            post(session, name, to=one.email, at=at, person_id=one.id, name=one.name, **facts)


def _facts(submission: Submission) -> dict[str, Any]:
    """The root is mailed: whoever keeps the mail can prove later what was sent."""
    return {
        "organisation": submission.organisation.name,
        "slug": submission.organisation.slug,
        "reference": submission.reference,
        "level": submission.framework_version.framework.level_by_key[submission.level].name,
        "root": seal.in_groups(submission.root),
    }
