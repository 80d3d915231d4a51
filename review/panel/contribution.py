"""What the panel hands to the factory."""

from flask_babel import lazy_gettext as _l

from review import rules
from review.panel import first_page, keeping, queries, wording
from review.panel.asking import ask  # noqa: F401 - hears when a case comes to the panel
from review.panel.chairing import bp as chairing
from review.panel.desk import bp as decisions
from review.panel.jobs import job
from review.panel.loading import plans_meetings
from review.panel.meeting_views import bp as meetings
from review.panel.reminding import reminders
from review.panel.views import bp as panel
from web.contributions import Contribution, NavigationEntry, Queue

MEETING_STATES = {
    "planned": _l("planned"),
    "held": _l("held"),
    "called off": _l("called off"),
}

contribution = Contribution(
    name="panel",
    blueprints=(panel, chairing, decisions, meetings),
    jobs=(job,),
    reminders=(reminders,),
    my_data=(keeping.my_data,),
    erasure=(keeping.erasure,),
    retention=(keeping.retention,),
    person_panels=(first_page.panels,),
    navigation=(NavigationEntry(_l("To vote on"), "panel.queue", rules.is_member),),
    queues=(Queue(_l("Decisions to tell"), "decisions.everything", rules.is_officer,
                  queries.waiting_to_be_told),),
    template_globals={
        "chairs_panels": rules.is_chair,
        "group_names": wording.group_names,
        "meeting_states": MEETING_STATES,
        "plans_meetings": plans_meetings,
        "vote_words": wording.vote_words,
    },
)  # fmt: skip
