"""The states of a charter session, from being interested to having had it."""

from flask_babel import lazy_gettext as _l

from charter.states import StateWords

INTERESTED = "interested"
OFFERED = "offered"
BOOKED = "booked"
DONE = "done"
MISSED = "missed"
CANCELLED = "cancelled"

ALL_STATES = (INTERESTED, OFFERED, BOOKED, DONE, MISSED, CANCELLED)
OPEN_STATES = (INTERESTED, OFFERED, BOOKED, MISSED)
"""Not over yet: an organisation has one such at most."""
DATED = (OFFERED, BOOKED, DONE, MISSED)
"""There is a day."""

NOWHERE = _l("Nothing: the public does not see it.")

WORDS: dict[str, StateWords] = {
    INTERESTED: StateWords(
        _l("Interested"),
        _l("The Charter team knows. It will write to you."),
        _l("The organisation would like to hear from you."),
        NOWHERE,
    ),
    OFFERED: StateWords(
        _l("Date offered"),
        _l("The Charter team has offered you a date. Say whether it suits you."),
        _l("You have offered a date. The organisation has not answered yet."),
        NOWHERE,
    ),
    BOOKED: StateWords(
        _l("Session booked"),
        _l("It is booked. You have nothing to do until then."),
        _l("It is booked. Afterwards, write down how it went."),
        NOWHERE,
    ),
    DONE: StateWords(
        _l("Session done"),
        _l("You have had your charter session."),
        _l("It took place."),
        NOWHERE,
    ),
    MISSED: StateWords(
        _l("Did not take place"),
        _l("Nobody came on the day. You can ask for another date."),
        _l("Nobody came. You can offer another date."),
        NOWHERE,
    ),
    CANCELLED: StateWords(
        _l("Called off"),
        _l("It is called off. You can ask again at any time."),
        _l("It is called off."),
        NOWHERE,
    ),
}

HAPPENED = {
    "ask": _l("Asked"),
    "change": _l("Changed what was asked"),
    "offer": _l("Date offered"),
    "accept": _l("Date accepted"),
    "ask for another": _l("Another date asked for"),
    "hold": _l("Took place"),
    "miss": _l("Nobody came"),
    "call off": _l("Called off"),
}
"""What is written in its history, by the verb of the move."""
