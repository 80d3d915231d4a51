"""What happened stays: events, and what was sent; a vote is only ever replaced."""

from typing import Any

from sqlalchemy import inspect

from review.models import Allocation, AwardEvent, CaseEvent, FindingChange, Reading, Vote
from web.unchanging import keep


def _was_sent(allocation: Any) -> bool:
    """Before this very change: in the change that seals it, it may still be sealed."""
    history = inspect(allocation).attrs.sent_at.history
    return any(moment is not None for moment in (*history.unchanged, *history.deleted))


keep(CaseEvent, emptied={"note": ""})
keep(AwardEvent, emptied={"note": ""})
keep(FindingChange)
keep(Vote, moves={"replaced_at"}, emptied={"reason": ""})
keep(
    Allocation,
    moves={"state", "why", "ended_at", "ended_why", "due_on", "version"},
    stays=False,
    once=_was_sent,
)
keep(
    Reading,
    emptied={"private_note": ""},
    once=lambda reading: _was_sent(reading.allocation),
)
