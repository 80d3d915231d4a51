"""Making a move of an import, in the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from training.importing.workflow import IMPORTS
from training.models import TrainingImport
from web.audit import record
from web.workflow import perform

BY = "system:training import"


def make(session: Session, name: str, it: TrainingImport, *, by: Any = BY, at: datetime) -> None:
    """Raises Refused."""
    with session.no_autoflush:
        perform(IMPORTS, name, it, by=by, at=at)
    session.flush()
    record(session, it, name, by=by, at=at)
