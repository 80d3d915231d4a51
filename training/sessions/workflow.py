"""Every way a training session, and a booking, can move.  Read the tables first.

To offer a session and to book it make one (training.sessions.offering, booking).
"""

from training.sessions import rules
from training.sessions.states import (
    ABSENT,
    BOOKED,
    CALLED_OFF,
    CANCELLED,
    DONE,
    OFFERED,
    PRESENT,
    RECORDED,
    WAITING,
)
from training.states import AWAITING, CHECKED
from web.workflow import Table, move, table

SESSIONS: Table = table(
    move("call off", OFFERED, to=CALLED_OFF,
         by=rules.may_call_off, needs=(rules.lies_ahead,), note_required=True,
         tell=("called-off",)),
    # Again for who was found to have been there.
    move("record", OFFERED, DONE, to=DONE, by=rules.may_run, needs=(rules.has_begun,)),
)  # fmt: skip

BOOKINGS: Table = table(
    move("promote", WAITING, to=BOOKED,
         by=rules.may_give_place, needs=(rules.booking_lies_ahead,), tell=("promoted",)),
    move("cancel", WAITING, BOOKED, to=CANCELLED,
         by=rules.may_cancel, needs=(rules.booking_lies_ahead,)),
    move("call off", WAITING, BOOKED, to=CANCELLED, by=rules.may_give_place),
    # Two that turn out to be one person need one place.
    move("give back the second", WAITING, BOOKED, to=CANCELLED, by=rules.the_portal),
    move("confirm", BOOKED, to=PRESENT, by=rules.may_confirm, needs=(rules.doors_open,)),
    move("present", BOOKED, ABSENT, to=PRESENT, by=rules.may_mark, needs=(rules.booking_begun,)),
    move("absent", BOOKED, PRESENT, to=ABSENT, by=rules.may_mark, needs=(rules.booking_begun,)),
    move("record", PRESENT, to=RECORDED, by=rules.may_mark),
)  # fmt: skip

SEEN: Table = table(move("see", AWAITING, to=CHECKED, by=rules.gave_it))
"""A training record that its owner had entered already: who gave the training saw it done."""
