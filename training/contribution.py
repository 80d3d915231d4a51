"""What training hands to the factory."""

import training.routes
import training.unchanging  # noqa: F401 - what is published stays as it is
from training import example, versions
from training.again import contribution as again
from training.badges import contribution as badges
from training.buddies import contribution as buddies
from training.checking import contribution as checking
from training.commands import pathways as pathways_commands
from training.drafting import contribution as drafting
from training.importing import contribution as importing
from training.keeping import my_data
from training.keeping.joining_up import merging
from training.keeping.retention import retention
from training.my import contribution as my
from training.passport import contribution as passport
from training.public import views as public_pages
from training.sessions import contribution as sessions
from training.team import contribution as team
from training.wording import GLOBALS
from training.xapi import contribution as xapi
from web.contributions import Contribution, ExamplePart

contribution = Contribution(
    name="training",
    blueprints=(
        public_pages.bp,
        *my.blueprints,
        *checking.blueprints,
        *buddies.blueprints,
        *team.blueprints,
        *sessions.blueprints,
        *drafting.blueprints,
        importing.bp,
        *again.blueprints,
        *xapi.blueprints,
        badges.bp,
        *passport.blueprints,
    ),
    person_panels=(*my.panels, team.person_panel, buddies.to_check),
    account_pages=my.account_pages,
    addresses=(public_pages.addresses,),
    reminders=my.reminders,
    commands=(pathways_commands,),
    content=(versions.load_default,),
    my_data=(
        my_data.sections,
        badges.my_data,
        buddies.my_data,
        passport.my_data,
        sessions.my_data,
        importing.my_data,
        drafting.my_data,
        xapi.my_data,
    ),
    jobs=(*badges.jobs, importing.job, sessions.job, *xapi.jobs),
    things={
        **my_data.THINGS,
        **sessions.THINGS,
        **importing.THINGS,
        **passport.THINGS,
        **badges.THINGS,
        **buddies.THINGS,
        **drafting.THINGS,
        **xapi.THINGS,
    },
    # A place that becomes free goes to who waits; then the rows go.
    erasure=(
        sessions.erasure,
        importing.erasure,
        my_data.erasure,
        drafting.erasure,
        xapi.erasure,
    ),
    retention=(
        *retention,
        sessions.retention,
        importing.retention,
        passport.retention,
        drafting.retention,
        xapi.retention,
    ),
    merging=(merging, sessions.merging, importing.merging, buddies.merging),
    queues=(
        checking.queue,
        drafting.queue,
        again.queue,
        xapi.queue,
    ),
    organisation_panels=(team.panel,),
    navigation=(*sessions.navigation, drafting.navigation),
    example=(ExamplePart(32, example.plan), sessions.example_part),
    template_globals={
        **GLOBALS,
        **checking.GLOBALS,
        **team.GLOBALS,
        **sessions.WORDING,
        **badges.GLOBALS,
        **drafting.GLOBALS,
        **importing.WORDING,
    },
)
