"""What happened stays: no event is changed, and a vote is only ever replaced."""

from review.models import AwardEvent, CaseEvent, Vote
from web.unchanging import keep

keep(CaseEvent, emptied={"note": ""})
keep(AwardEvent, emptied={"note": ""})
keep(Vote, moves={"replaced_at"}, emptied={"reason": ""})
