"""The history of an answer, one row for each field, person and sitting.

A text that is saved as it is typed would fill the history with half words.  What one person does
to one field without a longer pause is one change: what stood there before, and what they left.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from endorsement.models import Answer, AnswerChange

SITTING = timedelta(minutes=30)
"""A longer pause than this begins a new sitting."""


def note_change(
    session: Session, answer: Answer, field: str, before: str, after: str, *, by: Any, at: datetime
) -> bool:
    """Write the change down; whether it begins a sitting."""
    last = next((c for c in reversed(answer.changes) if c.field == field), None)
    if last is not None and last.by_id == by.id and at - last.at <= SITTING:
        last.after, last.at = after, at
        if last.before == after:  # put back as it was: nothing happened
            answer.changes.remove(last)
            session.delete(last)
        return False
    answer.changes.append(
        AnswerChange(field=field, before=before, after=after, began_at=at, at=at, by_id=by.id)
    )
    return True
