"""An Open Badge of somebody else's, sent as evidence for a module."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from training.models import SentBadge, TrainingRecord
from web.audit import record
from web.audit.purging import forget_values
from web.credentials.foreign import Looked, Outcome

OUTCOME_WORDS = {
    Outcome.OURS.value: _l("We signed it ourselves. It is real and it stands today."),
    Outcome.OURS_NOT.value: _l(
        "It says that we signed it, but it does not stand. Do not trust it."
    ),
    Outcome.FITS.value: _l(
        "Nobody has changed it since it was signed. Whose signature it is, we cannot tell: look at "
        "who it says gave it."
    ),
    Outcome.ELSEWHERE.value: _l(
        "We cannot tell whether it is real: we would have to ask another site, and we do not. "
        "Ask whoever gave it."
    ),
    Outcome.UNKNOWN_WAY.value: _l(
        "We cannot tell whether it is real: it is signed in a way that we cannot check."
    ),
    Outcome.BROKEN.value: _l("Its signature does not fit: it was changed. Do not trust it."),
}
"""For whoever checks the record, and its owner."""


def attach(
    session: Session, training: TrainingRecord, looked: Looked, *, by: Any, at: datetime
) -> None:
    """It takes the place of an earlier one."""
    forget(session, training, by=by, at=at)
    told = asdict(looked) | {"outcome": looked.outcome.value}
    badge = SentBadge(record=training, looked_at=at, **told)
    session.add(badge)
    session.flush()
    record(session, badge, "attach", by=by, at=at)


def forget(session: Session, training: TrainingRecord, *, by: Any, at: datetime) -> None:
    badge = training.badge
    if badge is not None:
        forget_values(session, badge)
        record(session, badge, "forget", by=by, at=at)
        session.delete(badge)
        session.flush()
        session.expire(training, ["badge"])
