"""What charter hands to the factory."""

from datetime import date

from flask import current_app
from flask_babel import lazy_gettext as _l

import charter.public.feed_views
import charter.register
import charter.versions.unchanging  # noqa: F401 - what is published stays as it is
from accounts.words import KINDS, area_names
from charter import (
    content,
    erasing,
    example,
    example_time,
    joining_up,
    keeping,
    my_data,
    queries,
    reminding,
    rules,
)
from charter.commands import charter as charter_commands
from charter.jobs import jobs
from charter.panels import pledge_panels
from charter.public import version_views as public_versions
from charter.public.wording import GLOBALS as PUBLIC_WORDING
from charter.sessions import contribution as sessions
from charter.states import HAPPENED, HOW_IT_WENT, WORDS
from charter.versions import contributed as versions
from charter.versions import example as versions_example
from charter.views import blueprints, part_address
from charter.workers import contribution as workers
from web.contributions import Contribution, ExamplePart, NavigationEntry, Queue


def _area_names(keys: list[str]) -> list[str]:
    return area_names(current_app.extensions["scheme"], keys)


contribution = Contribution(
    name="charter",
    blueprints=(public_versions.bp, *blueprints, *sessions.blueprints, versions.bp, workers.bp),
    commands=(charter_commands,),
    jobs=jobs,
    mail_secrets=workers.mail_secrets,
    person_panels=(workers.panels,),
    content=(content.load_default,),
    example_people=example_time.CAST,
    example=(
        ExamplePart(20, example.plan),
        ExamplePart(22, versions_example.plan),
        sessions.example_part,
        ExamplePart(25, workers.example),
    ),
    organisation_panels=(pledge_panels, sessions.session_panels),
    queues=(
        Queue(_l("Pledges to check"), "desk.queue", rules.is_officer, queries.pledges_waiting),
        sessions.queue,
        versions.queue,
        Queue(_l("Appeals to answer"), "desk.paused", rules.is_officer, queries.appeals_waiting),
        Queue(
            _l("Paused pledges to look at again"),
            "desk.paused",
            rules.is_officer,
            queries.reviews_waiting,
        ),
    ),
    reminders=(reminding.reminders, versions.charter_has_changed, sessions.session_reminders),
    my_data=(my_data.sections, sessions.my_data, versions.my_data, workers.my_data),
    things=my_data.THINGS,
    erasure=(sessions.erasure, versions.erasure, workers.erasure, erasing.erasure),
    retention=(keeping.retention, sessions.retention, versions.retention, *workers.retention),
    merging=(joining_up.merging, sessions.merging),
    navigation=(
        NavigationEntry(_l("Pledges to check"), "desk.queue", rules.is_officer, first=True),
        NavigationEntry(_l("All organisations"), "desk.organisations", rules.is_officer),
        NavigationEntry(_l("The charter"), "versions.everything", rules.is_officer),
        NavigationEntry(_l("People shown"), "workers.desk", rules.is_officer),
    ),
    template_globals={
        **PUBLIC_WORDING,
        **versions.wording,
        **sessions.WORDING,
        "area_names_of": _area_names,
        "date_of": date.fromisoformat,
        "happened": HAPPENED,
        "how_it_went": HOW_IT_WENT,
        "organisation_kind": lambda kind: KINDS[kind].label,
        "may_answer_appeal": rules.may_answer_appeal,
        "may_withdraw": rules.may_withdraw,
        "part_address": part_address,
        "pledge_states": WORDS,
        "workers_signed": workers.workers_signed,
        "working_area": workers.area_name,
    },
)
