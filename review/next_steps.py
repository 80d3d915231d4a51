"""What can come next in a case and what is missing, for the Charter team's page."""

from dataclasses import dataclass
from typing import Any

from review.happened import HAPPENED
from review.workflow import TRANSITIONS
from web.workflow import open_to

ASIDE = frozenset({"find others", "withdraw", "undo", "take back the release", "appeal again"})
"""What may happen at any time, and is no next step."""


@dataclass(frozen=True)
class Step:
    words: str
    missing: tuple[str, ...]
    mine: bool
    """The person who reads this can make it."""


def next_steps(case: Any, person: Any) -> list[Step]:
    """Every way on; a silence that agrees is the same way as an answer."""
    open_now = {move.name for move, _missing in open_to(TRANSITIONS, case, person)}
    return [
        Step(
            HAPPENED[move.name],
            tuple(said for said in (need(case) for need in move.needs) if isinstance(said, str)),
            move.name in open_now,
        )
        for move in TRANSITIONS.values()
        if case.state in move.sources and move.name not in ASIDE and move.to != case.state
    ]
