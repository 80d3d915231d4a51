"""What badges hand to training's contribution."""

from flask_babel import lazy_gettext as _l

from training.badges.jobs import jobs
from training.badges.keeping import my_data
from training.badges.sent import OUTCOME_WORDS
from training.badges.views import bp

__all__ = ["GLOBALS", "THINGS", "bp", "jobs", "my_data"]

GLOBALS = {"sent_badge_outcomes": OUTCOME_WORDS}
THINGS = {"sent_badge": _l("an Open Badge that was sent with a training record")}
