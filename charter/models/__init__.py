"""The charter, pledges and the register."""

from charter.models.pledges import Pledge, PledgeAction, PledgeEvent, PledgeNote, PledgeProject
from charter.models.register import RegisterEntry, RegisterEntryArea, RegisterEntryCommitment
from charter.models.versions import CharterVersion, Commitment

__all__ = [
    "CharterVersion",
    "Commitment",
    "Pledge",
    "PledgeAction",
    "PledgeEvent",
    "PledgeNote",
    "PledgeProject",
    "RegisterEntry",
    "RegisterEntryArea",
    "RegisterEntryCommitment",
]
