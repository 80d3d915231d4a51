"""Every state the mending of a mailbox can be in, and every way it can move."""

from accounts.addresses import mailbox_rules as rules
from accounts.addresses.rules import the_portal
from web.workflow import Table, move, table

ASKED, WAITING, DONE = "asked", "waiting", "done"
STOPPED, REFUSED, EXPIRED = "stopped", "refused", "expired"

MAILBOXES: Table = table(
    move("start", ASKED, to=WAITING, by=rules.officer_only, note_required=True),
    move("refuse", ASKED, to=REFUSED, by=rules.officer_only, note_required=True),
    move("stop", WAITING, to=STOPPED, by=rules.may_stop, note_required=True),
    move("finish", WAITING, to=DONE, by=rules.the_clock, needs=(rules.new_address_said_yes,)),
    move("give up", WAITING, to=REFUSED, by=rules.the_clock, note_required=True),
    move("expire", WAITING, to=EXPIRED, by=rules.the_clock),
    move("end with the account", ASKED, WAITING, to=STOPPED, by=the_portal),
)  # fmt: skip
"""“Start” is the officer's word for how they checked; then the notice runs its hours."""
