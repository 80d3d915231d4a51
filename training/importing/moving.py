"""Making a move of an import, in the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from training.importing.workflow import IMPORTS
from training.models import TrainingImport
from web.audit import record
from web.workflow import perform

BY = "system:training import"


def make(
    session: Session,
    name: str,
    it: TrainingImport,
    *,
    by: Any = BY,
    at: datetime,
    **also: Any,
) -> None:
    """``also``: what else it holds from then on.  Raises Refused, and nothing is changed."""
    with session.no_autoflush:
        perform(IMPORTS, name, it, by=by, at=at)
        for field, value in also.items():
            setattr(it, field, value)
    session.flush()
    record(session, it, name, by=by, at=at)
