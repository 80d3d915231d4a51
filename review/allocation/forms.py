"""The fields of finding assessors, on both sides."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import AnyOf, InputRequired, ValidationError

from review.allocation.showing import Line
from review.allocation.wording import FOUND
from web.forms import Form

ACCEPT, DECLINE, ASIDE = "accept", "decline", "stand aside"
NOTE_MOST = 500


class ChooseForm(Form):
    """Who is given the case."""

    person = RadioField(_l("Who?"), validate_choice=False)

    def __init__(self, lines: list[Line]):
        super().__init__()
        self.by_reference = {line.term.reference: line.term for line in lines if line.can}
        self.person.choices = [
            SelectChoice(line.term.reference, line.term.person.name, {"hint": line.hint})
            for line in lines
            if line.can
        ]

    def validate_person(self, field: Any) -> None:
        if field.data not in self.by_reference:
            raise ValidationError(_("Choose somebody from the list."))


class TakeOutForm(Form):
    """``seen``: how their part stood when the page was shown."""

    seen = HiddenField()
    note = TextAreaField(_l("Why?"), most=NOTE_MOST)


class TieForm(Form):
    kind = RadioField(
        _l("What ties them?"),
        choices=[SelectChoice(kind, words) for kind, words in FOUND.items()],
        validate_choice=False,
        validators=[
            InputRequired(_l("Say what ties them.")),
            AnyOf(tuple(FOUND), _l("Say what ties them.")),
        ],
    )


class AnswerForm(Form):
    """Each button says what it does."""

    do = HiddenField(validators=[AnyOf((ACCEPT, DECLINE, ASIDE), _l("Press one of the buttons."))])
    note = TextAreaField(_l("Anything we should know?"), most=NOTE_MOST)
