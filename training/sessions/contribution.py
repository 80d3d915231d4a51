"""What training sessions add to training's contribution."""

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from training.sessions import desk, example, views
from training.sessions.closing import job
from training.sessions.keeping import THINGS, erasure, merging, my_data, retention
from training.sessions.rules import is_not_of_the_team
from training.sessions.states import BOOKING_WORDS, SESSION_WORDS
from web.contributions import ExamplePart, NavigationEntry

blueprints = (views.bp, desk.bp)
navigation = (
    NavigationEntry(_l("Training sessions"), "training_sessions.everything", is_not_of_the_team),
    NavigationEntry(_l("Training sessions"), "training_offers.offered", is_officer),
)
WORDING = {
    "training_session_states": SESSION_WORDS,
    "training_booking_states": BOOKING_WORDS,
}
example_part = ExamplePart(40, example.plan)

__all__ = [
    "THINGS",
    "WORDING",
    "blueprints",
    "erasure",
    "example_part",
    "job",
    "merging",
    "my_data",
    "navigation",
    "retention",
]
