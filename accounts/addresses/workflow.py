"""Every state a change of address can be in, and every way it can move."""

from accounts.addresses import rules
from web.workflow import Table, move, table

WAITING, DONE, STOPPED, EXPIRED, TAKEN_BACK = "waiting", "done", "stopped", "expired", "taken back"

CHANGES: Table = table(
    move("finish", WAITING, to=DONE,
         by=rules.whoever_can_read_it, needs=(rules.all_said_yes,)),
    move("stop", WAITING, DONE, to=STOPPED,
         by=rules.whoever_can_read_it, needs=(rules.can_be_undone,)),
    move("take back", WAITING, to=TAKEN_BACK, by=rules.own),
    move("expire", WAITING, to=EXPIRED, by=rules.the_clock),
    move("end with the account", WAITING, to=TAKEN_BACK, by=rules.the_portal),
)  # fmt: skip
"""A second address that was added can be stopped afterwards too, as long as the link is good."""
