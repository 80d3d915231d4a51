"""Pages about addresses."""

from flask_babel import lazy_gettext as _l

from accounts.addresses.mailbox_queries import requests_waiting
from accounts.addresses.views.desk import bp as desk
from accounts.addresses.views.lost import bp as lost
from accounts.addresses.views.own import bp as own
from accounts.rules import is_officer
from web.contributions import AccountPage, Queue

blueprints = (own, lost, desk)
account_pages = (
    AccountPage(
        _l("Your email addresses"),
        _l("Add a second address, choose the main one, say if your club shares it."),
        "addresses.everything",
    ),
)
queues = (Queue(_l("Lost mailboxes"), "mailboxes.queue", is_officer, requests_waiting),)
