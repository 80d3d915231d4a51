"""What accounts hands to the factory."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from accounts import (
    asked_data,
    commands,
    example,
    jobs,
    my_data,
    panels,
    rules,
    sign_in,
    trail,
    views,
    words,
)
from accounts.addresses import example as address_example
from accounts.addresses import links as address_links
from accounts.addresses import panels as address_panels
from accounts.addresses import retention as address_retention
from accounts.addresses import views as address_views
from accounts.addresses.jobs import jobs as address_jobs
from accounts.invitation_links import invitation_link
from accounts.merging import merge_part
from accounts.queries import leading, naming
from accounts.queries.people import recipients
from web.access import signed_in
from web.contributions import AccountPage, Contribution, ExamplePart, NavigationEntry, Queue
from web.jobs import Job

contribution = Contribution(
    name="accounts",
    set_up=sign_in.set_up,
    blueprints=(sign_in.bp, *views.blueprints, *address_views.blueprints),
    commands=commands.commands,
    mail_secrets={
        **sign_in.mail_secrets,
        "invitation link": invitation_link,
        **address_links.mail_secrets,
    },
    recipients=(recipients,),
    jobs=(
        *address_jobs,
        *jobs.jobs,
        Job("forget ended sign-ins", timedelta(hours=1), sign_in.forget_over),
    ),
    navigation=(NavigationEntry(_l("My portal"), "accounts.home", signed_in),),
    account_pages=(
        AccountPage(
            _l("Where you are signed in"),
            _l("See your devices, and sign out there."),
            "security.devices",
        ),
        AccountPage(
            _l("How you prove it is you"),
            _l("Your second step: an app, passkeys, recovery codes."),
            "security.second_factor",
        ),
        AccountPage(
            _l("Your data"),
            _l("See, download and correct what we hold about you."),
            "my_data.read",
        ),
        *address_views.account_pages,
    ),
    my_data=(
        my_data.sections,
        asked_data.my_data,
        sign_in.my_data,
    ),
    things=trail.THINGS,
    erasure=(asked_data.erasure, sign_in.erasure),
    organisation_panels=(panels.who_asks_to_join, panels.nobody_leads),
    person_panels=(panels.what_a_person_is_asked, address_panels.own_address_panels),
    queues=(
        *address_views.queues,
        Queue(
            _l("Organisations without a lead"),
            "leads.without",
            rules.is_officer,
            leading.without_lead_waiting,
        ),
        Queue(_l("New names to look at"), "names.names", rules.is_officer, naming.names_waiting),
        Queue(
            _l("People who ask to join where nobody leads"),
            "leads.without",
            rules.is_officer,
            leading.team_requests_waiting,
        ),
    ),
    merging=(merge_part,),
    example=(ExamplePart(10, example.plan), ExamplePart(90, address_example.plan)),
    retention=(*address_retention.rules, asked_data.retention),
    example_people=example.CAST,
    template_globals={
        "account_rules": rules,
        "account_words": words,
        **address_panels.template_globals,
    },
)
