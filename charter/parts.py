"""The parts of a pledge, in the order the task list leads through them, and how each one stands.

Plain Python over a loaded pledge: no queries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from charter import rules
from charter.states import RETURNED

DETAILS, PROJECTS, SIGNATORY = "details", "projects", "signatory"
FIRST_PARTS = (DETAILS, PROJECTS, SIGNATORY)
BACK = "back-"

NOT_STARTED, IN_PROGRESS, DONE, MENDING = "not started", "in progress", "done", "mending"

NAMES = {
    DETAILS: _l("Your details"),
    PROJECTS: _l("Projects it covers"),
    SIGNATORY: _l("Who signs"),
}


@dataclass(frozen=True)
class Part:
    """A line of the task list."""

    key: str
    """``details``, ``projects``, ``signatory`` or ``commitment-3``."""
    name: str
    status: str
    commitment: Any = None
    action: Any = None
    note: Any = None
    """The Charter team's note, until the pledge is sent again."""
    earlier: Any = None
    """What was promised the year before: of a part that looks back, or beside this commitment."""
    outcome: Any = None
    """How that went, once it is said."""

    @property
    def looks_back(self) -> bool:
        return self.key.startswith(BACK)

    @property
    def is_first(self) -> bool:
        """About the organisation: it comes before what was and will be done."""
        return self.key in FIRST_PARTS


def parts_of(pledge: Any) -> list[Part]:
    """Every part, in order.  Needs the pledge's actions, projects, notes and charter loaded."""
    return [*_first_parts(pledge), *_looking_back(pledge), *_commitments(pledge)]


def part_of(pledge: Any, key: str) -> Part:
    """One part; KeyError when there is none of that name."""
    return {part.key: part for part in parts_of(pledge)}[key]


def commitment_key(number: int) -> str:
    return f"commitment-{number}"


def back_key(commitment: str) -> str:
    """Of the part that looks back on what was promised for a commitment, by its key."""
    return f"{BACK}{commitment}"


def written(pledge: Any) -> int:
    return len(pledge.actions)


def next_part(found: list[Part], *, ready: bool) -> Part | None:
    """Where to go on: what was asked about first, then what stands in the way of sending.

    None: nothing does.
    """
    mending = [part for part in found if part.status == MENDING]
    if mending or ready:
        return mending[0] if mending else None
    undone = [part for part in found if part.status != DONE]
    needed = [p for p in undone if p.commitment is None or p.status == IN_PROGRESS]
    return next(iter(needed or undone), None)


def notes_by_part(pledge: Any) -> dict[str, Any]:
    """The notes of the latest return, which may have none, while the organisation is mending."""
    if pledge.state != RETURNED:
        return {}
    returned = max((event.at for event in pledge.events if event.after == RETURNED), default=None)
    return {note.part: note for note in pledge.notes if note.written_at == returned}


def _first_parts(pledge: Any) -> Iterator[Part]:
    notes = notes_by_part(pledge)
    holds = {
        DETAILS: (rules.details_seen, pledge.details_seen_at),
        PROJECTS: (rules.covers_a_project, pledge.covered),
        SIGNATORY: (rules.signatory_named, pledge.signatory_name or pledge.signatory_role),
    }
    for key, (rule, begun) in holds.items():
        status = DONE if rule(pledge) is True else IN_PROGRESS if begun else NOT_STARTED
        note = notes.get(key)
        yield Part(key, str(NAMES[key]), _mended(status, note), note=note)


def _looking_back(pledge: Any) -> Iterator[Part]:
    """One for each earlier action.  A first pledge has none."""
    if pledge.renews is None:
        return
    notes = notes_by_part(pledge)
    said = {outcome.action_id: outcome for outcome in pledge.outcomes}
    for earlier in sorted(pledge.renews.actions, key=lambda action: action.commitment.number):
        key, outcome = back_key(earlier.commitment.key), said.get(earlier.id)
        note = notes.get(key)
        status = _mended(_action_status(outcome), note)
        name = str(_l("How did you do: %(title)s", title=earlier.commitment.title))
        yield Part(key, name, status, note=note, earlier=earlier, outcome=outcome)


def _commitments(pledge: Any) -> Iterator[Part]:
    notes = notes_by_part(pledge)
    earlier = {a.commitment.key: a for a in pledge.renews.actions} if pledge.renews else {}
    actions = {action.commitment_id: action for action in pledge.actions}
    for commitment in pledge.charter_version.commitments:
        key = commitment_key(commitment.number)
        action, note = actions.get(commitment.id), notes.get(key)
        status = _mended(_action_status(action), note)
        before = earlier.get(commitment.key)
        yield Part(key, commitment.title, status, commitment, action, note, before)


def _action_status(action: Any) -> str:
    if action is None:
        return NOT_STARTED
    return DONE if rules.is_a_sentence(action.text) is True else IN_PROGRESS


def _mended(status: str, note: Any) -> str:
    return MENDING if note is not None and note.settled_at is None else status
