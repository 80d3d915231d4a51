"""What is sealed stays sealed: a flush that would change it fails.

Allowed is what the law of the house asks for: the state moves, an organisation becomes part of
another, words are taken away.  (A statement past the session on an item is told by
``flask submission verify``.)
"""

from endorsement.models import Submission, SubmissionEvent, SubmissionItem
from web.unchanging import keep

keep(
    Submission,
    moves={"state", "organisation_id", "words_gone_at", "version"},
    emptied={"declared_name": "", "declared_role": ""},
)
keep(
    SubmissionItem,
    moves={"removed_at", "removed_why"},
    emptied={"content": None, "salt": None},
)
keep(SubmissionEvent, emptied={"note": ""})
