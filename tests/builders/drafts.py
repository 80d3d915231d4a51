"""Drafts of the charter, made by the real actions."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Person
from charter import queries
from charter.models import CharterDraft, CharterVersion, YouthApproval
from charter.versions import actions, text
from tests.builders.charter import agreed_charter
from web import clock

TITLE = "Keep us safe, always"


def begun(session: Session, by: Person, version: CharterVersion | None = None) -> CharterDraft:
    version = version or queries.current_charter(session) or agreed_charter(session)
    draft = actions.begin(session, version, by=by, at=clock.now())
    session.commit()
    return draft


def reworded(
    session: Session, draft: CharterDraft, by: Person, key: str = "safe", **words: Any
) -> None:
    commitment = next(c for c in draft.commitments if c.key == key)
    now = {name: getattr(commitment, name) for name in text.FIELDS}
    changed = now | (words or {"title": TITLE})
    actions.write_commitment(session, draft, commitment, changed, by=by, at=clock.now())
    session.commit()


def approved(session: Session, draft: CharterDraft, by: Person) -> YouthApproval:
    agreed = actions.Agreed(
        group_name="The Tuesday group",
        agreed_on=clock.today() - timedelta(days=1),
        took_part=12,
        for_it=11,
        how="hands",
    )
    approval = actions.approve(session, draft, agreed, by=by, at=clock.now())
    session.commit()
    return approval


def published(session: Session, by: Person, code: str = "2028", **words: Any) -> CharterVersion:
    """A newer version than the one that stands, a word of it changed."""
    draft = begun(session, by)
    names = {"code": code, "title": draft.title, "summary": draft.summary}
    actions.write_whole(session, draft, names, by=by, at=clock.now())
    reworded(session, draft, by, **words)
    approved(session, draft, by)
    at = clock.now() + timedelta(minutes=1)  # later than the one before
    version = actions.publish(session, draft, example=False, by=by, at=at)
    session.commit()
    return version
