"""Plain words for the states of a change of address and of a lost mailbox."""

from flask_babel import lazy_gettext as _l

from accounts.words import Word

CHANGE_STATES = {
    "waiting": Word(_l("Waiting for an answer")),
    "done": Word(_l("Done")),
    "stopped": Word(_l("Stopped")),
    "expired": Word(_l("Nobody answered in time")),
    "taken back": Word(_l("Taken back")),
}

MAILBOX_STATES = {
    "asked": Word(_l("Asked, not looked at yet")),
    "waiting": Word(_l("Notice given")),
    "stopped": Word(_l("Stopped: nothing was changed")),
    "done": Word(_l("The address is changed")),
    "refused": Word(_l("Refused")),
    "expired": Word(_l("The new address was not confirmed in time")),
}
