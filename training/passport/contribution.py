"""What passports hand to training's contribution."""

from flask_babel import lazy_gettext as _l

from training.passport.keeping import my_data, retention
from training.passport.views import own, public

__all__ = ["THINGS", "blueprints", "my_data", "retention"]

blueprints = (own, public)
THINGS = {"passport_link": _l("a link to a training passport")}
