"""What checking adds to training's contribution."""

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from training.checking import queries, views
from training.states import WAY_WORDS, WORDS
from web.contributions import Queue

blueprints = (views.for_organisation, views.for_the_team)
queue = Queue(_l("Training to check"), "checking_desk.waiting", is_officer, queries.desk_waiting)
GLOBALS = {"training_states": WORDS, "training_ways": WAY_WORDS}
