"""What the count of training adds to endorsement's contribution."""

from flask_babel import lazy_gettext as _l

from endorsement.from_training.falling import jobs
from endorsement.from_training.telling import bp, queue, reminders

blueprints = (bp,)
THINGS = {"essential_fall": _l("an essential that fell below what was sent")}

__all__ = ["THINGS", "blueprints", "jobs", "queue", "reminders"]
