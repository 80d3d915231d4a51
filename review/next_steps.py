"""What can come next in a case and what is missing, for the Charter team's page."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from review.workflow import TRANSITIONS
from web.workflow import open_to

ASIDE = frozenset(
    {
        "find others", "read again", "an essential fell", "withdraw", "undo",
        "undo the second panel's", "take back the release", "take back the second release",
        "appeal again",
    }
)  # fmt: skip
"""What may happen at any time, and is no next step."""


TOLD = _l("The Charter team tells the organisation what was decided")
STAYS = _l("A lead assessor may leave it as it was")
COMES = {
    "ask assessors": _l("Ask assessors"),
    "begin reading": _l("All say yes, and the reading begins"),
    "ask": _l("An assessor may ask a question"),
    "answer": _l("The organisation answers the questions"),
    "go on without": _l("If no answer comes in time, the reading goes on without it"),
    "all read": _l("All assessors send their readings"),
    "met": _l("The assessors call or visit"),
    "send report": _l("The assessors send the report to the organisation"),
    "facts checked": _l("The organisation checks the facts"),
    "silence agrees": _l("If nothing is heard in time, the facts stand"),
    "moderate": _l("A lead assessor checks it, and passes it to the panel"),
    "back to the report": _l("Or sends it back to the assessors with a note"),
    "stage": _l("The panel votes, and the chair closes the vote"),
    "endorse": TOLD,
    "endorse with conditions": TOLD,
    "not yet": TOLD,
    "meet conditions": _l("The organisation meets its conditions"),
    "lapse": _l("If a condition is not met in time, the award ends"),
    "appeal": _l("The organisation may ask to look at it again"),
    "uphold": _l("A lead assessor may give it to the panel again"),
    "turn down: endorsed": STAYS,
    "turn down: conditions": STAYS,
    "turn down: not yet": STAYS,
}
"""What is still to happen, by the verb of the move."""


@dataclass(frozen=True)
class Step:
    words: str
    missing: tuple[str, ...]
    mine: bool
    """The person who reads this can make it."""


def next_steps(case: Any, person: Any) -> list[Step]:
    """Every way on; where two read alike, the one that lacks less."""
    open_now = {move.name for move, _missing in open_to(TRANSITIONS, case, person)}
    found: dict[str, Step] = {}
    for move in TRANSITIONS.values():
        if case.state not in move.sources or move.name in ASIDE or move.to == case.state:
            continue
        needs = (need(case) for need in move.needs)
        missing = tuple(said for said in needs if isinstance(said, str))
        step = Step(COMES[move.name], missing, move.name in open_now)
        words = str(step.words)
        if words not in found or len(missing) < len(found[words].missing):
            found[words] = step
    return list(found.values())
