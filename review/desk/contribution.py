"""What the desk adds to the review's contribution."""

from review.desk import question_views, rules, turns
from review.desk.first_page import panels
from review.desk.jobs import jobs
from review.desk.keeping import erasure, my_data, retention
from review.desk.reminding import reminders
from review.desk.seal import changed_since_sealed as proof
from review.desk.views import bp

blueprints = (bp, question_views.own)
GLOBALS = {"desk_rules": rules, "reading_until": turns.until}

__all__ = [
    "GLOBALS",
    "blueprints",
    "erasure",
    "jobs",
    "my_data",
    "panels",
    "proof",
    "reminders",
    "retention",
]
