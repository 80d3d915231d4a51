"""The charter, pledges and the register."""

from charter.models.drafts import CharterDraft, DraftCommitment, DraftEvent, YouthApproval
from charter.models.pledges import Pledge, PledgeAction, PledgeEvent, PledgeNote, PledgeProject
from charter.models.register import RegisterEntry, RegisterEntryArea, RegisterEntryCommitment
from charter.models.sessions import CharterSession, CharterSessionEvent
from charter.models.versions import CharterVersion, Commitment
from charter.models.workers import ListedWorker, WorkerPledge, WorkerPledgeEvent, WorkerTally

__all__ = [
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
    "PledgeProject",
    "RegisterEntry",
    "RegisterEntryArea",
    "RegisterEntryCommitment",
    "WorkerPledge",
    "WorkerPledgeEvent",
    "WorkerTally",
    "YouthApproval",
]
