"""Fields that several of endorsement's forms share."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError

from charter.sessions.written import day
from web.pages import long_date

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class DayField(StringField):
    """A day as people write it; what was typed stays as typed, ``day`` is what it means."""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "StringField"

    @property
    def day(self) -> date | None:
        return day(self.data or "")

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002
        if self.errors or not self.data:
            return
        if self.day is None or not EARLIEST <= self.day <= LATEST:
            raise ValidationError(_l("Write a day like 3 March 2027."))


def in_words(when: date | None) -> str:
    """A day as the field shows it."""
    return long_date(when) if when is not None else ""
