"""The charter, pledges and the register."""

from charter.models.drafts import CharterDraft, DraftCommitment, DraftEvent, YouthApproval
from charter.models.looking_back import HOW, PledgeOutcome
from charter.models.pledges import Pledge, PledgeAction, PledgeEvent, PledgeNote, PledgeProject
from charter.models.register import RegisterEntry, RegisterEntryArea, RegisterEntryCommitment
from charter.models.sessions import CharterSession, CharterSessionEvent
from charter.models.suspensions import Suspension
from charter.models.versions import CharterVersion, Commitment
from charter.models.workers import ListedWorker, WorkerPledge, WorkerPledgeEvent, WorkerTally

__all__ = [
    "HOW",
    "CharterDraft",
    "CharterSession",
    "CharterSessionEvent",
    "CharterVersion",
    "Commitment",
    "DraftCommitment",
    "DraftEvent",
    "ListedWorker",
    "Pledge",
    "PledgeAction",
    "PledgeEvent",
    "PledgeNote",
    "PledgeOutcome",
    "PledgeProject",
    "RegisterEntry",
    "RegisterEntryArea",
    "RegisterEntryCommitment",
    "Suspension",
    "WorkerPledge",
    "WorkerPledgeEvent",
    "WorkerTally",
    "YouthApproval",
]
