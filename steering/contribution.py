"""What the steering group's people bring: seats and who holds them, ties, their own pages."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

import steering.models
from steering import example, keeping, queries, rules, words
from steering.jobs import jobs
from steering.views import blueprints
from steering.youth import door_views, supporting, team
from steering.youth import keeping as youth_keeping
from web.contributions import Contribution, ExamplePart, NavigationEntry, Queue, Waiting

THINGS = {
    "seat": _l("a seat on the steering group"),
    "seat_term": _l("a time in a seat"),
    "chairing": _l("a time as chair"),
    "assessor_term": _l("a time as an assessor"),
    "tie": _l("a tie to an organisation"),
    "youth_seat": _l("a young person’s seat"),
}


def _gaps(session: Any, at: datetime) -> Waiting:
    return Waiting(len(queries.gaps(session, at, current_app.extensions["scheme"])))


contribution = Contribution(
    name="steering",
    blueprints=(*blueprints, door_views.bp, team.bp, supporting.bp, supporting.own),
    jobs=jobs,
    things=THINGS,
    navigation=(NavigationEntry(_l("Your part"), "my_steering.everything", rules.has_a_part),),
    queues=(Queue(_l("Gaps in the steering group"), "seats.everything", rules.is_officer, _gaps),),
    person_panels=(supporting.panels,),
    reminders=(supporting.reminders,),
    my_data=(keeping.my_data, youth_keeping.my_data),
    erasure=(keeping.erasure, youth_keeping.erasure),
    retention=(youth_keeping.retention,),
    merging=(keeping.merging,),
    example=(ExamplePart(33, example.plan),),
    example_people=example.CAST,
    template_globals={
        "assessor_kinds": words.KINDS,
        "own_ties": words.TIES,
        "seat_gaps": words.GAPS,
        "seat_parts": words.PARTS,
        "steering_rules": rules,
        "team_ties": words.TEAM_TIES,
        "youth_parts": words.YOUTH_PARTS,
        "youth_states": words.YOUTH_STATES,
    },
)
__all__ = ["contribution", "steering"]
