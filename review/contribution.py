"""What the review hands to the factory."""

from flask_babel import lazy_gettext as _l

import review.opening
import review.unchanging
import review.waits
from review import example as cases_example
from review import keeping_sent, rules, states
from review.allocation import contribution as allocation
from review.closing.views import bp as closing
from review.commands import review as commands
from review.desk import contribution as desk
from review.flags import example as flag_example
from review.flags import keeping as flags
from review.flags import queries as flag_queries
from review.flags import views as flag_views
from review.happened import HAPPENED
from review.keeping import merging
from review.moderation import contributed as moderation
from review.report import contributed as report
from review.rules import is_assessor, is_safeguarding, is_young_assessor
from review.views.own import bp as own
from review.views.team import bp as team
from review.visits import reminding as visit_reminding
from review.visits import wording as visit_words
from review.visits.rules import plans_visits
from review.visits.views import bp as visits
from web.contributions import Contribution, ExamplePart, NavigationEntry, Queue

THINGS = {
    "review_case": _l("a case of the steering group"),
    "review_case_event": _l("a step of a case"),
    "allocation": _l("an assessor’s part in a case"),
    "closed_week": _l("a week in which an organisation is closed"),
    "review_question": _l("a question about a case"),
    "safeguarding_flag": _l("a safeguarding flag"),
    "review_visit": _l("a call or visit"),
    "visit_sheet": _l("a young assessor’s sheet"),
    "review_report": _l("a report"),
    "finding": _l("what was found for a standard"),
    "practice_sitting": _l("a round through the practice case"),
    "fact_point": _l("a fact that was said to be wrong"),
    "panel_meeting": _l("a meeting of the panel"),
    "panel_meeting_item": _l("a case on an agenda"),
    "panel_presence": _l("who was at a meeting"),
    "ballot": _l("a right to vote"),
    "vote": _l("a vote"),
    "decision": _l("a decision of the panel"),
    "decision_standard": _l("what the panel says of a standard"),
    "award_condition": _l("a condition of an award"),
    "case_appeal": _l("an appeal"),
}

contribution = Contribution(
    name="review",
    blueprints=(
        own, closing, team, *desk.blueprints, visits, *allocation.blueprints, *report.blueprints,
        *moderation.blueprints,
        flag_views.worries, flag_views.circle,
    ),
    commands=(commands,),
    merging=(merging,),
    navigation=(
        NavigationEntry(_l("To read"), "assess.queue", is_assessor),
        NavigationEntry(_l("Your visits"), "visits.mine", is_young_assessor),
        *moderation.navigation,
        NavigationEntry(_l("Safeguarding"), "safeguarding.queue", is_safeguarding),
    ),
    queues=(
        *allocation.queues,
        Queue(_l("Safeguarding"), "safeguarding.queue", is_safeguarding, flag_queries.waiting),
    ),
    jobs=(*review.opening.jobs, *desk.jobs, *report.jobs, *allocation.jobs),
    person_panels=(desk.panels,),
    reminders=(
        desk.reminders, visit_reminding.reminders, report.reminders, *allocation.reminders,
    ),
    my_data=(desk.my_data, report.my_data, *allocation.my_data),
    erasure=(desk.erasure, report.erasure, *allocation.erasure),
    retention=(
        desk.retention,
        flags.retention,
        report.retention,
        keeping_sent.retention,
        *allocation.retention,
    ),
    proofs=(desk.proof,),
    example=(ExamplePart(34, flag_example.plan), ExamplePart(40, cases_example.plan)),
    example_people=flag_example.CAST,
    things=THINGS,
    template_globals={
        **allocation.template_globals,
        "case_happened": HAPPENED,
        "case_states": states.WORDS,
        "case_turn": states.TURN,
        "case_turns": states.TURNS,
        "plans_visits": plans_visits,
        **report.GLOBALS,
        **moderation.GLOBALS,
        "visit_kinds": visit_words.KINDS,
        "visit_stars": visit_words.STARS,
        "case_edits": rules.edits_it,
        "case_part_of": rules.allocation_of,
        **desk.GLOBALS,
    },
)  # fmt: skip
