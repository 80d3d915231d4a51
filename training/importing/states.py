"""The states of an import, and what becomes of its rows."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

READ, UNDER_WAY, DONE = "read", "under way", "done"
UNDOING, UNDONE, DROPPED = "being undone", "undone", "thrown away"
STATES = (READ, UNDER_WAY, DONE, UNDOING, UNDONE, DROPPED)

STATE_WORDS = {
    READ: _l("Not added yet"),
    UNDER_WAY: _l("Being added"),
    DONE: _l("Added"),
    UNDOING: _l("Being taken back"),
    UNDONE: _l("Taken back"),
    DROPPED: _l("Thrown away"),
}

ADD, THERE, CANNOT = "add", "there", "cannot"
ADDED, TAKEN_BACK, STAYS = "added", "taken back", "stays"
FATES = ("", ADD, THERE, CANNOT, ADDED, TAKEN_BACK, STAYS)
"""The first one: nobody has looked at it yet."""


@dataclass(frozen=True)
class Fate:
    name: str
    colour: str


FATE_WORDS = {
    ADD: Fate(_l("Will be added"), "blue"),
    THERE: Fate(_l("There already"), "grey"),
    CANNOT: Fate(_l("Cannot be added"), "red"),
    ADDED: Fate(_l("Added"), "green"),
    TAKEN_BACK: Fate(_l("Taken back"), "grey"),
    STAYS: Fate(_l("Stays"), "yellow"),
}
