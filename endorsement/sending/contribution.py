"""What sending adds to endorsement's contribution."""

from flask_babel import lazy_gettext as _l

import endorsement.sending.unchanging  # noqa: F401 - what is sealed stays sealed
from endorsement.sending import desk, queries, states, views
from endorsement.sending.commands import submission as commands
from endorsement.sending.keeping import THINGS, erasure, merging, my_data, retention
from endorsement.sending.rules import is_officer
from web.contributions import Queue

blueprints = (views.bp, desk.bp)
queue = Queue(
    _l("Self-assessments that were sent"), "sending_desk.queue", is_officer, queries.waiting
)
GLOBALS = {
    "is_officer": is_officer,
    "submission_happened": states.HAPPENED,
    "submission_states": states.WORDS,
}

__all__ = [
    "GLOBALS",
    "THINGS",
    "blueprints",
    "commands",
    "erasure",
    "merging",
    "my_data",
    "queue",
    "retention",
]
