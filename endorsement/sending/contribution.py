"""What sending adds to endorsement's contribution."""

import endorsement.sending.unchanging  # noqa: F401 - what is sealed stays sealed
from endorsement.sending.commands import submission as commands
from endorsement.sending.keeping import THINGS, erasure, merging, my_data, retention

__all__ = [
    "THINGS",
    "commands",
    "erasure",
    "merging",
    "my_data",
    "retention",
]
