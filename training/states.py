"""The states of a training record: plain words, so that tables, rules and pages name the same."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

AWAITING = "awaiting check"
CHECKED = "checked"
RETURNED = "returned"
ASKED = "asked"
RECOGNISED = "recognised"
REFUSED = "refused"
WITHDRAWN = "withdrawn"

STORED = (AWAITING, CHECKED, RETURNED, ASKED, RECOGNISED, REFUSED, WITHDRAWN)
COUNTS = (CHECKED, RECOGNISED)
"""They count for a status."""
WAITS = (AWAITING, ASKED)
"""Somebody else has to look."""
CLAIMED = (*COUNTS, *WAITS)
"""What training.status is told of."""

AGREED, ENDED = "agreed", "ended"
BUDDY_STATES = (ASKED, AGREED, ENDED)
"""Of two organisations that check each other's training."""

COURSE, ONLINE, AT_WORK, PRIOR = "course", "online", "at work", "prior learning"
WAYS = (COURSE, ONLINE, AT_WORK, PRIOR)


@dataclass(frozen=True)
class StateWords:
    """How a state is called, and what it means for whoever reads it."""

    name: str
    owner: str
    checker: str


WORDS: dict[str, StateWords] = {
    AWAITING: StateWords(
        _l("Waits to be checked"),
        _l("Somebody who may check it looks at it. It counts from then on."),
        _l("Look at it, then confirm it or send it back with a note."),
    ),
    CHECKED: StateWords(
        _l("Checked"),
        _l("It counts, for every organisation you work with."),
        _l("It counts, for every organisation they work with."),
    ),
    RETURNED: StateWords(
        _l("Sent back with a note"),
        _l("Read the note, put it right and send it again."),
        _l("They put it right and send it again."),
    ),
    ASKED: StateWords(
        _l("Prior learning: you asked"),
        _l("Somebody reads what you wrote and decides. You will see who, and why."),
        _l("Read what they wrote, and decide."),
    ),
    RECOGNISED: StateWords(
        _l("Prior learning: recognised"),
        _l("What you learned elsewhere counts."),
        _l("What they learned elsewhere counts."),
    ),
    REFUSED: StateWords(
        _l("Prior learning: not recognised"),
        _l("Read why. You can write more and ask again."),
        _l("They can write more and ask again."),
    ),
    WITHDRAWN: StateWords(
        _l("Taken back"),
        _l("It does not count, and nobody but you sees it."),
        _l("They took it back."),
    ),
}

WAY_WORDS = {
    COURSE: _l("A course, face to face"),
    ONLINE: _l("Online"),
    AT_WORK: _l("At work, with somebody who showed me"),
    PRIOR: _l("Learned before, in another way"),
}

HAPPENED = {
    "enter": _l("Added"),
    "import": _l("Added from a spreadsheet"),
    "ask": _l("Prior learning asked for"),
    "send again": _l("Put right and sent again"),
    "ask again": _l("Asked again"),
    "check": _l("Checked"),
    "see": _l("Done at a training session"),
    "arrive": _l("Sent by a learning platform"),
    "return": _l("Sent back with a note"),
    "recognise": _l("Prior learning recognised"),
    "refuse": _l("Prior learning not recognised"),
    "withdraw": _l("Taken back"),
    "hold": _l("Looked at again: it stands"),
    "reopen": _l("Checked again, and sent back"),
}
"""What is written in a record's history, by the verb."""
