"""Drafts of the pathways, made by the real actions."""

import copy
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Person
from training import versions
from training.drafting.kind import PATHWAYS
from training.models import PathwayDraft, PathwayVersion
from web import clock
from web.drafting import actions


def begun(session: Session, by: Person) -> PathwayDraft:
    versions.load_default(session)
    standing = versions.newest(session)
    made: PathwayDraft = actions.begin(PATHWAYS, session, standing, by=by, at=clock.now())
    session.commit()
    return made


def written(session: Session, draft: PathwayDraft, by: Person, key: str, **words: Any) -> None:
    """One module told anew."""
    text = copy.deepcopy(draft.text)
    text["modules"] = [{**m, **words} if m["key"] == key else m for m in text["modules"]]
    actions.change(PATHWAYS, session, draft, text, by=by, at=clock.now())
    session.commit()


def needed(session: Session, draft: PathwayDraft, by: Person, role: str, *modules: str) -> None:
    """A role needs these besides."""
    text = copy.deepcopy(draft.text)
    text["roles"] = [
        {**r, "modules": [*r.get("modules", ()), *modules]} if r["key"] == role else r
        for r in text["roles"]
    ]
    actions.change(PATHWAYS, session, draft, text, by=by, at=clock.now())
    session.commit()


def approved(session: Session, draft: PathwayDraft, by: Person) -> Any:
    agreed = actions.Agreed(
        group_name="The steering group",
        agreed_on=clock.today() - timedelta(days=1),
        agency="Ann Agency, Ashfield Council",
        voluntary="Vic Voluntary, trustee",
        youth="Yas, member",
    )
    made = actions.approve(PATHWAYS, session, draft, agreed, by=by, at=clock.now())
    session.commit()
    return made


def published(session: Session, draft: PathwayDraft, by: Person) -> PathwayVersion:
    at = clock.now() + timedelta(minutes=1)  # later than the one before
    made: PathwayVersion = actions.publish(PATHWAYS, session, draft, example=False, by=by, at=at)
    session.commit()
    return made


def in_hand(session: Session, by: Person) -> str:
    """The reference of a draft in which volunteers need one module more."""
    draft = begun(session, by)
    if PATHWAYS.mark(draft) == PATHWAYS.words(draft.based_on.pathways).fingerprint:
        needed(session, draft, by, "volunteer", "M4")
    return draft.reference
