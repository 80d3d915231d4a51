"""What looking again adds to training's contribution."""

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from training.again.views import bp, waiting
from web.contributions import Queue

blueprints = (bp,)
queue = Queue(_l("Training to look at again"), "checking_again.sample", is_officer, waiting)
