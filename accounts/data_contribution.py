"""What accounts hands to the factory about people's data: asking, deleting, keeping no longer.

It stands before the rest of accounts, so that in erasing a person the row itself comes last.
"""

from datetime import date

from flask_babel import lazy_gettext as _l

from accounts import data_example, erasing, retention, rules
from accounts.addresses import keeping as addresses
from accounts.queries.data_requests import waiting
from accounts.request_links import request_link
from accounts.views import data_protection, data_requests, deleting
from web.contributions import AccountPage, Contribution, ExamplePart, NavigationEntry, Queue

contribution = Contribution(
    name="people's data",
    blueprints=(deleting.bp, data_requests.bp, data_protection.bp),
    mail_secrets={"data request link": request_link},
    jobs=retention.jobs,
    navigation=(
        NavigationEntry(
            _l("Requests and complaints"),
            "data_protection.queue",
            rules.is_data_protection_lead,
            first=True,
        ),
    ),
    example=(ExamplePart(95, data_example.plan),),
    queues=(
        Queue(
            _l("Requests and complaints about data"),
            "data_protection.queue",
            rules.is_data_protection_lead,
            waiting,
        ),
    ),
    account_pages=(
        AccountPage(
            _l("Ask about your data, or complain"),
            _l("Only the data protection lead reads it."),
            "data_requests.about",
        ),
        AccountPage(
            _l("Delete your account"),
            _l("See first what goes and what stays."),
            "deleting.check",
        ),
    ),
    erasure=(addresses.erasure, erasing.erasure),
    retention=retention.rules,
    template_globals={"date_of": date.fromisoformat, "kept_for": data_requests.kept_for},
)
