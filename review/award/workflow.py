"""Every way an award can move.  Read MOVES first.

To make one is no move: releasing a decision makes it, as live (review.award.making).
"""

from review.models.awards import ENDED, LIVE, PAUSED, REPLACED, STANDING
from review.rules import is_officer, portal_or_clock, the_clock
from web.workflow import Table, move, table

MOVES: Table = table(
    move("pause", LIVE, to=PAUSED, by=is_officer, note_required=True, tell=("organisation",)),
    move("keep paused", PAUSED, to=PAUSED,
         by=is_officer, note_required=True, tell=("organisation",)),
    move("go on", PAUSED, to=LIVE, by=is_officer, note_required=True, tell=("organisation",)),
    move("end", *STANDING, to=ENDED, by=is_officer, note_required=True, tell=("organisation",)),
    move("check", LIVE, to=LIVE, by=is_officer),
    move("run out", *STANDING, to=ENDED, by=the_clock, tell=("organisation",)),
    move("lapse", *STANDING, to=ENDED, by=portal_or_clock),
    move("take back", *STANDING, to=ENDED, by=portal_or_clock),
    move("replace", *STANDING, to=REPLACED, by=portal_or_clock),
    move("restore", REPLACED, to=LIVE, by=portal_or_clock),
)  # fmt: skip
"""Where the case's move tells the organisation (lapse, take back), this one is silent."""
