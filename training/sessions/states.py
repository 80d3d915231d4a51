"""The states of a training session and of somebody's booking of it."""

from flask_babel import lazy_gettext as _l

OFFERED, CALLED_OFF, DONE = "offered", "called off", "done"
SESSION_STATES = (OFFERED, CALLED_OFF, DONE)

WAITING, BOOKED, PRESENT, ABSENT = "waiting", "booked", "present", "absent"
RECORDED, CANCELLED = "recorded", "cancelled"
BOOKING_STATES = (WAITING, BOOKED, PRESENT, ABSENT, RECORDED, CANCELLED)
TAKES_A_PLACE = (BOOKED, PRESENT, ABSENT, RECORDED)
ON_THE_LIST = (BOOKED, PRESENT, ABSENT)
"""Whose coming can be written down."""

SESSION_WORDS = {
    OFFERED: _l("Open for booking"),
    CALLED_OFF: _l("Called off"),
    DONE: _l("Over, and written down"),
}
BOOKING_WORDS = {
    WAITING: _l("On the waiting list"),
    BOOKED: _l("Booked"),
    PRESENT: _l("Was there"),
    ABSENT: _l("Was not there"),
    RECORDED: _l("Was there, and it is in the training record"),
    CANCELLED: _l("Cancelled"),
}
HAPPENED = {
    "offer": _l("Training session offered"),
    "change": _l("Training session changed"),
    "call off": _l("Training session called off"),
    "record": _l("Training written down"),
    "book": _l("Place booked"),
    "wait": _l("Joined the waiting list"),
    "promote": _l("A place from the waiting list"),
    "cancel": _l("Booking cancelled"),
    "confirm": _l("Said they are there"),
    "present": _l("Was there"),
    "absent": _l("Was not there"),
}
"""By the verb of what happened."""
