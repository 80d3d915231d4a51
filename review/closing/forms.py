"""Which week an organisation closes."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from web.forms import Form
from web.pages import long_date


class CloseForm(Form):
    week = SelectField(
        _l("Which week are you closed?"), invalid_choice_message=_l("Choose a week from the list.")
    )

    def offer(self, mondays: Iterable[date]) -> None:
        self.week.choices = [
            (monday.isoformat(), _("from Monday, %(day)s", day=long_date(monday)))
            for monday in mondays
        ]


class OpenForm(Form):
    """The button beside a week."""

    week = HiddenField()
