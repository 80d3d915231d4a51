"""The states of a pledge: plain words, so that tables, rules and pages name the same ones."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

DRAFT = "draft"
SENT = "sent"
RETURNED = "returned"
LIVE = "live"
DUE = "due"
LAPSED = "lapsed"
WITHDRAWN = "withdrawn"
SUSPENDED = "suspended"

ALL_STATES = (DRAFT, SENT, RETURNED, LIVE, DUE, LAPSED, WITHDRAWN, SUSPENDED)

EDITABLE = (DRAFT, RETURNED)
"""The organisation may still change it."""
OPEN_STATES = (DRAFT, SENT, RETURNED)
"""Not decided yet: an organisation has one such pledge at most."""
CURRENT = (LIVE, DUE)
"""In public: signed."""
PAST = (LAPSED, SUSPENDED)
"""In public: "not current"."""


@dataclass(frozen=True)
class StateWords:
    """How a state is called, and what it means for whoever reads it."""

    name: str
    organisation: str
    team: str
    public: str

    @property
    def within(self) -> str:
        """The name as it stands inside a sentence."""
        name = str(self.name)
        return name[:1].lower() + name[1:]


WORDS: dict[str, StateWords] = {
    DRAFT: StateWords(
        _l("Not sent yet"),
        _l("You are still writing it. Nobody outside your organisation sees it."),
        _l("The organisation is still writing it. You cannot see what it wrote."),
        _l("This place is not on the register."),
    ),
    SENT: StateWords(
        _l("With the Charter team"),
        _l("We have it and are reading it. You cannot change it until we answer."),
        _l("It is waiting for you to read it and to decide."),
        _l("This place is not on the register yet."),
    ),
    RETURNED: StateWords(
        _l("Sent back with a note"),
        _l("We have a question about it. Read our note, then send it again."),
        _l("You sent it back with notes. The organisation is mending it."),
        _l("This place is not on the register yet."),
    ),
    LIVE: StateWords(
        _l("On the register"),
        _l("Your organisation has signed. Everyone can read what it promised."),
        _l("It is confirmed and public."),
        _l("This place has signed the charter."),
    ),
    DUE: StateWords(
        _l("Due again"),
        _l("A year has passed. You are still on the register while you renew."),
        _l("Its year is over and it has not been renewed yet. It is still public."),
        _l("This place has signed the charter. It is time for it to sign again."),
    ),
    LAPSED: StateWords(
        _l("Run out"),
        _l("It was not renewed in time. The register says “not current”."),
        _l("It was not renewed in time. The register says “not current”."),
        _l("Not current: this place signed once and has not signed again."),
    ),
    WITHDRAWN: StateWords(
        _l("Taken back"),
        _l("Your organisation took its pledge back. It is not on the register."),
        _l("The organisation took it back. It is not on the register."),
        _l("This place is not on the register."),
    ),
    SUSPENDED: StateWords(
        _l("Paused"),
        _l("We have paused it, and told you why. The register says “not current”."),
        _l("You paused it. Look at it again by the day shown."),
        _l("Not current: the Charter team has paused this pledge."),
    ),
}


HAPPENED = {
    "begin": _l("Begun"),
    "send": _l("Sent to the Charter team"),
    "confirm": _l("Confirmed"),
    "return": _l("Returned with a note"),
    "withdraw": _l("Taken back"),
    "suspend": _l("Paused"),
    "restore": _l("Put back on the register"),
    "fall due": _l("Due again"),
    "lapse": _l("Run out"),
}
"""What is written in a pledge's history, by the verb of the move."""
