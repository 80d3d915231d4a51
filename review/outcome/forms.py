"""Forms of what comes after a decision."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from web.forms import Form


class ShowForm(Form):
    words = TextAreaField(
        _l("What did you do?"),
        validators=[InputRequired(_l("Write what you did."))],
        most=2000,
    )
    evidence = SelectField(_l("What shows it? (from your evidence, if you like)"))

    def offer(self, items: Iterable[Any]) -> None:
        self.evidence.choices = [("", _l("Nothing more")), *((i.reference, i.title) for i in items)]


class CloseForm(Form):
    met = RadioField(
        _l("Is the condition met?"),
        choices=[("yes", _l("Yes")), ("no", _l("Not yet. They can show more"))],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    words = TextAreaField(_l("What do you say to them?"), most=2000)


class AppealForm(Form):
    words = TextAreaField(
        _l("What should we look at again, and why?"),
        validators=[InputRequired(_l("Say what we should look at again, and why."))],
        most=5000,
    )


class AnswerForm(Form):
    uphold = RadioField(
        _l("What do you find?"),
        choices=[
            ("yes", _l("The panel should vote again. It cannot end worse")),
            ("no", _l("It stays as it was")),
        ],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    words = TextAreaField(
        _l("Why? The organisation reads this"),
        validators=[InputRequired(_l("Write an answer that says why."))],
    )
