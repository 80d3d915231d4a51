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
RENEWED = "renewed"
ENDED = "ended"

ALL_STATES = (
    DRAFT, SENT, RETURNED, LIVE, DUE, LAPSED, WITHDRAWN, SUSPENDED, RENEWED, ENDED
)  # fmt: skip

EDITABLE = (DRAFT, RETURNED)
"""The organisation may still change it."""
OPEN_STATES = (DRAFT, SENT, RETURNED)
"""Not decided yet: an organisation has one such pledge at most."""
CURRENT = (LIVE, DUE)
"""In public: signed."""
STANDING = (LIVE, DUE, SUSPENDED)
"""Confirmed, and not over: an organisation has one such pledge at most."""
ENDS = (WITHDRAWN, RENEWED, ENDED)
"""Nothing comes after these: whoever goes on begins another pledge."""
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
    RENEWED: StateWords(
        _l("Renewed"),
        _l("Its year is done, and a newer pledge has taken its place."),
        _l("Its year is done, and a newer pledge has taken its place."),
        _l("This was last year’s promise. The place has signed again since."),
    ),
    ENDED: StateWords(
        _l("Ended by the Charter team"),
        _l("We looked at it again and ended it. It is not on the register."),
        _l("You looked at it again and ended it. It is not on the register."),
        _l("This place is not on the register."),
    ),
}


HOW_IT_WENT = {
    "kept": _l("We kept it"),
    "partly": _l("We kept part of it"),
    "not yet": _l("Not yet"),
}
"""How an organisation did with something it promised, as it says it."""

MERGED = (DRAFT, SENT, RETURNED, LIVE, DUE)
"""What merging two organisations may close, and undoing it opens again."""

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
    "renew": _l("Renewed"),
    "keep paused": _l("Looked at again: it stays paused"),
    "end": _l("Ended by the Charter team"),
    "appeal": _l("You asked us to look again"),
    "uphold": _l("Looked at again, and put back on the register"),
    "turn down": _l("Looked at again: it stays paused"),
    "go with it": _l("Closed with the pledge it was to renew"),
    "merge": _l("Closed when two organisations became one"),
    **{f"undo merge: {state}": _l("Opened again: the two are apart again") for state in MERGED},
}
"""What is written in a pledge's history, by the verb of the move."""
