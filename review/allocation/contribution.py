"""What finding assessors brings; review.contribution hands it on."""

from flask_babel import lazy_gettext as _l

from review.allocation import keeping, reminding, wording
from review.allocation.answering_views import bp as answering
from review.allocation.jobs import jobs
from review.allocation.late import waiting as late
from review.allocation.views import bp as allocating
from review.queries import waiting
from review.rules import is_officer
from web.contributions import Queue

blueprints = (allocating, answering)
queues = (
    Queue(_l("Cases without assessors"), "allocating.everything", is_officer, waiting),
    Queue(_l("Cases that are late"), "team_cases.everything", is_officer, late),
)
reminders = (reminding.reminders,)
my_data, erasure, retention = (keeping.data,), (keeping.erasure,), (keeping.retention,)
template_globals = {
    "allocation_kinds": wording.KINDS,
    "allocation_not_this": wording.NOT_THIS_CASE,
    "allocation_parts": wording.PARTS,
    "allocation_same_domain": wording.SAME_DOMAIN,
}
__all__ = [
    "blueprints",
    "erasure",
    "jobs",
    "my_data",
    "queues",
    "reminders",
    "retention",
    "template_globals",
]
