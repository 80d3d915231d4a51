"""The states of a submission: plain words, so that tables, rules and pages name the same ones."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

DRAFT = "draft"
"""Not sent yet: never stored, since what is not sent is the self-assessment itself."""
SENT = "sent"
WITHDRAWN = "withdrawn"
DECIDED = "decided"

STORED = (SENT, WITHDRAWN, DECIDED)
UNDECIDED = (SENT,)
"""Somebody still has to answer: an organisation has one such submission at most."""
ENDS = (WITHDRAWN,)
"""Over without an award: its words are kept for as long as the scheme says, and no longer."""


@dataclass(frozen=True)
class StateWords:
    """How a state is called, and what it means for whoever reads it."""

    name: str
    organisation: str
    team: str


WORDS: dict[str, StateWords] = {
    SENT: StateWords(
        _l("Sent"),
        _l("We have it, sealed as it was on that day. What you change now does not change it."),
        _l("It is sealed and waits to be read."),
    ),
    DECIDED: StateWords(
        _l("Decided"),
        _l("The steering group has decided. Read what it says."),
        _l("The steering group has decided."),
    ),
    WITHDRAWN: StateWords(
        _l("Taken back"),
        _l("You took it back. You can send another one when you are ready."),
        _l("The organisation took it back. Nobody has to read it."),
    ),
}

HAPPENED = {
    "send": _l("Sent and sealed"),
    "withdraw": _l("Taken back"),
    "decide": _l("Decided by the steering group"),
    "reopen": _l("Before the panel again"),
    "remove": _l("One part was removed"),
    "forget": _l("Its words were taken away: it had been kept for long enough"),
    "merge": _l("Went along when two organisations became one"),
    "undo merge": _l("Went back: the two are apart again"),
}
"""What is written in a submission's history, by the verb."""
