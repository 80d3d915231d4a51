"""Inviting colleagues and changing what they may do."""

from flask_babel import lazy_gettext as _l

from accounts.forms import written
from accounts.forms.fields import OneOf, Written, of_words
from accounts.words import ROLES
from web.forms import Form


class Invite(Form):
    email = Written(
        _l("Their email address"),
        written.email,
        needed=_l("Enter their email address."),
        most=200,
    )
    role = OneOf(_l("What may they do?"), _l("Choose what they may do."), choices=of_words(ROLES))


class ChangeRole(Form):
    role = OneOf(_l("What may they do?"), _l("Choose what they may do."), choices=of_words(ROLES))


class Button(Form):
    """A page with one button."""
