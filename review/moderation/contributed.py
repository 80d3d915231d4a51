"""What checking together adds to the review's contribution."""

from flask_babel import lazy_gettext as _l

from review.moderation import rules
from review.moderation.views import bp
from review.rules import is_lead_assessor
from web.contributions import NavigationEntry

blueprints = (bp,)
navigation = (NavigationEntry(_l("Check together"), "moderate.queue", is_lead_assessor),)
GLOBALS = {
    "moderation_rules": rules,
    "looked_at_why": {
        "difference": _l("read far apart"),
        "sample": _l("drawn by lot"),
        "asked": _l("you looked at it yourself"),
    },
}
