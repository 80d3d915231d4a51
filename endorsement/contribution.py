"""What endorsement hands to the factory."""

import endorsement.assessing.standard_views
import endorsement.unchanging  # noqa: F401 - what is published stays as it is
from endorsement import example, versions
from endorsement.assessing.panels import quality_panels
from endorsement.assessing.views import bp as assessing
from endorsement.commands import framework as framework_commands
from endorsement.drafting import contribution as drafting
from endorsement.evidence import contribution as evidence
from endorsement.evidence import example as evidence_example
from endorsement.framework.wording import rules_in_words
from endorsement.from_training import contribution as from_training
from endorsement.keeping import joining_up, my_data
from endorsement.pictures.views import bp as pictures
from endorsement.plan.reminders import reminders as plan_reminders
from endorsement.plan.views import bp as planning
from endorsement.public import views as public_pages
from endorsement.record import contribution as record
from endorsement.sending import contribution as sending
from endorsement.sending import example as sending_example
from endorsement.wording import GLOBALS
from web.contributions import Contribution, ExamplePart
from web.drafting.wording import GLOBALS as DRAFTING

contribution = Contribution(
    name="endorsement",
    blueprints=(
        public_pages.bp,
        drafting.bp,
        assessing,
        planning,
        pictures,
        *evidence.blueprints,
        *sending.blueprints,
        *record.blueprints,
        *from_training.blueprints,
    ),
    jobs=from_training.jobs,
    example=(
        ExamplePart(30, example.plan),
        ExamplePart(31, evidence_example.plan),
        ExamplePart(32, sending_example.plan),
    ),
    example_people=(*example.CAST, *sending_example.CAST),
    commands=(framework_commands, sending.commands),
    content=(versions.load_default,),
    organisation_panels=(quality_panels,),
    reminders=(plan_reminders, evidence.reminders, from_training.reminders),
    my_data=(my_data.sections, drafting.my_data, sending.my_data),
    things={**my_data.THINGS, **drafting.THINGS, **sending.THINGS, **from_training.THINGS},
    erasure=(my_data.erasure, drafting.erasure, sending.erasure),
    retention=(drafting.retention, sending.retention),
    merging=(joining_up.merging, evidence.merging, sending.merging),
    navigation=(drafting.navigation,),
    queues=(drafting.queue, sending.queue, from_training.queue),
    addresses=(public_pages.addresses,),
    template_globals={
        **GLOBALS,
        **DRAFTING,
        **evidence.wording,
        **sending.GLOBALS,
        **record.GLOBALS,
        "rules_in_words": rules_in_words,
    },
)
