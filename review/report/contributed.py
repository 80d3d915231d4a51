"""What the report adds to the review's contribution."""

from flask_babel import lazy_gettext as _l

from review.report import facts_views, rules, views
from review.report.jobs import jobs
from review.report.keeping import erasure, my_data, retention
from review.report.reminding import reminders

blueprints = (views.bp, views.conditions, facts_views.bp, facts_views.answering)
GLOBALS = {
    "report_rules": rules,
    "finding_fields": {
        "rating": _l("Rating"),
        "does_not_apply": _l("Does not apply"),
        "reason": _l("Why"),
        "next_step": _l("What next"),
        "moderated_rating": _l("Rating of the lead assessor"),
    },
}

__all__ = ["GLOBALS", "blueprints", "erasure", "jobs", "my_data", "reminders", "retention"]
