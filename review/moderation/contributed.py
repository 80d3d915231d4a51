"""What checking together adds to the review's contribution."""

from flask_babel import lazy_gettext as _l

from review.moderation import rules
from review.moderation.agreement_views import bp as agreement
from review.moderation.agreement_views import may_ask_for_it
from review.moderation.views import bp
from review.practice.views import bp as practice
from review.rules import is_assessor, is_lead_assessor
from web.contributions import NavigationEntry

blueprints = (bp, agreement, practice)
navigation = (
    NavigationEntry(_l("Check together"), "moderate.queue", is_lead_assessor),
    NavigationEntry(_l("Practice"), "practice.everything", is_assessor),
    NavigationEntry(_l("How far we agree"), "agreement.everything", may_ask_for_it),
)
GLOBALS = {
    "moderation_rules": rules,
    "looked_at_why": {
        "difference": _l("read far apart"),
        "sample": _l("drawn by lot"),
        "asked": _l("you looked at it yourself"),
    },
}
