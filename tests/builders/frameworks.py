"""Versions and drafts of the framework, made by the real actions."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Person
from endorsement import versions
from endorsement.drafting import actions, document
from endorsement.models import FrameworkApproval, FrameworkDraft, FrameworkVersion
from web import clock

NAME = "A safe place, and who looks after it"


def standing(session: Session) -> FrameworkVersion:
    """The framework the portal starts with."""
    versions.load_default(session)
    found = versions.newest(session)
    assert found is not None
    return found


def begun(session: Session, by: Person) -> FrameworkDraft:
    draft = actions.begin(session, standing(session), by=by, at=clock.now())
    session.commit()
    return draft


def reworded(
    session: Session, draft: FrameworkDraft, by: Person, key: str = "A1", **words: Any
) -> None:
    now = next(s for s in draft.text["standards"] if s["key"] == key)
    told = {k: v for k, v in now.items() if k != "key"} | (words or {"name": NAME})
    text = document.with_one(draft.text, "standards", key, told)
    actions.change(session, draft, text, by=by, at=clock.now())
    session.commit()


def approved(session: Session, draft: FrameworkDraft, by: Person) -> FrameworkApproval:
    agreed = actions.Agreed(
        group_name="The steering group",
        agreed_on=clock.today() - timedelta(days=1),
        agency="Ann Agency, Ashfield Council",
        voluntary="Vic Voluntary, trustee",
        youth="Yas, member",
    )
    approval = actions.approve(session, draft, agreed, by=by, at=clock.now())
    session.commit()
    return approval


def published(session: Session, by: Person, **words: Any) -> FrameworkVersion:
    """A newer version than the one that stands, a word of it changed, agreed by the group."""
    draft = begun(session, by)
    reworded(session, draft, by, **words)
    approved(session, draft, by)
    at = clock.now() + timedelta(minutes=1)  # later than the one before
    version = actions.publish(session, draft, example=False, by=by, at=at)
    session.commit()
    return version
