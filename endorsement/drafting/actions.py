"""Writing a draft of the framework: what every draft can do, and its single standards."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from endorsement.drafting import document
from endorsement.drafting.kind import FRAMEWORKS
from endorsement.models import FrameworkDraft
from web.drafting import actions
from web.drafting.actions import Agreed, WouldBeLost
from web.workflow import Refused

begin = partial(actions.begin, FRAMEWORKS)
change = partial(actions.change, FRAMEWORKS)
approve = partial(actions.approve, FRAMEWORKS)
publish = partial(actions.publish, FRAMEWORKS)
discard = partial(actions.discard, FRAMEWORKS)
as_agreed = partial(actions.as_agreed, FRAMEWORKS)

__all__ = ["Agreed", "WouldBeLost"]


def take_out(session: Session, draft: FrameworkDraft, key: str, *, by: Any, at: datetime) -> None:
    """A standard that ever stood is retired with it: whoever presses this was told so."""
    stood = draft.based_on.framework.by_key.get(key)
    text = document.without_standard(draft.text, key, retired=stood.name if stood else "")
    change(session, draft, text, by=by, at=at)


def bring_back(session: Session, draft: FrameworkDraft, key: str, *, by: Any, at: datetime) -> None:
    """A standard that this draft retired, as it stands in the version before."""
    stood = {s["key"]: s for s in document.of(draft.based_on.framework)["standards"]}
    if key in document.framework_of(draft).by_key:
        raise Refused(["It is back already."])
    change(session, draft, document.brought_back(draft.text, stood[key]), by=by, at=at)
