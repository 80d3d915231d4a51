"""Pages about addresses."""

from flask_babel import lazy_gettext as _l

from accounts.addresses.views.own import bp as own
from web.contributions import AccountPage

blueprints = (own,)
account_pages = (
    AccountPage(
        _l("Your email addresses"),
        _l("Add a second address, choose the main one, say if your club shares it."),
        "addresses.everything",
    ),
)
