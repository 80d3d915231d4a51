"""Every way an organisation can move.  Read TRANSITIONS first."""

from typing import Any

from accounts import rules
from accounts.models.organisations import CHECKED, CLOSED, UNCHECKED
from accounts.words import STATES
from web.access import Verdict
from web.workflow import Table, as_mermaid, as_page, move, table


def was_checked(organisation: Any) -> Verdict:
    return True if organisation.checked_at is not None else "It was never checked."


def was_not_checked(organisation: Any) -> Verdict:
    return True if organisation.checked_at is None else "It was checked before it closed."


OPEN_AGAIN = "open again"
"""As it was: which of the two moves is the organisation's own past."""
STILL_UNCHECKED = "open again, unchecked"

TRANSITIONS: Table = table(
    move("check", UNCHECKED, to=CHECKED, by=rules.may_check_organisation),
    move("close", UNCHECKED, CHECKED, to=CLOSED, by=rules.may_look_after, tell=("closed",)),
    move("merge", UNCHECKED, CHECKED, to=CLOSED, by=rules.may_look_after, tell=("merged",)),
    move(OPEN_AGAIN, CLOSED, to=CHECKED, by=rules.may_look_after, needs=(was_checked,)),
    move(STILL_UNCHECKED, CLOSED, to=UNCHECKED, by=rules.may_look_after, needs=(was_not_checked,)),
)
"""How long a closing or a merger can be undone is asked where it is (accounts.actions)."""


def back(organisation: Any) -> str:
    """The move that opens a closed one as it was."""
    return OPEN_AGAIN if was_checked(organisation) is True else STILL_UNCHECKED


def as_markdown() -> str:
    """docs/states-of-an-organisation.md: the diagram, and what each state means."""
    names = {state: str(word.label) for state, word in STATES.items()}
    rows = [(f"{word.label} (`{state}`)", word.hint) for state, word in STATES.items()]
    return as_page(
        "The states of an organisation",
        "Written by `make docs` from `accounts/organisation_moves.py` and `accounts/words.py`. "
        "Opening again, and undoing a merger, go back to what it was, for a day.",
        as_mermaid(TRANSITIONS, UNCHECKED, names),
        [("state", "what it means"), *rows],
    )
