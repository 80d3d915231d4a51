"""Looking for another organisation."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from web.forms import QueryForm


class FindBuddy(QueryForm):
    q = StringField(_l("A word of its name"), most=100)
